import type { Profile, ProfileId } from '../profile.ts';
import { m365Business } from './m365Business.ts';
import { m365China } from './m365China.ts';
import { m365VolumeLicensing } from './m365VolumeLicensing.ts';
import { o365Enterprise2013 } from './o365Enterprise2013.ts';

/** The tables of every support offer. */
export const profiles: Readonly<Record<ProfileId, Profile>> = {
  m365Business,
  m365VolumeLicensing,
  m365China,
  o365Enterprise2013,
};
