import type { CaseDetail } from '../desk/case.ts';
import { contactOf, type Contacts } from '../desk/contact.ts';
import { cleanText } from '../desk/clean.ts';
import { dutyField } from '../rules/completeness.ts';
import { handOff, queryText } from '../rules/handoff.ts';
import type { DraftField, Profile } from '../rules/profile.ts';
import type { Strings } from '../strings/strings.ts';
import { channelWords, spaced, wayName, type ChannelWords } from './channelWords.ts';

/** What is handed over. */
export type Matter = Pick<
  CaseDetail,
  'category' | 'service' | 'title' | 'text' | 'impact' | 'resource' | 'contact' | 'details' | 'places' | 'filedFiles'
> & { readonly severity?: CaseDetail['severityProposed'] };

/** A value to hand over under its name; undefined where it is missing. */
export interface HandedItem {
  readonly id: string;
  readonly label: string;
  readonly value: string | undefined;
}

/** A hand-off in words: everything needed to file a case where no program can. */
export interface HandOffWords {
  readonly channels: ChannelWords[];
  /** When support is open; undefined where that is not stated. */
  readonly hours: string | undefined;
  /** What to type as the question. */
  readonly query: string;
  readonly items: readonly HandedItem[];
  /** What to paste as the description. */
  readonly text: string;
  /** All of it, ready to be kept or sent to a colleague. */
  readonly whole: string;
}

export interface HandOffOptions {
  /** The team's contacts by reference. */
  readonly contacts: Contacts;
  /** When support is open, in words. */
  readonly hours: string | undefined;
}

/** What is typed for a field; a contact may be named by its reference. */
function valueOf(matter: Matter, field: DraftField, contacts: HandOffOptions['contacts'], strings: Strings): string {
  const method = matter.details?.contactMethod;
  if (field === 'contactMethod') return method === undefined ? '' : strings.t(`contactMethod.${method}`);
  const written = { ...matter.details, ...matter };
  const text = cleanText(written[field] ?? '').trim();
  return field === 'contact' ? contactOf(text, contacts) : text;
}

/** The fields an offer asks for and the duties of the severity, each once, in the order of the offer. */
function itemsOf(matter: Matter, profile: Profile, { contacts }: HandOffOptions, strings: Strings): HandedItem[] {
  const parts = handOff(matter, profile);
  const fields = new Map<DraftField, readonly DraftField[]>();
  for (const { id, orElse } of parts.fields) if (id !== 'text') fields.set(id, [id, ...orElse]);
  for (const { id } of parts.duties) fields.set(dutyField[id], [dutyField[id]]);
  const asked = [...fields].map(([id, among]): HandedItem => {
    const value = among.map(field => valueOf(matter, field, contacts, strings)).find(text => text !== '');
    return { id, label: among.map(field => strings.t(`field.${field}`)).join(' / '), value };
  });
  const severity = matter.severity && strings.t(`severity.${matter.severity}`);
  return [
    ...(matter.service === '' ? [] : [{ id: 'service', label: strings.t('field.service'), value: matter.service }]),
    ...(profile.severity && severity ? [{ id: 'severity', label: strings.t('field.severity'), value: severity }] : []),
    ...asked,
  ];
}

const pair = ({ label, value }: HandedItem, missing: string): string =>
  (value ?? missing).includes('\n') ? `${label}:\n${value ?? missing}` : `${label}: ${value ?? missing}`;

const filesLine = (files: readonly { readonly name: string }[], strings: Strings): string =>
  files.length === 0 ? '' : `${strings.t('field.files')}: ${files.map(({ name }) => name).join(', ')}`;

function pasted(matter: Matter, items: readonly HandedItem[], strings: Strings): string {
  const known = items.filter(({ value }) => value !== undefined);
  const places = matter.places.map(
    ({ path, startLine, endLine, text }) => `${path}:${startLine}–${endLine}\n${text.trimEnd()}`,
  );
  return [
    cleanText(matter.title).trim(),
    cleanText(matter.text).trim(),
    known.map(item => pair(item, '')).join('\n'),
    ...(places.length > 0 ? [`${strings.t('page.places')}:\n${places.join('\n\n')}`] : []),
    filesLine(matter.filedFiles, strings),
  ]
    .filter(part => part !== '')
    .join('\n\n');
}

function channelText(channel: ChannelWords, strings: Strings): string {
  const { number, steps, notices } = channel;
  return [
    wayName(channel, strings),
    ...(number === null ? [] : [spaced(number)]),
    ...steps.map(({ message }, at) => `${String(at + 1)}. ${message}`),
    ...notices.map(({ message }) => `! ${message}`),
  ].join('\n');
}

/**
 * Everything to hand over, as finished text in the language of `strings`. Facts: G-11 to G-19, G-25 to G-27, V-02 to
 * V-06, C-20, C-29 to C-31, E-05, E-06, E-11.
 */
export function handOffWords(
  matter: Matter,
  profile: Profile,
  options: HandOffOptions,
  strings: Strings,
): HandOffWords {
  // Whether the country is on the vendor's list is not known here; the notice says "if".
  const parts = handOff({ ...matter, countryListed: false }, profile);
  const channels = parts.channels.map(channel => channelWords(channel, strings));
  const query = queryText(cleanText(matter.title).trim(), profile);
  const items = itemsOf(matter, profile, options, strings);
  const text = pasted(matter, items, strings);
  const missing = items.filter(({ value }) => value === undefined);
  const whole = [
    strings.t(`profile.${profile.id}`),
    ...channels.map(channel => channelText(channel, strings)),
    ...(options.hours === undefined ? [] : [`${strings.t('handoff.hours')}: ${options.hours}`]),
    `${strings.t('handoff.type')}: ${query}`,
    `${strings.t('handoff.handOver')}:`,
    text,
    ...missing.map(item => pair(item, strings.t('handoff.missing'))),
  ].join('\n\n');
  return { channels, hours: options.hours, query, items, text, whole };
}

/** The text of a later note, to be pasted where support reads it: which case it is about comes first. */
export function noteText(
  { vendorNumber, title }: Pick<CaseDetail, 'vendorNumber' | 'title'>,
  { text, files }: { readonly text: string; readonly files: readonly { readonly name: string }[] },
  strings: Strings,
): string {
  const about = vendorNumber === undefined ? title : `${strings.t('page.case.vendorNumber')} ${vendorNumber}: ${title}`;
  return [about, cleanText(text).trim(), filesLine(files, strings)].filter(part => part !== '').join('\n\n');
}
