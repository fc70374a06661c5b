import { supportZoneOf } from '../policy/zone.ts';
import type { Holiday, Plan, Profile, ProfileId, Reading } from '../rules/profile.ts';
import { plans, profileIds, readings } from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import type { HighestSeverity } from '../rules/severity.ts';
import type { DueTarget, NoTarget } from '../rules/target.ts';
import type { Call } from './command.ts';
import { BadUse } from './fault.ts';
import type { Policy } from './policy.ts';

/** What a call says about the offer and the team: its options win over the policy file. */
export interface Terms {
  readonly profile: Profile;
  readonly plan: Plan | undefined;
  readonly reading: Reading | undefined;
  readonly holidays: readonly Holiday[] | undefined;
  readonly advancedAgreement: boolean;
  /** The team's own caps. */
  readonly highestSeverity: HighestSeverity | undefined;
  readonly supportZone: string | undefined;
  readonly officeHours: Policy['officeHours'];
  /** Names of roles that count as administrator. */
  readonly adminRoles: readonly string[];
  /** Addresses the documents leave out, by link. */
  readonly links: NonNullable<Policy['links']>;
  readonly contacts: NonNullable<Policy['contacts']>;
  readonly directSubscriptions: number | undefined;
  readonly partnerSubscriptions: number | undefined;
  /** The file the holidays come from, for a fault that is found in them later. */
  readonly policyFile: string;
}

/** Reads the offer and the team's terms; `id` is the offer a draft names, which wins over both. */
export async function termsOf({ given }: Pick<Call, 'given'>, id?: ProfileId): Promise<Terms> {
  const file = given.text('policy');
  const policy: Policy = file === undefined ? {} : await (await import('./policy.ts')).loadPolicy(file);
  const named = id ?? given.word('profile', profileIds) ?? policy.profile;
  if (named === undefined) throw new BadUse('optionMissing', { name: '--profile' });
  return {
    profile: profiles[named],
    plan: given.word('plan', plans) ?? policy.plan,
    reading: given.word('reading', readings) ?? policy.reading,
    holidays: policy.holidays,
    advancedAgreement: given.flag('agreement') || policy.advancedAgreement === true,
    highestSeverity: policy.highestSeverity,
    supportZone: supportZoneOf(policy),
    officeHours: policy.officeHours,
    adminRoles: policy.adminRoles ?? [],
    links: policy.links ?? {},
    contacts: policy.contacts ?? {},
    directSubscriptions: given.count('direct') ?? policy.directSubscriptions,
    partnerSubscriptions: given.count('partner') ?? policy.partnerSubscriptions,
    policyFile: file ?? '',
  };
}

/** Passes a target on, unless what was typed in cannot be: then the fault names the field. `file` holds the holidays. */
export function possible(
  target: DueTarget | NoTarget,
  { file, name, found }: { readonly file: string; readonly name: string; readonly found: string },
): DueTarget | NoTarget {
  if (target.kind === 'due' || target.field === undefined) return target;
  const { code, field } = target;
  if (code === 'tooManyHolidays' || code === 'impossibleDate') throw new BadUse(code, { file, field });
  throw new BadUse('instant', { name, found });
}
