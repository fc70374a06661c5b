import * as z from 'zod/mini';
import { plans, profileIds, readings } from '../rules/profile.ts';
import { HolidayList } from './calendar.ts';
import { checked, parseJson, readText } from './files.ts';

const counted = z.int().check(z.nonnegative());
const Policy = z.strictObject({
  profile: z.optional(z.enum(profileIds)),
  plan: z.optional(z.enum(plans)),
  reading: z.optional(z.enum(readings)),
  holidays: z.optional(HolidayList),
  advancedAgreement: z.optional(z.boolean()),
  directSubscriptions: z.optional(counted),
  partnerSubscriptions: z.optional(counted),
});
/** What a team has agreed on, as far as it concerns the command line; an option of the call wins over it. */
export type Policy = Readonly<z.output<typeof Policy>>;

/** Reads a policy file; what does not hold is a fault that names file and field. */
export async function loadPolicy(file: string): Promise<Policy> {
  return checked(file, Policy, parseJson(file, await readText(file)));
}
