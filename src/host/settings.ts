import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { personal, settingsShape, type SettingName, type Settings, type SettingsReading } from './settingsSchema.ts';

/** `inspect` asks VS Code for every layer and is slow, so it is kept for what needs the layers. */
function usable(from: vscode.WorkspaceConfiguration, name: SettingName, problems: SettingName[]): unknown {
  const layers = personal.has(name) ? from.inspect(name) : undefined;
  const value = layers === undefined ? from.get<unknown>(name) : (layers.globalValue ?? layers.defaultValue);
  const parsed = z.safeParse(settingsShape[name], value);
  if (parsed.success) return parsed.data;
  problems.push(name);
  return z.parse(settingsShape[name], from.inspect(name)?.defaultValue);
}

/** Reads and parses every setting; a value of the wrong type is named in `problems` and its default is used. */
export function readSettings(): SettingsReading {
  const problems: SettingName[] = [];
  const from = vscode.workspace.getConfiguration('casebook');
  const read = <Name extends SettingName>(name: Name): Settings[Name] => usable(from, name, problems) as Settings[Name];
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
    suggestedDesk: read('suggestedDesk'),
    healthKeys: read('healthKeys'),
    healthPeople: read('healthPeople'),
    connections: read('connections'),
    healthSources: read('healthSources'),
    quietHours: read('quietHours'),
    singleKeys: read('singleKeys'),
    language: read('language'),
  };
  return { settings, problems };
}
