import { createScanner, type Node } from 'jsonc-parser';

/** Steps from the whole of a file to a value in it. */
export type Path = readonly PropertyKey[];

/** A path as people write it: `holidays[3].date`; empty for the whole file. */
export function keyOf(path: Path): string {
  return path
    .map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}

/** Deeper than any policy; the parser goes down by recursion and must not be led further. */
const maxDepth = 32;

/** Where brackets go too deep, or undefined. */
export function tooDeepAt(text: string): number | undefined {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (scanner.scan(); scanner.getTokenOffset() < text.length; scanner.scan()) {
    const first = text[scanner.getTokenOffset()];
    if (first === '{' || first === '[') depth += 1;
    if (first === '}' || first === ']') depth -= 1;
    if (depth > maxDepth) return scanner.getTokenOffset();
  }
  return undefined;
}

/** Where a place in a text is, both from 1; columns count UTF-16 code units. */
export function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** A key that may not be there. */
export interface WrongKey {
  readonly code: 'duplicateKey' | 'unknownKey';
  readonly path: Path;
  readonly offset: number;
}

// Names that every object inherits: they are never assigned, and no policy has a use for them.
const inherited = new Set(['__proto__', 'constructor', 'prototype']);

/** The value of a tree, without the keys that are named in `wrong`: inherited names, and a key the second time. */
export function valueOf(node: Node, path: Path, wrong: WrongKey[]): unknown {
  if (node.type === 'array') return node.children?.map((child, place) => valueOf(child, [...path, place], wrong));
  if (node.type !== 'object') return node.value as unknown;
  const entries = new Map<string, unknown>();
  for (const { children: [keyNode, valueNode] = [] } of node.children ?? []) {
    if (keyNode === undefined || valueNode === undefined) continue;
    const key = String(keyNode.value);
    const here = [...path, key];
    const code = inherited.has(key) ? 'unknownKey' : entries.has(key) ? 'duplicateKey' : undefined;
    if (code === undefined) entries.set(key, valueOf(valueNode, here, wrong));
    else wrong.push({ code, path: here, offset: keyNode.offset });
  }
  return Object.fromEntries(entries);
}

/** Where a key or an item of a list begins; where it is missing, what it is missing from. */
export function offsetOf(root: Node, path: Path): number {
  let node = root;
  let offset = root.offset;
  for (const step of path) {
    const children: readonly Node[] = node.children ?? [];
    const found =
      node.type === 'array' ? children[Number(step)] : children.find(({ children: [key] = [] }) => key?.value === step);
    if (found === undefined) break;
    offset = found.offset;
    node = node.type === 'array' ? found : (found.children?.[1] ?? found);
  }
  return offset;
}
