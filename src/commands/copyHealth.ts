import * as vscode from 'vscode';
import { fail } from '../desk/errors.ts';
import { goesOn, issueOf, type HealthIssue, type HealthNotice, type HealthReading } from '../desk/healthReading.ts';
import type { Incident } from '../desk/health.ts';
import { cleanText } from '../desk/text.ts';
import type { Run } from '../host/commandMap.ts';
import type { SourceOfHealth } from '../host/services.ts';
import type { Instant } from '../rules/decision.ts';
import type { Strings } from '../strings/strings.ts';
import { parseArgument, type Argument } from './argument.ts';

const utc = (at: Instant | undefined): string | undefined =>
  at === undefined ? undefined : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
const line = (...parts: readonly (string | undefined)[]): string =>
  parts.filter(part => part !== undefined && part !== '').join(' · ');

/** An incident as plain text, with all that was posted. */
export function issueText(of: HealthIssue, strings: Strings): string {
  const kind = strings.lookup(`classification.${of.classification}`) ?? of.classification;
  const status = strings.lookup(`health.${of.status}`) ?? of.status;
  return [
    `${of.id} ${of.title}`,
    line(of.services.join(', '), of.feature, kind, status, utc(of.startedAt)),
    ...[of.impact].filter(text => text !== ''),
    ...of.posts.toReversed().map(({ at, text }) => `\n${line(utc(at), text)}`),
  ].join('\n');
}

/** A post of the message center as plain text. */
function noticeText({ id, title, services, actionBy, text }: HealthNotice, strings: Strings): string {
  const action = actionBy === undefined ? undefined : strings.t('view.health.actionBy', { time: utc(actionBy) ?? '' });
  return [`${id} ${title}`, line(services.join(', '), action), '', text].join('\n');
}

/** What goes on at a source as plain text, of one service or all. */
export function sourceText(
  { label, state: { reading }, seenBy }: Pick<SourceOfHealth, 'label' | 'state' | 'seenBy'>,
  strings: Strings,
  service?: string,
): string {
  if (reading === undefined) return line(label, strings.t('view.health.unread'));
  const services = reading.services.filter(({ name }) => service === undefined || name === service);
  const issues = reading.issues.filter(one => goesOn(one) && (service === undefined || one.services.includes(service)));
  const disturbed = services.filter(({ status }) => service !== undefined || status !== 'serviceOperational');
  const rows = [
    ...disturbed.map(({ name, status }) => line(name, strings.lookup(`health.${status}`) ?? status)),
    ...issues.map(one =>
      line(one.id, one.services.join(', '), strings.lookup(`health.${one.status}`) ?? one.status, one.title),
    ),
  ];
  const heading = line(label, seenBy?.by, utc(reading.asOf));
  return [heading, ...(rows.length > 0 ? rows : [strings.t('view.health.noneOpen')])].join('\n');
}

function textOf(
  given: Argument,
  sources: readonly SourceOfHealth[],
  board: readonly Incident[],
  strings: Strings,
  now: Instant,
): string | undefined {
  if (given.kind === 'incident') {
    const found = board.find(({ id }) => id === given.incidentId);
    return found && issueText(issueOf(found), strings);
  }
  const recorded: HealthReading = {
    ...{ source: 'board', name: '', asOf: now, partial: false, services: [], notices: [] },
    issues: board.map(issueOf),
  };
  const own = { id: 'board', label: strings.t('view.health.board'), state: { reading: recorded, due: now } };
  const all: readonly SourceOfHealth[] = [...sources, ...(board.length > 0 ? [own] : [])];
  if (given.kind === 'none') return all.map(source => sourceText(source, strings)).join('\n\n');
  if (!('source' in given)) return undefined;
  const source = all.find(({ id }) => id === given.source);
  if (source === undefined) return undefined;
  if (given.kind === 'source') return sourceText(source, strings);
  if (given.kind === 'service') return sourceText(source, strings, given.service);
  if (given.kind === 'notice') {
    const notice = source.state.reading?.notices.find(({ id }) => id === given.id);
    return notice && noticeText(notice, strings);
  }
  const issue = source.state.reading?.issues.find(({ id }) => id === given.id);
  // Who reads it elsewhere must see whose eyes saw it, and when.
  const seen = line(source.label, source.seenBy?.by, utc(source.state.reading?.asOf));
  return issue && `${issueText(issue, strings)}\n\n${seen}`;
}

/** Puts what a row shows, or the whole view, on the clipboard as plain text. */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind === 'unknown') return;
  const [strings, health, desk] = await Promise.all([services.strings(), services.health(), services.desk()]);
  const board = desk.ok ? await desk.value.incidents() : fail(desk.error);
  const text = textOf(given, health.all(), board.ok ? board.value : [], strings, services.now());
  if (text !== undefined && text !== '') await vscode.env.clipboard.writeText(cleanText(text));
};
