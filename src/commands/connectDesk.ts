import type { Run } from '../host/commandMap.ts';
import { signInAtMicrosoft } from '../host/microsoft.ts';
import { notify, type Choice } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import { secretName, type KeptSignIn } from '../host/secrets.ts';
import type { Services } from '../host/services.ts';
import { signIns, type Connection } from '../host/settingsSchema.ts';
import type { Strings } from '../strings/strings.ts';
import { parseArgument } from './argument.ts';
import { choose } from './choose.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';

const title = 'team.connect.title';

/** The host as it is compared: without the part every address has. */
const hostOf = (origin: string): string => origin.replace(/^https?:\/\//, '');

/**
 * Shows where a sign-in goes and asks whether that is right; what is kept then signs in there and nowhere else. Nothing
 * where the user turns away or is not signed in, which is said, and never asked twice.
 */
export async function askSignIn(
  { origin, signIn, scopes = [] }: Pick<Connection, 'origin' | 'signIn' | 'scopes'>,
  strings: Strings,
  suggested = false,
): Promise<KeptSignIn | 'never' | undefined> {
  const choices: Choice<'yes' | 'never'>[] = [{ label: safeText(strings, 'team.consent.yes'), value: 'yes' }];
  if (suggested) choices.push({ label: safeText(strings, 'team.consent.never'), value: 'never' });
  const detail = `${origin}\n\n${strings.t(`team.how.${signIn}`)}\n\n${strings.t('team.consent.detail')}`;
  const agreed = await notify.confirm(safeText(strings, 'team.consent'), detail, ...choices);
  if (agreed !== 'yes') return agreed;
  if (signIn !== 'token') {
    if (await signInAtMicrosoft(signIn, scopes)) return { signIn };
    say.warn(safeText(strings, `team.session.${signIn}`));
    return undefined;
  }
  const token = await notify.input({
    title: strings.t('team.signIn.title'),
    prompt: safeText(strings, 'team.token.prompt', { host: hostOf(origin) }),
    password: true,
    validate: typed => (typed.trim() === '' ? safeText(strings, 'error.field.required') : undefined),
  });
  return token === undefined ? undefined : { signIn, token: token.trim() };
}

async function askAddress(services: Services, strings: Strings): Promise<string | undefined> {
  const desks = await services.connections();
  const suggested = await services.suggestedDesk();
  return notify.input({
    title: strings.t(title),
    prompt: safeText(strings, 'team.connect.prompt'),
    placeholder: 'https://desk.example.com',
    ...(suggested === undefined ? {} : { value: suggested }),
    validate: typed => (desks.originOf(typed) === undefined ? safeText(strings, 'team.connect.wrong') : undefined),
  });
}

async function askScopes(origin: string, strings: Strings): Promise<string[] | undefined> {
  const typed = await notify.input({
    title: strings.t(title),
    prompt: safeText(strings, 'team.connect.scopes'),
    value: `${origin}/.default`,
  });
  const scopes = typed?.split(/\s+/).filter(scope => scope !== '');
  return scopes?.slice(0, 20);
}

/**
 * Connects a desk: its address, how to sign in there, and whether the user trusts it. From the row of a suggested desk the
 * address is the one that is suggested; a caller cannot bring another.
 */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'unknown') return;
  const [strings, desks] = await Promise.all([services.strings(), services.connections()]);
  const suggested = given.kind === 'desk' ? await services.suggestedDesk() : undefined;
  const address = suggested ?? (await askAddress(services, strings));
  const origin = address === undefined ? undefined : desks.originOf(address);
  if (origin === undefined) return;
  const { settings } = await services.settings();
  if (settings.connections.some(one => one.origin === origin)) {
    say.info(safeText(strings, 'team.connect.already'));
    return;
  }
  const rows = signIns.map(value => ({ label: strings.t(`team.how.${value}`), value }));
  const signIn = await choose(strings.t('team.connect.how'), rows);
  if (signIn === undefined) return;
  const scopes = signIn === 'token' ? [] : await askScopes(origin, strings);
  if (scopes === undefined) return;
  const how = await askSignIn({ origin, signIn, scopes }, strings, suggested !== undefined);
  if (how === 'never') await desks.decline(origin);
  if (how === 'never' || how === undefined) {
    services.look.refresh();
    return;
  }
  // The same address has the same id again, so that what was not sent yet finds its desk.
  const id = (await secretName(origin)).slice(-16);
  const name = hostOf(origin).slice(0, 80);
  const connection: Connection = { id, name, origin, kind: 'team', signIn, ...(scopes.length > 0 && { scopes }) };
  const connected = await notify.progress('casebook.cases', () => desks.connect(connection, how));
  if (connected.ok) say.info(safeText(strings, 'team.connected', { name }));
  else sayDeskError({ services, strings }, connected.error);
};
