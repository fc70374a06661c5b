import { cleanLine } from '../desk/text.ts';

// Names Windows keeps for devices, with or without an ending.
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
const longest = 120;

/**
 * A name to propose for a file to be saved. It comes from someone else, so it is one plain name for every system: no
 * folders, no reserved names, no streams, nothing hidden by a leading dot or a trailing one.
 */
export function safeFileName(name: string, otherwise: string): string {
  const plain = cleanLine(name.slice(0, 1_000))
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\\/:*?"<>|%]/g, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '');
  if (plain === '' || /^_+$/.test(plain)) return otherwise;
  const named = device.test(plain) ? `_${plain}` : plain;
  if (named.length <= longest) return named;
  const ending = /\.[^.]{1,10}$/.exec(named)?.[0] ?? '';
  return `${named.slice(0, longest - ending.length).toWellFormed()}${ending}`;
}
