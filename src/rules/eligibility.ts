import type { Decision, Refusal } from './decision.ts';
import type { Alternative, Origin, Profile, Refused, Role } from './profile.ts';

/** What decides whether someone may ask for assisted support. A count that is not known is undefined. */
export interface Person {
  readonly role: Role;
  /** Subscriptions bought from Microsoft or 21Vianet itself, and through a partner; trials count as well. */
  readonly directSubscriptions?: number | undefined;
  readonly partnerSubscriptions?: number | undefined;
  /** The admin center refused access ("no permission", an API's 403). */
  readonly adminCenterDenied?: boolean | undefined;
}

export type EligibilityCode = 'notAdministrator' | 'boughtThroughPartner' | 'noDirectSubscription' | 'noSubscription';

/** A refusal with what to do instead, the best first. */
export interface RefusalInstead<Code extends string> extends Refusal<Code> {
  readonly instead: readonly Alternative[];
}

/** Self-service is open to everyone who may file; `through` is where they file. */
export interface Eligible {
  readonly selfService: true;
  readonly through: 'adminCenter' | 'volumeLicensingForm';
}

type Allowed<Value> = Extract<Decision<Value, never>, { ok: true }>;

function refuse<Code extends string>(code: Code, { instead, facts }: Refused): RefusalInstead<Code> {
  return { ok: false, code, instead, facts };
}

/**
 * Whether this person may ask for assisted support, and what to do instead where not.
 * An unknown count refuses nothing. "All through a partner" needs one at least (T-04).
 * Facts: G-04, G-06, G-09, G-10, G-12, V-06, C-02, C-27, C-28, C-33, C-34, E-01, A-08, A-09.
 */
export function eligibility(person: Person, profile: Profile): Allowed<Eligible> | RefusalInstead<EligibilityCode> {
  const { role, directSubscriptions: direct, partnerSubscriptions: partner, adminCenterDenied = false } = person;
  const rules = profile.eligibility;
  if (role !== 'admin') return refuse('notAdministrator', rules.notAdministrator);
  const denied = adminCenterDenied ? rules.adminCenterDenied : null;
  if (denied !== null && denied !== 'volumeLicensingForm') return refuse('notAdministrator', denied);
  const noneDirect = direct !== undefined && !(direct > 0);
  const nonePartner = partner !== undefined && !(partner > 0);
  if (rules.directSubscription !== null && noneDirect) {
    if (partner !== undefined && !nonePartner) {
      return refuse('boughtThroughPartner', rules.directSubscription.partnerOnly);
    }
    return refuse('noDirectSubscription', rules.directSubscription.none);
  }
  if (rules.anySubscription !== null && noneDirect && nonePartner) {
    return refuse('noSubscription', rules.anySubscription);
  }
  return { ok: true, value: { selfService: true, through: denied ?? 'adminCenter' }, facts: rules.facts };
}

export type BoundaryCode = Exclude<Origin, 'service' | 'unknown'>;

/**
 * Whether an issue from this origin is inside the support boundary of a profile.
 * Facts: C-04 (other products), C-05 (the customer's network), C-15 (third-party services and add-ins).
 */
export function supportBoundary(
  { origin }: { readonly origin: Origin },
  profile: Profile,
): Allowed<{ readonly origin: Origin }> | RefusalInstead<Origin> {
  const outside = profile.boundary.find(row => row.origin === origin);
  if (outside !== undefined) return refuse(origin, outside);
  return { ok: true, value: { origin }, facts: profile.boundary.flatMap(({ facts }) => facts) };
}
