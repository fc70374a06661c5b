import * as z from 'zod/mini';
import type { Calendar } from '../rules/calendar.ts';
import type { Instant } from '../rules/decision.ts';
import { categories, plans, profileIds, readings, severities } from '../rules/profile.ts';
import { responseTarget } from '../rules/target.ts';
import type { Strings } from '../strings/strings.ts';
import { count, HolidayList, loadCalendar, readAmount, readCalendar } from './calendar.ts';
import type { Call } from './command.ts';
import { BadUse, sayFault } from './fault.ts';
import { checked, maxBytes, parseJson } from './files.ts';
import { readInstant, readZone } from './instant.ts';
import type { Exit } from './io.ts';
import { profiles } from '../rules/profiles/index.ts';
import { possible } from './offer.ts';
import type { BatchLine } from './output.ts';
import { toJson } from './plain.ts';
import { isoUtc } from './show.ts';

const Id = z.union([z.string(), z.number()]);
const shared = { id: z.optional(Id), opened: z.string(), zone: z.optional(z.string()) };
const ByProfile = z.strictObject({
  ...shared,
  profile: z.enum(profileIds),
  severity: z.enum(severities),
  category: z.enum(categories),
  plan: z.optional(z.enum(plans)),
  reading: z.optional(z.enum(readings)),
  holidays: z.optional(HolidayList),
});
const ByCalendar = z.strictObject({ ...shared, amount: z.string(), calendar: z.optional(z.unknown()) });

type Found = Pick<BatchLine, 'due' | 'code' | 'reading'>;
const none: Found = { due: null, code: null, reading: null };

function openedOf({ opened, zone }: { readonly opened: string; readonly zone?: string | undefined }): Instant {
  return readInstant('opened', opened, zone === undefined ? undefined : readZone('zone', zone)).at;
}

/** A calendar inside a line: a fault names its field as part of the line. */
function inlineCalendar(file: string, input: unknown): Calendar {
  try {
    return readCalendar(file, input);
  } catch (error) {
    if (!(error instanceof BadUse)) throw error;
    const { code, values } = error.fault;
    const field = values['field'] === undefined ? 'calendar' : `calendar.${values['field']}`;
    throw new BadUse(code === 'notObject' ? 'fieldInvalid' : code, { ...values, field });
  }
}

/** One line under a calendar, its own or that of the call. */
function byCalendar(file: string, input: unknown, given: Calendar | undefined): Found {
  const line = checked(file, ByCalendar, input);
  const calendar = line.calendar === undefined ? given : inlineCalendar(file, line.calendar);
  if (calendar === undefined) throw new BadUse('fieldMissing', { file, field: 'calendar' });
  const { due } = count(calendar, readAmount('amount', line.amount), openedOf(line));
  return due === undefined ? { ...none, code: 'never' } : { ...none, due: isoUtc(due) };
}

/** One line under a support offer. */
function byProfile(file: string, input: unknown): Found {
  const { profile, ...line } = checked(file, ByProfile, input);
  const where = { file, name: 'opened', found: line.opened };
  const target = possible(responseTarget({ ...line, openedAt: openedOf(line) }, profiles[profile]), where);
  if (target.kind === 'none') return { ...none, code: target.code };
  return { ...none, due: isoUtc(target.due), reading: target.reading };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function idOf(input: unknown): BatchLine['id'] {
  const parsed = z.safeParse(Id, isObject(input) && 'id' in input ? input.id : undefined);
  return parsed.success ? parsed.data : null;
}

/** Answers one line; whatever is wrong with it stands in the answer. */
function answerLine(
  text: string | undefined,
  number: number,
  given: Calendar | undefined,
  strings: Strings,
): BatchLine {
  const file = strings.t('cli.batch.line', { number });
  let id: BatchLine['id'] = null;
  try {
    if (text === undefined) throw new BadUse('fileTooLarge', { file, limit: '4 MB' });
    const input = parseJson(file, text);
    id = idOf(input);
    const counted = isObject(input) && ('amount' in input || 'calendar' in input);
    const { due, code, reading } = counted ? byCalendar(file, input, given) : byProfile(file, input);
    return { id, due, code, field: null, reading, message: null };
  } catch (error) {
    if (!(error instanceof BadUse)) throw error;
    const { code, values } = error.fault;
    const field = String(values['field'] ?? values['name'] ?? '');
    return {
      id,
      due: null,
      code,
      field: field === '' ? null : field,
      reading: null,
      message: sayFault(strings, error.fault),
    };
  }
}

/** The lines of a stream, chunk by chunk; a line longer than `maxBytes` is undefined and is never held whole. */
async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<(string | undefined)[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let skipping = false;
  for await (const chunk of stream) {
    const [first = '', ...others] = decoder.decode(chunk, { stream: true }).split('\n');
    const lines: (string | undefined)[] = [];
    let open = rest + first;
    for (const next of others) {
      lines.push(skipping ? undefined : open);
      skipping = false;
      open = next;
    }
    skipping ||= open.length > maxBytes;
    rest = skipping ? '' : open;
    if (lines.length > 0) yield lines;
  }
  if (skipping) yield [undefined];
  else if (rest !== '') yield [rest];
}

/**
 * Answers JSON lines from stdin, one line out for each line in, in their order, as fast as they are read. A bad line is
 * answered with what is wrong and stops nothing.
 */
export async function runBatch({ io, strings }: Call, calendarFile: string | undefined): Promise<Exit> {
  const calendar = calendarFile === undefined ? undefined : await loadCalendar(calendarFile);
  let number = 0;
  for await (const lines of linesOf(io.stdin)) {
    const answers = lines.map(line => `${toJson(answerLine(line, ++number, calendar, strings))}\n`);
    if (!(await io.out(answers.join('')))) break;
  }
  return 0;
}
