import type { FactId } from './decision.ts';

/** One support offer with its own rules. Profiles are never merged (D-26). */
export const profileIds = ['m365Business', 'm365VolumeLicensing', 'm365China', 'o365Enterprise2013'] as const;
export type ProfileId = (typeof profileIds)[number];

/** Severity of a case; A is the most severe. */
export const severities = ['A', 'B', 'C'] as const;
export type Severity = (typeof severities)[number];

/** The meaning given to "business day": BD-1, BD-2 (default), BD-3. */
export const readings = ['supportDay', 'weekday', 'endOfWeekday'] as const;
export type Reading = (typeof readings)[number];

/** What a case is about. Severity caps and support hours depend on it. */
export const categories = ['technical', 'billing', 'preSales'] as const;
export type Category = (typeof categories)[number];

/** Subscription plans of Office 365 for enterprises 2013 (E-12). Other profiles ignore the plan. */
export const plans = ['standard', 'premium'] as const;
export type Plan = (typeof plans)[number];

/** Who asks: an administrator of the organisation or anyone else (G-04, C-27, C-34, E-01). */
export const roles = ['admin', 'user'] as const;
export type Role = (typeof roles)[number];

/** A day on which support does not work under the weekday readings; `date` is `YYYY-MM-DD` in the desk's zone. */
export interface Holiday {
  readonly date: string;
  readonly name: string;
}

/** A row of a table with the facts it comes from. */
export interface Sourced {
  readonly facts: readonly FactId[];
}
/** A named thing to show, its wording in strings, with the facts it comes from. */
export interface Item<Id extends string> extends Sourced {
  readonly id: Id;
}

/** Half-open, in minutes of the local day: 0 to 1440 (24:00, A-03). */
export type OpenInterval = readonly [start: number, end: number];
export type DayHours = readonly OpenInterval[];
/** Monday to Sunday. */
export type WeekHours = readonly [DayHours, DayHours, DayHours, DayHours, DayHours, DayHours, DayHours];

/** When support works. `zone` is IANA, or null where it is that of the user's support country. */
export type SupportTimes =
  | { readonly kind: 'always' }
  | { readonly kind: 'weekly'; readonly zone: string | null; readonly week: WeekHours }
  /** Days are stated, clock times are not; weekdays count from Monday 0. */
  | { readonly kind: 'withoutTimes'; readonly zone: string | null; readonly weekdays: readonly number[] };
/** The first row that fits a category and severity holds; a row without severities fits all. */
export type HoursRow = Sourced &
  SupportTimes & { readonly category: Category; readonly severities?: readonly Severity[] };

/** How long a first response may take. */
export type Response =
  | { readonly kind: 'elapsed'; readonly ms: number }
  /** `day` is the opening hours of each day support works; `zone` is IANA. What a business day is, a reading says. */
  | { readonly kind: 'businessDays'; readonly days: number; readonly day: DayHours; readonly zone: string }
  /** No number is stated. */
  | { readonly kind: 'none' };
export type ResponseRow = Sourced & Response;

export const dutyIds = ['impactStatement', 'namedResource', 'reachableContact'] as const;
/** What the customer owes for a severity (C-20). */
export type DutyId = (typeof dutyIds)[number];

/** Why a severity is closed. */
export type SeverityLock = 'technicalOnly' | 'needsAdvancedAgreement';
export interface SeverityLevel extends Sourced {
  readonly severity: Severity;
  readonly label: 'critical' | 'high' | 'nonCritical' | 'unnamed';
  readonly examples: readonly Item<string>[];
  readonly duties: readonly Item<DutyId>[];
  /** What closes it, the reason that nothing can be done about first; `cap` is then the highest severity left. */
  readonly locks: readonly (Item<SeverityLock> & { readonly cap: Severity })[];
}

export interface SeverityScheme {
  /** From the most severe. */
  readonly levels: readonly SeverityLevel[];
  /** Support sets the severity; the filer's is a proposal (C-16, A-11). Null where that is not stated. */
  readonly setBySupport: Sourced | null;
  /** Support may lower it while it waits for the customer (C-21). */
  readonly mayBeLowered: Sourced | null;
}

export interface ResponseTable extends Sourced {
  readonly categories: readonly Category[];
  /** Whether the plan decides; where it does not, both columns are the same table. */
  readonly byPlan: boolean;
  readonly rows: Readonly<Record<Plan, Readonly<Record<Severity, ResponseRow>>>>;
}

