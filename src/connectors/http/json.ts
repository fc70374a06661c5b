// How much an answer may be made of; nothing a desk says comes near.
const depth = 64;
const containers = 200_000;

const quote = 0x22;
const escape = 0x5c;
const [brace, bracket, endBrace, endBracket] = [0x7b, 0x5b, 0x7d, 0x5d];

/** Whether a text is nested and split within bounds, found without parsing it. */
function isModest(text: string): boolean {
  let [deep, many, inString] = [0, 0, false];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === escape) index++;
      else if (code === quote) inString = false;
    } else if (code === quote) inString = true;
    else if (code === brace || code === bracket) {
      if (++deep > depth || ++many > containers) return false;
    } else if (code === endBrace || code === endBracket) deep--;
  }
  return true;
}

/** JSON in UTF-8, of bounded depth; nothing where it is anything else. What it holds is for a schema to tell. */
export function parseJson(bytes: Uint8Array): { readonly json: unknown } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return isModest(text) ? { json: JSON.parse(text) } : undefined;
  } catch {
    return undefined;
  }
}
