import * as z from 'zod/mini';
import { cleanLine, cleanText } from './clean.ts';

export { cleanLine, cleanText };

/** Longest texts a desk takes, in UTF-16 code units, and how many files; what is called bytes is in bytes. */
export const limits = {
  title: 200,
  text: 100_000,
  note: 100_000,
  line: 200,
  fileName: 255,
  files: 50,
  fileBytes: 25 * 1024 * 1024,
  /** Texts and files of one case, and of all of a tenant, on a team desk that does not say otherwise. */
  caseBytes: 100 * 1024 * 1024,
  tenantBytes: 10 * 1024 * 1024 * 1024,
} as const;

const cleaned = (clean: (text: string) => string, max: number, min: 0 | 1): z.ZodMiniType<string, string> =>
  z.pipe(z.pipe(z.string(), z.transform(clean)), z.string().check(z.minLength(min), z.maxLength(max)));

/** A zod type for one clean line of at most `max` code units; `min` 1 makes it required. */
export function line(max: number = limits.line, min: 0 | 1 = 0): z.ZodMiniType<string, string> {
  return cleaned(cleanLine, max, min);
}

/** A zod type for clean text of several lines. */
export function multiline(max: number = limits.text, min: 0 | 1 = 0): z.ZodMiniType<string, string> {
  return cleaned(text => cleanText(text).trim(), max, min);
}
