import { cleanText } from '../../desk/clean.ts';
import { contactOf } from '../../desk/contact.ts';
import { channelWords, spaced, wayName, type ChannelWords } from '../../handoff/channelWords.ts';
import { dutyField } from '../../rules/completeness.ts';
import { handOff, queryText } from '../../rules/handoff.ts';
import type { DraftField, HoursRow } from '../../rules/profile.ts';
import type { Strings } from '../../strings/strings.ts';
import { type Answer, type Call, factLine } from '../command.ts';
import { fieldsOf, loadDraft } from '../draft.ts';
import { termsOf } from '../offer.ts';
import type { HandOff } from '../output.ts';
import { showDays } from '../show.ts';

function hoursText(row: HoursRow | undefined, strings: Strings): string | null {
  if (row === undefined) return null;
  const zone = row.kind === 'always' || row.zone === null ? '' : ` ${row.zone}`;
  if (row.kind === 'always') return strings.t('cli.hours.neverCloses');
  if (row.kind === 'withoutTimes') {
    return strings.t('cli.hours.withoutTimes', { days: showDays(row.weekdays, strings.language) });
  }
  const clock = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const open = [...row.week.entries()].filter(([, hours]) => hours.length > 0);
  const times = open[0]?.[1].map(([start, end]) => `${clock(start)}–${clock(end)}`).join(', ') ?? '';
  return `${showDays(
    open.map(([day]) => day),
    strings.language,
  )} ${times}${zone}`;
}

function channelLines(channel: ChannelWords, strings: Strings): string[] {
  const { number, steps, notices, facts } = channel;
  return [
    wayName(channel, strings),
    ...(number === null ? [] : [`   ${spaced(number)}`]),
    ...steps.map(({ message }, at) => `   ${at + 1}. ${message}`),
    ...notices.map(({ message }) => `   ! ${message}`),
    `   ${factLine(strings, facts)}`,
    '',
  ];
}

/** Everything to hand over to a vendor, as finished text: where, how, what to type, what is owed. Facts: of `handOff`. */
export async function run(call: Call): Promise<Answer<HandOff>> {
  const { args, strings } = call;
  const draft = await loadDraft(args[0] ?? '');
  const { profile, links: known, contacts } = await termsOf(call, draft.profile);
  const { category = 'technical', severity, adminCenterDenied, numberRegistered, countryListed } = draft;
  const parts = handOff({ category, severity, adminCenterDenied, numberRegistered, countryListed }, profile);
  const values = fieldsOf(draft);
  if (values.contact !== undefined) values.contact = contactOf(values.contact, contacts);
  const valueOf = (fields: readonly DraftField[]): string | null => {
    const found = fields.map(field => cleanText(values[field] ?? '').trim()).find(value => value !== '');
    return found ?? null;
  };
  const channels = parts.channels.map(channel => channelWords(channel, strings));
  const fields = parts.fields.map(({ id, orElse, facts }) => ({
    id,
    orElse: [...orElse],
    value: valueOf([id, ...orElse]),
    facts: [...facts],
  }));
  const duties = parts.duties.map(({ id, facts }) => ({
    id,
    message: strings.t(`duty.${id}`),
    facts: [...facts],
    value: valueOf([dutyField[id]]),
  }));
  const links = parts.links.map(({ id, url, facts }) => ({ id, url: known[id] ?? url ?? null, facts: [...facts] }));
  const hours = hoursText(parts.hours, strings);
  const query = queryText(cleanText(draft.title ?? draft.text ?? ''), profile);
  const missing = strings.t('handoff.missing');
  const said = (label: string, value: string | null): string[] => {
    const [first = '', ...rest] = (value ?? missing).split('\n');
    return [`   ${label}: ${first}`, ...rest.map(line => `     ${line}`)];
  };
  const name = (field: DraftField): string => strings.t(`field.${field}`);
  // Without an asked-for field the description is what there is to say.
  const asked = fields.some(({ id }) => id === 'text')
    ? fields
    : [{ id: 'text' as const, orElse: [], value: valueOf(['text']) }, ...fields];
  const urls = links.flatMap(({ id, url }) =>
    url === null ? [] : [`   ${strings.lookup(`link.${id}`) ?? id}: ${url}`],
  );
  const lines = [
    strings.t(`profile.${profile.id}`),
    '',
    ...channels.flatMap(channel => channelLines(channel, strings)),
    strings.t('handoff.type'),
    `   ${query === '' ? missing : query}`,
    '',
    strings.t('handoff.handOver'),
    ...(severity === undefined ? [] : said(strings.t('field.severity'), severity)),
    ...asked.flatMap(({ id, orElse, value }) => said([id, ...orElse].map(name).join(' / '), value)),
    ...duties.flatMap(({ message, value }) => said(message.replace(/\.$/, ''), value)),
    ...(hours === null ? [] : ['', strings.t('handoff.hours'), `   ${hours}`]),
    ...(urls.length === 0 ? [] : ['', strings.t('handoff.pages'), ...urls]),
  ];
  const json = { profile: profile.id, query, channels, fields, duties, hours, links, text: lines.join('\n') };
  return { exit: 0, json, lines };
}
