import { cleanText } from '../desk/clean.ts';

/** Longest body that is looked at, in UTF-16 code units; what is behind it is left out. */
export const longestBody = 100_000;

/** Longest tag; a `<` that begins a longer one is text. */
const longestTag = 4_000;

const named: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", copy: '©', reg: '®', trade: '™', deg: '°' },
  ...{ ndash: '–', mdash: '—', hellip: '…', bull: '•', middot: '·', lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”' },
};

/** Entities as characters, each once: `&amp;lt;` is `&lt;`. One that is not known stays as it is. */
function decoded(text: string): string {
  if (!text.includes('&')) return text;
  // By far the most frequent one, and often the only one; what begins with `&amp;` is not it.
  const spaced = text.replaceAll('&nbsp;', ' ');
  if (!spaced.includes('&')) return spaced;
  return spaced.replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/g, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? whole;
    const point = typeof hex === 'string' ? parseInt(hex, 16) : Number(decimal);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
  });
}

/** What is no text though it stands between tags. */
const hidden = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'iframe', 'object', 'svg', 'math']);
const breaks = new Set(
  (
    'address article aside blockquote br caption dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr li ' +
    'main nav ol p pre section table tbody tfoot thead tr ul'
  ).split(' '),
);
const marks = ['b', 'em', 'i', 'span', 'strong', 'u'];

/** What stands in the text for a tag without attributes. */
const plainTags = new Map<string, string>([
  ...[...breaks].flatMap(name => [name, `/${name}`, `${name}/`, `${name} /`].map(tag => [tag, '\n'] as const)),
  ...marks.flatMap(name => [name, `/${name}`].map(tag => [tag, ''] as const)),
  ['li', '\n- '],
]);

/** Most tags have no attributes. Taking those out first is fast, and leaves a text that means the same. */
function withoutPlainTags(html: string): string {
  const parts = html.split('<').map((part, place) => {
    if (place === 0) return part;
    const end = part.indexOf('>');
    const plain = end < 0 ? undefined : plainTags.get(part.slice(0, end));
    return plain === undefined ? `<${part}` : plain + part.slice(end + 1);
  });
  return parts.join('');
}

/** Where the tag that begins at `from` ends (its `>`), or -1 when it is none. */
function tagEnd(html: string, from: number): number {
  let quote = 0;
  const last = Math.min(html.length, from + longestTag);
  for (let at = from + 1; at < last; at++) {
    const code = html.charCodeAt(at);
    if (quote !== 0) quote = code === quote ? 0 : quote;
    else if (code === 0x3e) return at;
    else if (code === 0x3c) return -1;
    else if (code === 0x22 || code === 0x27) quote = code;
  }
  return -1;
}

/** The address of a link, where it is one of the web and not what the link says anyway. */
function addressOf(tag: string): string {
  const [, double, single, bare] = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag) ?? [];
  const href = decoded(double ?? single ?? bare ?? '').trim();
  return /^https?:\/\/\S+$/i.test(href) ? href : '';
}

/** Text with what a reader would see of HTML: no tag, script or comment; a link's address stands behind its words. */
function untagged(body: string): string {
  const html = withoutPlainTags(body);
  let lower: string | undefined;
  let text = '';
  let link: { readonly address: string; readonly from: number } | undefined;
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    text += decoded(html.slice(at, open));
    if (html.startsWith('<!--', open)) {
      const end = html.indexOf('-->', open + 4);
      at = end < 0 ? html.length : end + 3;
      continue;
    }
    const end = /[a-z/!?]/i.test(html.charAt(open + 1)) ? tagEnd(html, open) : -1;
    if (end < 0) {
      text += '<';
      at = open + 1;
      continue;
    }
    const tag = html.slice(open, end);
    const [, closing = '', name = ''] = /^<(\/?)([a-z][a-z0-9]*)/i.exec(tag)?.map(part => part.toLowerCase()) ?? [];
    at = end + 1;
    if (hidden.has(name) && closing === '' && !tag.endsWith('/')) {
      lower ??= html.toLowerCase();
      const close = lower.indexOf(`</${name}`, at);
      at = close < 0 ? html.length : close;
    } else if (name === 'a') {
      if (link && link.address !== '' && !text.slice(link.from).includes(link.address)) text += ` (${link.address})`;
      link = closing === '' ? { address: addressOf(tag), from: text.length } : undefined;
    } else if (name === 'li' && closing === '') text += '\n- ';
    else if (breaks.has(name)) text += '\n';
    else if (name === 'td' || name === 'th') text += ' ';
  }
  return text + decoded(html.slice(at));
}

/** What few texts hold: anything that is taken out of a clean one, half a character, or a space of another kind. */
const unusual =
  /[\0-\x09\x0b-\x1f\x7f-\xa0\u1680\u2000-\u200a\u2028-\u202f\u205f\u2066-\u2069\u3000\ufeff\ud800-\udfff]/;

/**
 * The body of a post as plain text, at most {@link longestBody} of it. Nothing in it is markup any more; what is shown
 * as markup elsewhere would still be dangerous there. Takes time in proportion to the length.
 */
export function plainText(body: string): string {
  const cut = repaired(body.slice(0, longestBody));
  const text = /[<&]/.test(cut) ? untagged(cut) : cut;
  const clean = unusual.test(text) ? cleanText(text).replaceAll(/[^\S\n ]/g, ' ') : text;
  return unpadded(clean.replaceAll(/  +/g, ' '));
}

/** Lines without spaces around them, and at most one empty line between two that are not. */
function unpadded(text: string): string {
  let lines = '';
  let gap = '';
  for (const padded of text.split('\n')) {
    const line = padded.trim();
    if (line === '') gap = gap === '' ? '' : '\n\n';
    else {
      lines += gap + line;
      gap = '\n';
    }
  }
  return lines;
}

// What the bytes 0x80 to 0x9f are in Windows-1252; where it has nothing, the control character itself.
const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** Text of UTF-8 that was read as Windows-1252 shows at least one of these. */
const signs = /â€|Ã[\u0080-\u00bfƒ…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-\u00bf]|(?:×[\u0090-\u00aa‘’“”•–—˜™š›œžŸ]){3}/;

/**
 * The text as it was written, where it is certain that UTF-8 was read as Windows-1252 on its way (“weâ€™re” is “we’re”):
 * it bears a mark of it, and every character of it fits. Any other text stays as it is.
 */
export function repaired(text: string): string {
  if (!signs.test(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const byte = code < 0x100 ? code : high.indexOf(text.charAt(at)) + 0x80;
    if (byte < 0x80 && code >= 0x100) return text;
    bytes[at] = byte;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return text;
  }
}