/** Where an issue comes from. */
export const origins = ['service', 'customerNetwork', 'thirdParty', 'otherProduct', 'unknown'] as const;
export type Origin = (typeof origins)[number];

export const alternatives = [
  'ownAdministrator',
  'communityForums',
  'selfServiceHelp',
  'publicSupportPage',
  'partner',
  'adminPermissionsHelp',
  'ownNetworkTeam',
  'productVendor',
] as const;
/** What to do where assisted support is closed. */
export type Alternative = (typeof alternatives)[number];
export interface Refused extends Sourced {
  readonly instead: readonly Alternative[];
}

export interface EligibilityRules extends Sourced {
  readonly notAdministrator: Refused;
  /** Where the admin center says no permission: not an administrator (G-12), or another way in (V-06). */
  readonly adminCenterDenied: Refused | 'volumeLicensingForm' | null;
  /** At least one subscription bought from Microsoft itself (G-09, G-10). */
  readonly directSubscription: { readonly partnerOnly: Refused; readonly none: Refused } | null;
  /** Any subscription, trials too (C-02, A-08). */
  readonly anySubscription: Refused | null;
}

/** What some offers ask for besides the description (G-16, V-05). */
export const detailFields = ['phone', 'email', 'contactMethod', 'licenceId', 'agreementNumber'] as const;
export type DetailField = (typeof detailFields)[number];
/** How support is to get in touch (G-16). */
export const contactMethods = ['phone', 'email'] as const;
export type ContactMethod = (typeof contactMethods)[number];

export const draftFields = ['text', ...detailFields, 'impact', 'resource', 'contact'] as const;
export type DraftField = (typeof draftFields)[number];
/** A draft needs one of `fields`; the first is the one reported. */
export interface FieldRule extends Sourced {
  readonly fields: readonly [DraftField, ...DraftField[]];
}

export interface CategoryRow extends Sourced {
  readonly category: Category;
  readonly examples: readonly Item<string>[];
  /** Product groups with their examples. */
  readonly groups: readonly (Item<string> & { readonly examples: readonly Item<string>[] })[];
}

export const phoneNotices = ['accountDetails', 'pinCode', 'neighbourOrUsa'] as const;
/** What to know before a call; `when` says in which case, always without it. */
export type PhoneNotice = Item<(typeof phoneNotices)[number]> & {
  readonly when?: 'numberNotRegistered' | 'countryNotListed';
};

/** A way to reach support; the first is the one to try first. */
export interface Channel extends Sourced {
  readonly id: 'adminCenter' | 'portal' | 'phone' | 'volumeLicensingForm';
  readonly categories: readonly Category[];
  readonly steps: readonly Item<string>[];
  /** E.164, for `phone` channels whose number is stated. */
  readonly number?: string;
  /** Offered when the channel before it fails. */
  readonly fallback?: boolean;
  readonly notices?: readonly PhoneNotice[];
}

/** A page the documents name; `url` is null where they do not give it. */
export interface Link extends Item<string> {
  readonly url: string | null;
}

/** Everything one support offer says, as data (D-26: never merged with another). */
export interface Profile extends Sourced {
  readonly id: ProfileId;
  /** IANA zone of the desk; UTC where none is stated. */
  readonly zone: string;
  /** Look at service health before filing (G-07, A-21). */
  readonly healthFirst: Sourced;
  /** Try self-service before filing; null where that is not stated. */
  readonly selfServiceFirst: Sourced | null;
  readonly eligibility: EligibilityRules;
  readonly boundary: readonly (Refused & { readonly origin: Origin })[];
  readonly categories: readonly [CategoryRow, ...CategoryRow[]];
  /** Null: the offer knows no severities. */
  readonly severity: SeverityScheme | null;
  readonly response: ResponseTable | null;
  readonly hours: readonly HoursRow[];
  readonly fields: readonly FieldRule[];
  /** Words to put before the question, in English whatever the language (V-03). */
  readonly queryPrefix: (Sourced & { readonly text: string }) | null;
  readonly channels: readonly [Channel, ...Channel[]];
  readonly links: readonly Link[];
  /** What is worth knowing and not a rule. */
  readonly notes: readonly Item<string>[];
}
