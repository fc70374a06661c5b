import * as z from 'zod/mini';
import { line } from '../desk/text.ts';
import { shape, type Policy } from '../policy/shape.ts';
import { supportZoneOf } from '../policy/zone.ts';
import { roles } from '../rules/profile.ts';

const notSaid = z.literal('');

/** What each setting must be; the manifest test holds its defaults against this. */
export const settingsShape = {
  ...shape,
  supportCountry: z.union([notSaid, shape.supportCountry]),
  supportZone: z.union([notSaid, shape.supportZone]),
  officeHours: z.nullable(shape.officeHours),
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
export const personal: ReadonlySet<SettingName> = new Set<SettingName>(['role', 'person', 'singleKeys']);

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
