import { isActive, type Incident } from '../desk/health.ts';
import { goesOn } from '../desk/healthReading.ts';
import { statusWord } from '../forms/issueWords.ts';
import type { Run } from '../host/commandMap.ts';
import type { IssuePlace, Services } from '../host/services.ts';
import { safeText } from '../host/safeText.ts';
import { arranged } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import { parseArgument } from './argument.ts';
import { choose, quoted, type Row } from './choose.ts';
import { say } from './say.ts';

/** The board, as far as the desk can be asked. */
async function board(services: Services): Promise<readonly Incident[]> {
  const desk = await services.desk();
  const found = desk.ok ? await desk.value.incidents() : desk;
  return found.ok ? found.value : [];
}

/** Everything that goes on first, then what is over; the board before the sources. */
async function incidentRows(services: Services): Promise<readonly Row<IssuePlace>[]> {
  const strings = await services.strings();
  const row = (number: string, title: string, on: readonly string[], status: string, value: IssuePlace) => ({
    label: `${number} ${quoted(title)}`,
    description: arranged(' · ', [quoted(on.join(', ')), quoted(statusWord(status, strings))], strings),
    value,
  });
  const own = (await board(services)).map(({ id, number, title, service, status }) => ({
    active: isActive(status),
    row: row(`#${String(number)}`, title, [service], status, { id }),
  }));
  const read = (await services.health()).all().flatMap(({ id: source, state }) =>
    (state.reading?.issues ?? []).map(issue => ({
      active: goesOn(issue),
      row: row(quoted(issue.id), issue.title, issue.services, issue.status, { source, id: issue.id }),
    })),
  );
  return [...own, ...read].toSorted((a, b) => Number(b.active) - Number(a.active)).map(one => one.row);
}

/** The services of the settings, of the board and of the sources, each once. */
async function serviceRows(services: Services): Promise<readonly Row<IssuePlace>[]> {
  const { settings } = await services.settings();
  const read = (await services.health()).all().flatMap(({ state: { reading } }) => reading ?? []);
  const names = [
    ...settings.services,
    ...(await board(services)).map(({ service }) => service),
    ...read.flatMap(({ services: of, issues }) => [
      ...of.map(({ name }) => name),
      ...issues.flatMap(one => one.services),
    ]),
  ];
  return [...new Set(names)].map(service => ({ label: quoted(service), value: { service } }));
}

async function ask(
  services: Services,
  title: (strings: Strings) => string,
  rows: (services: Services) => Promise<readonly Row<IssuePlace>[]>,
): Promise<void> {
  const strings = await services.strings();
  const offered = await rows(services);
  if (offered.length === 0) say.info(safeText(strings, 'command.noIncident'));
  const place = offered.length === 0 ? undefined : await choose(title(strings), offered);
  if (place !== undefined) await services.pages.openIssue(place);
}

/** Opens the page of an incident of the board, or of an issue or an announcement of a source. */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'incident') await services.pages.openIssue({ id: given.incidentId });
  else if (given.kind === 'issue' || given.kind === 'notice')
    await services.pages.openIssue({ source: given.source, id: given.id });
  else if (given.kind === 'none') await ask(services, strings => strings.t('command.incident.which'), incidentRows);
};

/** Shows what happened on a service in the last days. */
export const history: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'service') await services.pages.openIssue({ service: given.service });
  else if (given.kind === 'none')
    await ask(services, strings => strings.t('page.history.heading', { service: '…' }), serviceRows);
};
