import type { FactId } from './decision.ts';
import { hoursRow } from './hours.ts';
import type {
  Category,
  Channel,
  DraftField,
  DutyId,
  HoursRow,
  Item,
  Link,
  PhoneNotice,
  Profile,
  Severity,
} from './profile.ts';
import { duties } from './severity.ts';

/** What decides how a case is handed to a vendor who has no API. */
export interface HandOffQuery {
  readonly category: Category;
  readonly severity?: Severity | undefined;
  /** The admin center refuses this person (V-06). */
  readonly adminCenterDenied?: boolean | undefined;
  /** The number they call from is in the organisation's profile (G-26); unknown counts as not. */
  readonly numberRegistered?: boolean | undefined;
  /** The vendor lists a number for their country (G-19); unknown counts as listed. */
  readonly countryListed?: boolean | undefined;
}

/** A way to reach support, with what to know before a call. */
export interface OfferedChannel {
  readonly id: Channel['id'];
  readonly fallback: boolean;
  /** E.164; undefined where the documents give none. */
  readonly number: string | undefined;
  readonly steps: readonly Item<string>[];
  readonly notices: readonly PhoneNotice[];
  readonly facts: readonly FactId[];
}

/** Everything a hand-off must contain, as codes; the finished text is made from it elsewhere. */
export interface HandOff {
  /** From the one to try first. */
  readonly channels: readonly OfferedChannel[];
  readonly fields: readonly (Item<DraftField> & { readonly orElse: readonly DraftField[] })[];
  readonly duties: readonly Item<DutyId>[];
  readonly hours: HoursRow | undefined;
  readonly links: readonly Link[];
}

function noticed({ when }: PhoneNotice, { numberRegistered, countryListed }: HandOffQuery): boolean {
  if (when === 'numberNotRegistered') return numberRegistered !== true;
  return when === undefined || countryListed === false;
}

/**
 * The channels for a category, in the order to try them, with the steps, the number and the notices that hold for this
 * person. Facts: C-09, C-11, C-29, C-30, C-31 (online first, T-32), G-18, G-19 (T-08), G-25, G-26, G-27 (T-07), E-05,
 * E-11, V-02 to V-06 (T-15).
 */
export function channels(query: HandOffQuery, profile: Profile): readonly OfferedChannel[] {
  const open = profile.channels.filter(({ categories }) => categories.includes(query.category));
  const way = query.adminCenterDenied === true && profile.eligibility.adminCenterDenied;
  const ordered = way === 'volumeLicensingForm' ? open.filter(({ id }) => id !== 'adminCenter') : open;
  return ordered.map(({ id, fallback = false, number, steps, notices = [], facts }) => ({
    id,
    fallback: fallback && ordered.length > 1,
    number,
    steps,
    notices: notices.filter(notice => noticed(notice, query)),
    facts,
  }));
}

/** What to hand over, and how. Facts: those of `channels`, and G-16, V-05, C-20, E-03, E-06. */
export function handOff(query: HandOffQuery, profile: Profile): HandOff {
  return {
    channels: channels(query, profile),
    fields: profile.fields.map(({ fields: [id, ...orElse], facts }) => ({ id, orElse, facts })),
    duties: duties(query.severity ?? 'C', profile),
    hours: hoursRow(query, profile),
    links: profile.links,
  };
}

/**
 * The question as it is to be typed: where a profile asks for words in front, they stand there once, in English (T-14).
 * Facts: V-03.
 */
export function queryText(question: string, profile: Profile): string {
  const asked = question.trim();
  if (profile.queryPrefix === null) return asked;
  const { text } = profile.queryPrefix;
  const anywhere = new RegExp(`\\s*${text.replaceAll(' ', '\\s+')}[\\s:;,–-]*`, 'giu');
  return `${text} ${asked.replace(anywhere, ' ').trim()}`.trim();
}
