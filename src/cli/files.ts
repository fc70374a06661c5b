import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod/mini';
import { BadUse } from './fault.ts';

/** The longest file, line or text read: calendars, drafts and policies are far below it. */
export const maxBytes = 4 * 1024 * 1024;
const limit = '4 MB';

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** The text of bytes in UTF-8, without a byte order mark; a fault that names `file` when they are none. */
function decode(file: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below: a text with a NUL in it is none either.
  }
  throw new BadUse('fileNotText', { file });
}

/** Reads a text file of at most `maxBytes`; what keeps it from being read is a fault that names it. */
export async function readText(file: string): Promise<string> {
  try {
    // Looked at before it is opened: opening a pipe would wait for its other end.
    const { size } = await stat(file).then(found => {
      if (!found.isFile()) throw new BadUse('fileFolder', { file });
      return found;
    });
    if (size > maxBytes) throw new BadUse('fileTooLarge', { file, limit });
    return decode(file, await readFile(file));
  } catch (error) {
    if (error instanceof BadUse) throw error;
    throw new BadUse(codeOf(error) === 'ENOENT' ? 'fileMissing' : 'fileUnreadable', { file });
  }
}

/** Reads all of a stream, at most `maxBytes` of it. */
export async function readAll(name: string, stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new BadUse('fileTooLarge', { file: name, limit });
    chunks.push(chunk);
  }
  return decode(name, Buffer.concat(chunks));
}

/** Parses JSON; `file` is what a fault calls it. */
export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadUse('notJson', { file });
  }
}

/** `holidays[3].date`, `week.monday[0]`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path
    .map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

const missing = (issue: z.core.$ZodIssue, input: unknown): boolean => {
  let value = input;
  for (const step of issue.path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return true;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[step];
  }
  return false;
};

/** Parses what came from outside; the first thing that does not hold is a fault that names file and field. */
export function checked<Schema extends z.core.$ZodType>(
  file: string,
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = z.safeParse(schema, input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue === undefined || (issue.path.length === 0 && issue.code !== 'unrecognized_keys')) {
    throw new BadUse('notObject', { file });
  }
  if (issue.code === 'unrecognized_keys') {
    throw new BadUse('fieldUnknown', { file, field: fieldName([...issue.path, issue.keys[0] ?? '']) });
  }
  const field = fieldName(issue.path);
  if (missing(issue, input)) throw new BadUse('fieldMissing', { file, field });
  if (issue.code === 'invalid_value') {
    throw new BadUse('fieldChoice', { file, field, choices: issue.values.map(String).join(', ') });
  }
  throw new BadUse('fieldInvalid', { file, field });
}
