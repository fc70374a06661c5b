import * as z from 'zod/mini';
import { DeskStatus, Severity } from '../desk/case.ts';
import { line } from '../desk/text.ts';
import { plans, readings, roles } from '../rules/profile.ts';

const availableProfiles = ['m365China', 'o365Enterprise2013'] as const;
const date = z.iso.date();

/** A list of cases a team wants at hand; shown as a group of its own. */
export const SavedQuery = z.strictObject({
  name: line(80, 1),
  text: z.optional(line()),
  status: z.optional(z.array(DeskStatus)),
  severity: z.optional(z.array(Severity)),
  service: z.optional(line(100)),
});
export type SavedQuery = z.infer<typeof SavedQuery>;

/** What each setting must be; the manifest test holds its defaults against this. */
export const settingsShape = {
  profile: z.enum(availableProfiles),
  plan: z.enum(plans),
  reading: z.enum(readings),
  holidays: z.array(z.strictObject({ date, name: line(100) })).check(z.maxLength(1_000)),
  advancedAgreement: z.boolean(),
  directSubscriptions: z.int().check(z.nonnegative()),
  partnerSubscriptions: z.int().check(z.nonnegative()),
  role: z.enum(roles),
  person: line(100),
  services: z.array(line(100, 1)).check(z.maxLength(200)),
  defaultService: line(100),
  queries: z.array(SavedQuery).check(z.maxLength(50)),
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
export const personal: ReadonlySet<SettingName> = new Set<SettingName>(['role', 'person']);
