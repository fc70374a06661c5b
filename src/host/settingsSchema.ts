import * as z from 'zod/mini';
import { line } from '../desk/text.ts';
import { cloudIds } from '../desk/words.ts';
import { shape, type Policy } from '../policy/shape.ts';
import { supportZoneOf } from '../policy/zone.ts';
import { roles } from '../rules/profile.ts';

const notSaid = z.literal('');
const minuteOfDay = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/));

/** How a person signs in at a desk: with a token of their own, or as the account they have with Microsoft. */
export const signIns = ['token', 'microsoft', 'microsoft-sovereign-cloud'] as const;
export type SignInKind = (typeof signIns)[number];

/** A desk the user has connected. The address is the whole origin, as `parseOrigin` answers it. */
const Connection = z.strictObject({
  id: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/)),
  name: line(80, 1),
  origin: z.string().check(z.regex(/^https?:\/\/[^\s/?#@\\]{1,300}$/)),
  kind: z.literal('team'),
  signIn: z.enum(signIns),
  /** What is asked of Microsoft, where one signs in there. */
  scopes: z.optional(z.array(line(300, 1)).check(z.maxLength(20))),
});
export type Connection = z.infer<typeof Connection>;

/** An origin in its one spelling, reached by https, or by http on this machine. */
const origin = z.string().check(
  z.regex(/^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost)(?=:|$))[^\s/?#@\\]{1,300}$/),
  z.refine(written => URL.parse(written)?.origin === written),
);

/** A source of service health the user has connected: the cloud of an organisation, which decides all else, or a page. */
const HealthSourceSetting = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('graph'), cloud: z.enum(cloudIds), signIn: z.enum(['microsoft', 'token']) }),
  z.strictObject({ kind: z.literal('statuspage'), name: line(80, 1), origin }),
]);
export type HealthSourceSetting = z.infer<typeof HealthSourceSetting>;

/** The id of a source, as its readings have it. */
export function healthSourceId(of: HealthSourceSetting): string {
  return of.kind === 'graph' ? `graph:${of.cloud}` : `statuspage:${of.origin}`;
}

/** What each setting must be; the manifest test holds its defaults against this. */
export const settingsShape = {
  ...shape,
  supportCountry: z.union([notSaid, shape.supportCountry]),
  supportZone: z.union([notSaid, shape.supportZone]),
  officeHours: z.nullable(shape.officeHours),
  suggestedDesk: z.union([notSaid, shape.suggestedDesk]),
  connections: z.array(Connection).check(
    z.maxLength(20),
    z.refine(all => new Set(all.flatMap(({ id, origin }) => [id, origin])).size === 2 * all.length),
  ),
  healthSources: z.array(HealthSourceSetting).check(
    z.maxLength(20),
    z.refine(all => new Set(all.map(healthSourceId)).size === all.length),
  ),
  /** Local clock times; the night may lie between them. */
  quietHours: z.nullable(
    z
      .strictObject({ start: minuteOfDay, end: minuteOfDay })
      .check(z.refine(({ start, end }) => start !== end, { path: ['end'] })),
  ),
  role: z.enum(roles),
  person: line(100),
  singleKeys: z.boolean(),
  language: z.enum(['auto', 'en', 'cs', 'fi', 'he', 'lv']),
};
export type SettingName = keyof typeof settingsShape;
export type Settings = { readonly [Name in SettingName]: z.output<(typeof settingsShape)[Name]> };

/** Settings in force, and the names of those that could not be used (their default holds instead). */
export interface SettingsReading {
  readonly settings: Settings;
  readonly problems: readonly SettingName[];
}

/** Whose values a repository must not decide: read from the user's own settings only. */
export const personal: ReadonlySet<SettingName> = new Set<SettingName>([
  ...(['role', 'person', 'singleKeys', 'connections', 'healthSources', 'quietHours'] as const),
]);

/**
 * Lays a team's policy over settings: what it states wins, what it leaves out stays as it is. Where only a country is
 * stated, its zone holds.
 */
export function withPolicy({ settings, problems }: SettingsReading, policy: Policy): SettingsReading {
  const stated = new Map(Object.entries(policy).filter(([name]) => Object.hasOwn(settings, name)));
  // A policy's keys are settings of the same name and type; what zod parsed holds no undefined.
  const inForce = { ...settings, ...(Object.fromEntries(stated) as Partial<Settings>) };
  return {
    settings: { ...inForce, supportZone: supportZoneOf(inForce) ?? '' },
    problems: problems.filter(name => !stated.has(name)),
  };
}
