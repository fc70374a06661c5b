import * as vscode from 'vscode';
import type { HealthFailure } from '../desk/healthReading.ts';
import { cloudIds, type CloudId } from '../desk/words.ts';
import { showClock } from '../forms/times.ts';
import { executeCommand, type Run } from '../host/commandMap.ts';
import { signInAtMicrosoft } from '../host/microsoft.ts';
import { notify, type Choice } from '../host/notify.ts';
import { safeText, type SafeText } from '../host/safeText.ts';
import type { KeptSignIn } from '../host/secrets.ts';
import type { HealthConnections, HealthSignIn, Services } from '../host/services.ts';
import { healthSourceId, type HealthSourceSetting } from '../host/settingsSchema.ts';
import type { Strings } from '../strings/strings.ts';
import { parseArgument } from './argument.ts';
import { choose, quoted, type Row } from './choose.ts';
import { say } from './say.ts';

type Graph = Extract<HealthSourceSetting, { kind: 'graph' }>;

/** The least that may read service health; a name of Microsoft's. */
const role = 'Service Support Administrator';
const hostOf = (origin: string): string => origin.replace(/^https?:\/\//, '');

function failureText(strings: Strings, failure: HealthFailure, source: string): SafeText {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const time = failure.code === 'throttled' ? showClock(failure.until, zone, strings.language) : '';
  return safeText(strings, `healthFailure.${failure.code}`, { source, time });
}

/** Whether the editor signs in at this cloud; where its setting names another, that is said, and the setting opened. */
async function isRightCloud({ provider, environment }: HealthSignIn, strings: Strings): Promise<boolean> {
  const setting = vscode.workspace.getConfiguration(provider).get<unknown>('environment');
  if (environment === undefined || setting === environment) return true;
  const open = { label: safeText(strings, 'health.environment.open'), value: true };
  if (await notify.warn(safeText(strings, 'health.environment', { value: environment }), open)) {
    await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${provider}.environment`);
  }
  return false;
}

/**
 * Says what is asked for and where the sign-in goes, and asks whether that is right. Nothing where the user turns away or
 * is not signed in, which is said, and never asked twice.
 */
async function askSignIn(at: HealthSignIn, how: Graph['signIn'], strings: Strings): Promise<KeptSignIn | undefined> {
  const { origin, provider, scopes } = at;
  if (how === 'microsoft' && !(await isRightCloud(at, strings))) return undefined;
  const detail = strings.t('health.consent.graph', { permissions: at.permissions.join(', ') });
  const yes = { label: safeText(strings, 'team.consent.yes'), value: true };
  if (!(await notify.confirm(safeText(strings, 'health.consent'), `${origin}\n\n${detail}`, yes))) return undefined;
  if (how === 'microsoft') {
    if (await signInAtMicrosoft(provider, scopes)) return { signIn: provider };
    say.warn(safeText(strings, `team.session.${provider}`));
    return undefined;
  }
  const token = await notify.input({
    title: strings.t('health.signIn.title'),
    prompt: safeText(strings, 'health.token', { host: hostOf(origin) }),
    password: true,
    validate: typed => (typed.trim() === '' ? safeText(strings, 'error.field.required') : undefined),
  });
  return token === undefined ? undefined : { signIn: 'token', token: token.trim() };
}

async function connectCloud(
  cloud: CloudId,
  strings: Strings,
  connections: HealthConnections,
): Promise<string | undefined> {
  const at = connections.signInOf(cloud);
  const signIn = await choose(strings.t('health.how'), [
    { label: strings.t('team.how.microsoft'), value: 'microsoft' as const },
    { label: strings.t('health.how.token'), value: 'token' as const },
  ]);
  if (signIn === undefined) return undefined;
  const kept = await askSignIn(at, signIn, strings);
  if (kept === undefined) return undefined;
  await connections.connect({ kind: 'graph', cloud, signIn }, kept);
  return at.name;
}

async function connectPage(
  known: readonly HealthSourceSetting[],
  strings: Strings,
  connections: HealthConnections,
): Promise<string | undefined> {
  const address = await notify.input({
    title: strings.t('health.connect.title'),
    prompt: safeText(strings, 'health.connect.prompt'),
    placeholder: 'https://status.example.com',
    validate: typed =>
      connections.originOf(typed) === undefined ? safeText(strings, 'health.connect.wrong') : undefined,
  });
  const origin = address === undefined ? undefined : connections.originOf(address);
  if (origin === undefined) return undefined;
  if (known.some(one => healthSourceId(one) === `statuspage:${origin}`)) {
    say.info(safeText(strings, 'health.connect.already'));
    return undefined;
  }
  const yes = { label: safeText(strings, 'team.consent.yes'), value: true };
  const detail = `${origin}\n\n${strings.t('health.consent.page')}`;
  if (!(await notify.confirm(safeText(strings, 'health.consent'), detail, yes))) return undefined;
  const found = await notify.progress('casebook.health', () => connections.nameOf(origin));
  if (!found.ok) {
    say.warn(failureText(strings, found.error, hostOf(origin)));
    return undefined;
  }
  const name = (found.value || hostOf(origin)).slice(0, 80);
  await connections.connect({ kind: 'statuspage', name, origin });
  return name;
}

/** Connects a source of health: which, how to sign in there, and whether what is asked for may be. */
export const run: Run = async services => {
  const [strings, connections] = await Promise.all([services.strings(), services.healthConnections()]);
  const known = (await services.settings()).settings.healthSources;
  const rows = cloudIds
    .filter(cloud => !known.some(one => healthSourceId(one) === `graph:${cloud}`))
    .map((cloud): Row<CloudId | 'page'> => {
      const { name, origin } = connections.signInOf(cloud);
      return { label: name, description: hostOf(origin), value: cloud };
    });
  const chosen = await choose<CloudId | 'page'>(strings.t('health.connect.title'), [
    ...rows,
    { label: strings.t('health.connect.page'), value: 'page' },
  ]);
  if (chosen === undefined) return;
  const name =
    chosen === 'page'
      ? await connectPage(known, strings, connections)
      : await connectCloud(chosen, strings, connections);
  if (name === undefined) return;
  say.info(safeText(strings, 'team.connected', { name }));
};

/** The source a command is for: the one it was given, the only one, or the one the user picks. */
async function sourceFor(
  services: Services,
  strings: Strings,
  argument: unknown,
  kinds: readonly HealthSourceSetting['kind'][],
  title: 'health.signIn.title' | 'health.remove.title',
): Promise<{ readonly setting: HealthSourceSetting; readonly name: string } | undefined> {
  const given = parseArgument(argument);
  if (given.kind !== 'none' && given.kind !== 'source') return undefined;
  const connections = await services.healthConnections();
  const known = (await services.settings()).settings.healthSources.filter(({ kind }) => kinds.includes(kind));
  const rows = known.map(setting => {
    const name = setting.kind === 'graph' ? connections.signInOf(setting.cloud).name : setting.name;
    return { label: quoted(name), description: healthSourceId(setting), value: { setting, name } };
  });
  if (given.kind === 'source') return rows.find(({ description }) => description === given.source)?.value;
  if (rows.length === 0) say.info(safeText(strings, 'health.none'));
  return rows.length < 2 ? rows[0]?.value : choose(strings.t(title), rows);
}

/** Signs in at a source again, in the way it was connected. */
export const signIn: Run = async (services, argument) => {
  const strings = await services.strings();
  const found = await sourceFor(services, strings, argument, ['graph'], 'health.signIn.title');
  if (found?.setting.kind !== 'graph') return;
  const connections = await services.healthConnections();
  const kept = await askSignIn(connections.signInOf(found.setting.cloud), found.setting.signIn, strings);
  if (kept !== undefined) await connections.connect(found.setting, kept);
};

/** Forgets a source, what was read from it and the sign-in there. */
export const remove: Run = async (services, argument) => {
  const strings = await services.strings();
  const found = await sourceFor(services, strings, argument, ['graph', 'statuspage'], 'health.remove.title');
  if (found === undefined) return;
  const detail = `${quoted(found.name)}\n\n${strings.t('health.remove.detail')}`;
  const yes = { label: safeText(strings, 'health.remove.yes'), value: true };
  if (await notify.confirm(safeText(strings, 'health.remove.title'), detail, yes)) {
    await (await services.healthConnections()).remove(healthSourceId(found.setting));
  }
};

/** Says what can be done about a source that cannot be read, and offers the first step. */
export async function whyHealth(services: Services, source: string): Promise<void> {
  const [strings, health, connections] = await Promise.all([
    services.strings(),
    services.health(),
    services.healthConnections(),
  ]);
  const found = health.all().find(({ id }) => id === source);
  const failure = found?.state.failure;
  if (found === undefined || failure === undefined) return;
  const { code } = failure;
  const cloud = cloudIds.find(one => source === `graph:${one}`);
  const heading = failureText(strings, failure, found.label);
  const offer = (
    key: 'health.connect.title' | 'health.remove.title',
    run: () => Thenable<unknown>,
  ): Choice<typeof run> => ({
    label: safeText(strings, key),
    value: run,
  });
  if (code === 'consentMissing' && cloud !== undefined) {
    const { permissions, portal, scopes } = connections.signInOf(cloud);
    const detail = strings.t('health.why.consentMissing', { permissions: permissions.join(', ') });
    const copy = () => vscode.env.clipboard.writeText(`${detail}\n\n${portal}\n${scopes.join('\n')}`);
    const open = () => vscode.env.openExternal(vscode.Uri.parse(portal, true));
    const chosen = await notify.confirm<() => Thenable<unknown>>(
      heading,
      detail,
      { label: safeText(strings, 'health.why.copy'), value: copy },
      { label: safeText(strings, 'health.why.portal'), value: open },
    );
    await chosen?.();
    return;
  }
  const step =
    code === 'noAdminRole'
      ? offer('health.connect.title', () => executeCommand('casebook.connectHealth'))
      : offer('health.remove.title', () => executeCommand('casebook.removeHealth', { source }));
  const detail =
    code === 'noAdminRole' ? strings.t('health.why.noAdminRole', { role }) : strings.t('health.why.noService');
  await (
    await notify.confirm(heading, detail, step)
  )?.();
}
