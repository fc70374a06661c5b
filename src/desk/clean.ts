// Controls other than tab and newline, bidi overrides and isolates (a title must not reorder its surroundings), tag characters.
const invisible = /[\p{Cc}--[\t\n]]|[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gv;

/** Text without characters that hide or reorder what a reader sees; line ends become `\n`. Hebrew and its marks stay. */
export function cleanText(text: string): string {
  const lines = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  return lines.replaceAll(invisible, '').toWellFormed();
}

/** One line of clean text: line breaks and tabs become spaces, the ends are trimmed. */
export function cleanLine(text: string): string {
  return cleanText(text).replaceAll(/\s+/g, ' ').trim();
}
