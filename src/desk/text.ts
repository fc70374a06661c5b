import * as z from 'zod/mini';

// Controls other than tab and newline, bidi overrides and isolates (a title must not reorder its surroundings), tag characters.
const invisible = /[\p{Cc}--[\t\n]]|[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gv;

/** Text without characters that hide or reorder what a reader sees; line ends become `\n`. Hebrew and its marks stay. */
export function cleanText(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').replaceAll(invisible, '').toWellFormed();
}

/** One line of clean text: line breaks and tabs become spaces, the ends are trimmed. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ').trim();
}

/** Longest texts a desk takes, in UTF-16 code units. */
export const limits = {
  title: 200,
  text: 100_000,
  note: 100_000,
  line: 200,
  fileName: 255,
  files: 50,
  fileBytes: 25 * 1024 * 1024,
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
