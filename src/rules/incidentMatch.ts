import {
  ownMatters,
  questionWords,
  serviceWords,
  sharedServices,
  topicWords,
  wishWords,
  type Topic,
} from './incidentWords.ts';

/** What of a draft is compared. */
export interface DraftWords {
  readonly service: string;
  readonly title: string;
  readonly text: string;
}

/** What of an open incident is compared. */
export interface OpenIncident {
  readonly id: string;
  /** What people call it by, such as EX123456. */
  readonly reference?: string;
  /** On what it is; several on a status page. */
  readonly services: readonly string[];
  /** Who tells of it, such as "GitHub"; empty where that is no name. */
  readonly source?: string;
  readonly title: string;
  readonly feature?: string;
  readonly impact?: string;
}

/** Why a draft may be about an incident, in the words of the draft. */
export type MatchReason =
  /** The draft quotes what the incident is called by. */
  | { readonly code: 'id'; readonly words: readonly string[] }
  /** The service of the incident was chosen, or is named in the text. */
  | { readonly code: 'service'; readonly words: readonly string[] }
  /** Words of the draft that are about the same as the incident. */
  | { readonly code: 'words'; readonly words: readonly string[] };

export interface IncidentMatch {
  readonly id: string;
  /** Whether the draft seems to be about this incident, rather than only about the same service. */
  readonly likely: boolean;
  readonly because: readonly MatchReason[];
}

/** Only the beginning is read: the rest of a log file names no incident. */
const readLength = 20_000;

/** A text as words: each as it was written, each folded, and all folded ones with a space around each. */
interface Words {
  readonly written: readonly string[];
  readonly pairs: readonly (readonly [folded: string, written: string])[];
  readonly folded: string;
}

function wordsOf(text: string): Words {
  const beginning = text.slice(0, readLength).normalize('NFC');
  const written = beginning.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  // Some letters fold to several words, such as the Arabic ligatures; here each stays one.
  const fold = (word: string) =>
    word
      .toLowerCase()
      .normalize('NFKD')
      .replaceAll(/[\p{M}\s]+/gu, '');
  const pairs = written.map(word => [fold(word), word] as const);
  return { written, pairs, folded: ` ${pairs.map(([folded]) => folded).join(' ')} ` };
}

/** Letters that Hebrew writes together with the word behind them. */
const joined = '[והבלמשכ]{0,3}';

function patternOf(list: string): RegExp {
  const alternatives = list.split(',').map(entry =>
    entry
      .split(' ')
      .map(word => (word.endsWith('.') ? word.slice(0, -1) : `${word}[^ ]*`))
      .join(' ')
      .replace(/^(?=[א-ת])/, joined),
  );
  return new RegExp(`(?<= )(?:${alternatives.join('|')})(?= )`, 'g');
}

function compiled<Name extends string>(
  lists: Readonly<Record<Name, string>>,
): () => readonly (readonly [Name, RegExp])[] {
  let made: readonly (readonly [Name, RegExp])[] | undefined;
  return () => (made ??= (Object.keys(lists) as Name[]).map(name => [name, patternOf(lists[name])] as const));
}
const topics = compiled(topicWords);
const services = compiled(serviceWords);
const asking = compiled({ question: questionWords, wish: wishWords });

/** Words of one topic that are looked at; more say no more. */
const mostWords = 20;

/** The words of a text that a pattern finds, as they were written. */
function found({ written, folded }: Words, pattern: RegExp): string[] {
  const matched: string[] = [];
  let [word, from] = [0, 1];
  for (const { 0: match, index } of folded.matchAll(pattern)) {
    for (; from < index; from++) if (folded[from] === ' ') word++;
    matched.push(written.slice(word, word + match.split(' ').length).join(' '));
    if (matched.length === mostWords) break;
  }
  return matched;
}

type Found<Name> = ReadonlyMap<Name, readonly string[]>;
function all<Name extends string>(words: Words, lists: readonly (readonly [Name, RegExp])[]): Found<Name> {
  return new Map(
    lists.flatMap(([name, pattern]) => {
      const matched = found(words, pattern);
      return matched.length > 0 ? [[name, matched] as const] : [];
    }),
  );
}

/** What a text is about. Licences on an invoice are about the invoice. */
function topicsOf(words: Words): Found<Topic> {
  const about = new Map(all(words, topics()));
  if (about.has('billing')) about.delete('licence');
  return about;
}

interface Side {
  readonly words: Words;
  readonly topics: Found<Topic>;
  readonly services: Found<string>;
}
interface ReadDraft extends Side {
  readonly chosen: { readonly name: string; readonly services: Found<string> };
  /** Whether it asks how something is done, or for something to be done. */
  readonly asks: boolean;
  /** What it is about of its own. */
  readonly own: readonly Topic[];
  /** Its long words, by their beginnings. */
  readonly stems: ReadonlyMap<string, string>;
}

