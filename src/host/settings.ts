import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { personal, settingsShape, type SettingName, type Settings, type SettingsReading } from './settingsSchema.ts';

function usable(name: SettingName, problems: SettingName[]): unknown {
  const found = vscode.workspace.getConfiguration('casebook').inspect(name);
  const value = personal.has(name)
    ? (found?.globalValue ?? found?.defaultValue)
    : vscode.workspace.getConfiguration('casebook').get<unknown>(name);
  const parsed = z.safeParse(settingsShape[name], value);
  if (parsed.success) return parsed.data;
  problems.push(name);
  return z.parse(settingsShape[name], found?.defaultValue);
}

/** Reads and parses every setting; a value of the wrong type is named in `problems` and its default is used. */
export function readSettings(): SettingsReading {
  const problems: SettingName[] = [];
  const read = <Name extends SettingName>(name: Name): Settings[Name] => usable(name, problems) as Settings[Name];
  const settings: Settings = {
    profile: read('profile'),
    plan: read('plan'),
    reading: read('reading'),
    holidays: read('holidays'),
    advancedAgreement: read('advancedAgreement'),
    directSubscriptions: read('directSubscriptions'),
    partnerSubscriptions: read('partnerSubscriptions'),
    role: read('role'),
    person: read('person'),
    supportCountry: read('supportCountry'),
    supportZone: read('supportZone'),
    officeHours: read('officeHours'),
    highestSeverity: read('highestSeverity'),
    adminRoles: read('adminRoles'),
    links: read('links'),
    contacts: read('contacts'),
    services: read('services'),
    defaultService: read('defaultService'),
    queries: read('queries'),
    language: read('language'),
  };
  return { settings, problems };
}
