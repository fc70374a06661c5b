import type { Run } from '../host/commandMap.ts';
import { notify } from '../host/notify.ts';
import { safeText } from '../host/safeText.ts';
import type { Services } from '../host/services.ts';
import type { Connection } from '../host/settingsSchema.ts';
import type { Strings } from '../strings/strings.ts';
import { parseArgument } from './argument.ts';
import { choose, quoted } from './choose.ts';
import { askSignIn } from './connectDesk.ts';
import { sayDeskError } from './desk.ts';
import { say } from './say.ts';

/** The desk that something unsent is for. */
async function deskOf(services: Services, unsentId: string): Promise<string | undefined> {
  const unsent = await (await services.outbox?.())?.list();
  return unsent?.ok === true ? unsent.value.find(({ id }) => id === unsentId)?.desk : undefined;
}

/** The connection a command is for: the one it was given, the only one, or the one the user picks. */
async function connectionFor(
  services: Services,
  strings: Strings,
  argument: unknown,
  title: 'team.signIn.title' | 'team.disconnect.title',
): Promise<Connection | undefined> {
  const given = parseArgument(argument);
  if (given.kind === 'unknown') return undefined;
  const { connections } = (await services.settings()).settings;
  const desk = given.kind === 'unsent' ? await deskOf(services, given.unsentId) : given.kind === 'desk' && given.desk;
  if (desk !== false) return connections.find(({ id }) => id === desk);
  if (connections.length === 0) say.info(safeText(strings, 'team.none'));
  if (connections.length < 2) return connections[0];
  const rows = connections.map(value => ({ label: quoted(value.name), description: value.origin, value }));
  return choose(strings.t(title), rows);
}

/** Signs in at a desk that is connected, in the way it was connected. */
export const signIn: Run = async (services, argument) => {
  const strings = await services.strings();
  const connection = await connectionFor(services, strings, argument, 'team.signIn.title');
  if (connection === undefined) return;
  const how = await askSignIn(connection, strings);
  if (how === undefined || how === 'never') return;
  const desks = await services.connections();
  const connected = await notify.progress('casebook.cases', () => desks.connect(connection, how));
  if (connected.ok) say.info(safeText(strings, 'team.connected', { name: connection.name }));
  else sayDeskError({ services, strings }, connected.error);
};

/** Forgets a desk and the sign-in there; its cases stay where they are. */
export const disconnect: Run = async (services, argument) => {
  const strings = await services.strings();
  const connection = await connectionFor(services, strings, argument, 'team.disconnect.title');
  if (connection === undefined) return;
  const { name, origin } = connection;
  const detail = `${quoted(name)}\n${origin}\n\n${strings.t('team.disconnect.detail')}`;
  const yes = { label: safeText(strings, 'team.disconnect.yes'), value: true };
  if (await notify.confirm(safeText(strings, 'team.disconnect.confirm'), detail, yes))
    await (await services.connections()).disconnect(connection);
};
