import type { Profile, ProfileId } from '../profile.ts';
import { m365China } from './m365China.ts';
import { o365Enterprise2013 } from './o365Enterprise2013.ts';

/**
 * The offers that the screens can show, in that order. The tables of m365Business and m365VolumeLicensing are written
 * and wait for their fields on the page.
 */
export const availableProfiles: readonly Profile[] = [m365China, o365Enterprise2013];

const byId: ReadonlyMap<ProfileId, Profile> = new Map(availableProfiles.map(profile => [profile.id, profile]));

/** The tables of an available offer, or undefined. */
export function profileOf(id: ProfileId): Profile | undefined {
  return byId.get(id);
}
