import { cleanText } from '../desk/text.ts';

// Sequences that colour or move the cursor of a terminal, should the text ever be pasted into one.
const terminalCodes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|.)/g;
const special = /[\\`*_[\]<>&~|$@]/g;

/** Text without what a terminal would obey, and without what hides or reorders it. */
export function plainText(text: string): string {
  return cleanText(text.replaceAll(terminalCodes, ''));
}

/** One line of text as Markdown that shows just this text: no links, no images, no HTML, no emphasis, no entities. */
export function escapeLine(text: string): string {
  return (
    plainText(text)
      .replaceAll(/\s+/g, ' ')
      .trim()
      .replaceAll(special, '\\$&')
      // Addresses become links without any brackets.
      .replaceAll(/:(?=\/\/)/g, '\\:')
      .replaceAll(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, '\\.')
      .replace(/^([#+=-])/, '\\$1')
      .replace(/^(\d+)([.)])/, '$1\\$2')
  );
}

/** Text of several lines as a quotation, each line kept as a line. */
export function quoteBlock(text: string): string {
  const lines = plainText(text).trim().split('\n').map(escapeLine);
  return lines
    .map((line, index) => `> ${line}${index < lines.length - 1 && line !== '' ? '  ' : ''}`.trimEnd())
    .join('\n');
}

/** Code as a fenced block that its content cannot end. */
export function codeBlock(code: string, language: string | undefined): string {
  const text = plainText(code);
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const info = language !== undefined && /^[\w+#-]{1,40}$/.test(language) ? language : '';
  return `${fence}${info}\n${text}\n${fence}`;
}
