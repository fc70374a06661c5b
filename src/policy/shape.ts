import * as z from 'zod/mini';
import { DeskStatus, Severity } from '../desk/case.ts';
import { line } from '../desk/text.ts';
import { maxHolidays } from '../rules/calendar.ts';
import { plans, profileIds, readings } from '../rules/profile.ts';
import { profiles } from '../rules/profiles/index.ts';
import { zoneOf } from '../rules/zone.ts';
import { countries } from './countries.ts';

/** Faults that the values of a policy are tested for by name; every other wrong value is a `wrongValue`. */
export type NamedFault = 'unknownZone' | 'impossibleDate';
const must = (fault: NamedFault, holds: (text: string) => boolean) => z.refine<string>(holds, { params: { fault } });

/** One clean line; the JSON Schema tells its longest length. */
const name = (max: number, min: 0 | 1 = 1) => line(max, min).check(z.meta({ maxLength: max, minLength: min }));
const count = z.int().check(z.nonnegative());
const minuteOfDay = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/));

/** A list of cases a team wants at hand; shown as a group of its own. */
const SavedQuery = z.strictObject({
  name: name(80),
  text: z.optional(name(200, 0)),
  status: z.optional(z.array(DeskStatus)),
  severity: z.optional(z.array(Severity)),
  service: z.optional(name(100, 0)),
});

// The years a calendar counts with begin at 0001.
const Day = z.iso.date().check(must('impossibleDate', date => !date.startsWith('0000')));
const Holiday = z.strictObject({ date: Day, name: name(100, 0) });

/** Clock times for hours that the documents state without them, half-open; 24:00 is the end of the day. */
const OfficeHours = z
  .strictObject({ start: minuteOfDay, end: z.union([minuteOfDay, z.literal('24:00')]) })
  .check(z.refine(({ start, end }) => start < end, { path: ['end'] }));

/** The links of the offers: a team may know the address the documents do not give, or another one (D-13). */
const linkIds = [...new Set(Object.values(profiles).flatMap(({ links }) => links.map(({ id }) => id)))];
// An address that names a user would show another host than it leads to.
const HttpsUrl = z
  .url({ protocol: /^https$/ })
  .check(z.maxLength(2000), z.regex(/^https:\/\/[^\s/?#@\\]+(?:[/?#]\S*)?$/));

/** Where the team's desk is. It is only asked about; the user connects, and sees where to. */
const DeskAddress = z.string().check(z.maxLength(300), z.regex(/^https?:\/\/[^\s/?#@\\]+\/?$/));

/** The public half of an Ed25519 key, as the base64 of its SPKI form. */
const PublicKey = z.string().check(z.regex(/^MCowBQYDK2VwAyEA[A-Za-z0-9+/]{43}=$/));

const Reference = z.string().check(z.regex(/^[A-Za-z0-9][\w.-]{0,49}$/));
const Contact = z.strictObject({
  name: name(100),
  phone: z.optional(name(50)),
  email: z.optional(z.email().check(z.maxLength(254))),
});

/**
 * What a team can say, by key; the settings of the same names are made of these. Names of roles count as administrator
 * a zone is IANA, a country ISO 3166-1 alpha-2.
 */
export const shape = {
  profile: z.enum(profileIds),
  plan: z.enum(plans),
  reading: z.enum(readings),
  holidays: z.array(Holiday).check(z.maxLength(maxHolidays)),
  advancedAgreement: z.boolean(),
  directSubscriptions: count,
  partnerSubscriptions: count,
  supportCountry: z.enum(countries),
  supportZone: z.string().check(
    z.maxLength(100),
    must('unknownZone', zone => zoneOf(zone) !== undefined),
  ),
  officeHours: OfficeHours,
  highestSeverity: z.strictObject({
    technical: z.optional(Severity),
    billing: z.optional(Severity),
    preSales: z.optional(Severity),
  }),
  adminRoles: z.array(name(100)).check(z.maxLength(100)),
  links: z.partialRecord(z.enum(linkIds), HttpsUrl),
  contacts: z.record(Reference, Contact),
  services: z.array(name(100)).check(z.maxLength(200)),
  defaultService: name(100, 0),
  queries: z.array(SavedQuery).check(z.maxLength(50)),
  suggestedDesk: DeskAddress,
  /** Whose snapshots of service health are believed. */
  healthKeys: z.record(Reference, PublicKey),
  /** How many people share the limits of a source of health. */
  healthPeople: z.int().check(z.gte(1), z.lte(100_000)),
};

/** What a team's policy file says; every key is optional, and a key that is not known is a fault. */
export const Policy = z.strictObject({
  version: z.optional(z.literal(1)),
  profile: z.optional(shape.profile),
  plan: z.optional(shape.plan),
  reading: z.optional(shape.reading),
  holidays: z.optional(shape.holidays),
  advancedAgreement: z.optional(shape.advancedAgreement),
  directSubscriptions: z.optional(shape.directSubscriptions),
  partnerSubscriptions: z.optional(shape.partnerSubscriptions),
  supportCountry: z.optional(shape.supportCountry),
  supportZone: z.optional(shape.supportZone),
  officeHours: z.optional(shape.officeHours),
  highestSeverity: z.optional(shape.highestSeverity),
  adminRoles: z.optional(shape.adminRoles),
  links: z.optional(shape.links),
  contacts: z.optional(shape.contacts),
  services: z.optional(shape.services),
  defaultService: z.optional(shape.defaultService),
  queries: z.optional(shape.queries),
  suggestedDesk: z.optional(shape.suggestedDesk),
  healthKeys: z.optional(shape.healthKeys),
  healthPeople: z.optional(shape.healthPeople),
});
export type Policy = z.infer<typeof Policy>;