/** Long words by their beginnings: what is written alike is compared where no topic is known. */
function stemsOf({ pairs }: Words): ReadonlyMap<string, string> {
  const long = pairs.filter(([folded]) => folded.length >= 6);
  return new Map(long.map(([folded, written]) => [folded.slice(0, 5), written]));
}

const nameOf = (service: string): string => wordsOf(service).folded;

function readDraft({ service, title, text }: DraftWords): ReadDraft {
  const head = wordsOf(title);
  const words = wordsOf(`${title}\n${text}`);
  const asks = asking().some(([kind, pattern]) =>
    kind === 'question' ? head.folded.search(pattern) === 1 : words.folded.search(pattern) > 0,
  );
  return {
    ...{ words, asks, stems: stemsOf(words), topics: topicsOf(words), services: all(words, services()) },
    own: [...topicsOf(head).keys()].filter(topic => ownMatters.has(topic)),
    chosen: { name: nameOf(service), services: all(wordsOf(service), services()) },
  };
}

/** What an incident is about: its title and feature say it best, else what users feel. */
function readIncident({ title, feature = '', impact = '', services: names, source = '' }: OpenIncident): Side {
  const words = wordsOf(`${title}\n${feature}`);
  const about = topicsOf(words);
  const on = all(wordsOf(`${names.join('\n')}\n${source}`), services());
  return { words, topics: about.size > 0 ? about : topicsOf(wordsOf(impact)), services: on };
}

const incidents = new WeakMap<OpenIncident, Side>();
function sideOf(of: OpenIncident): Side {
  const known = incidents.get(of) ?? readIncident(of);
  incidents.set(of, known);
  return known;
}

/** Whether and by which words the draft is on a service of the incident. */
function serviceReason(
  draft: ReadDraft,
  incident: Side,
  of: OpenIncident,
): { chosen: boolean; words: readonly string[] } {
  const names = [...of.services, of.source ?? ''].filter(name => nameOf(name).trim() !== '');
  const chosen = names.find(name => nameOf(name) === draft.chosen.name);
  if (chosen !== undefined) return { chosen: true, words: [chosen] };
  for (const service of incident.services.keys()) {
    const word = draft.chosen.services.get(service);
    if (word) return { chosen: true, words: word.slice(0, 1) };
  }
  for (const service of incident.services.keys()) {
    const words = draft.services.get(service);
    if (words) return { chosen: false, words: words.slice(0, 1) };
  }
  const named = names.find(name => draft.words.folded.includes(nameOf(name)));
  return { chosen: false, words: named === undefined ? [] : [named] };
}

function matchOne(draft: ReadDraft, of: OpenIncident): IncidentMatch | undefined {
  const { id, reference = '' } = of;
  if (/\d{3}/.test(reference) && draft.words.folded.includes(nameOf(reference))) {
    return { id, likely: true, because: [{ code: 'id', words: [reference] }] };
  }
  const incident = sideOf(of);
  const service = serviceReason(draft, incident, of);
  const shared = [...draft.topics].flatMap(([topic, words]) => (incident.topics.has(topic) ? [words] : []));
  const alike = incident.topics.size > 0 ? [] : [...stemsOf(incident.words).keys()];
  const words = [...shared.flat(), ...alike.flatMap(one => draft.stems.get(one) ?? [])];
  const about = words.length > 0;
  const onService = service.words.length > 0;
  // Elsewhere one shared topic is little, unless it is most of what the incident is about.
  const anywhere = [...incident.services.keys()].some(one => sharedServices.has(one));
  const free = draft.chosen.name.trim() === '' && draft.services.size === 0;
  const mostly = (anywhere || free) && shared.length * 2 > incident.topics.size;
  // A draft that says nothing yet can be about whatever is wrong with its service.
  const silent = service.chosen && draft.topics.size === 0 && draft.stems.size === 0;
  const other = draft.asks || draft.own.some(topic => !incident.topics.has(topic));
  const likely = !other && (silent || (about && (onService || mostly)));
  if (!likely && !service.chosen) return undefined;
  const because: MatchReason[] = [];
  if (onService) because.push({ code: 'service', words: service.words });
  if (about) because.push({ code: 'words', words: [...new Set(words)].slice(0, 5) });
  return { id, likely, because };
}

/**
 * Which open incidents a draft may be about, the likely ones first and otherwise in the order given: those on its service
 * (T-38), and those that its words speak for. The same input has the same answer, and each names its reasons. Facts: G-07,
 *
 */
export function matchIncidents(draft: DraftWords, incidents: readonly OpenIncident[]): readonly IncidentMatch[] {
  if (incidents.length === 0) return [];
  const read = readDraft(draft);
  const matches = incidents.flatMap(one => matchOne(read, one) ?? []);
  return [...matches.filter(({ likely }) => likely), ...matches.filter(({ likely }) => !likely)];
}
