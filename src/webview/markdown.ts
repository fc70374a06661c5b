import { dialled, element, typedBlock, type Child } from './dom.ts';

/** More than this is shown as it was typed, and not all at once, so that a page stays quick. */
const longest = 20_000;
const deepest = 4;

/**
 * `code`, **strong**, *emphasis*: the earliest wins, and what is inside code stays as it is. A star inside a word or beside
 * a space is a star; an underscore is always one, since here it is part of a name such as `__init__`.
 */
const inline =
  /`([^`\n]+)`|(?<![\p{L}\p{N}*])(?:\*\*(?![\s*])((?:[^*\n]|\*(?!\*))+?)(?<!\s)\*\*|\*(?![\s*])((?:[^*\n]|\*\*[^*\n]+\*\*)+?)(?<!\s)\*)(?![\p{L}\p{N}*])/u;

function inlineNodes(text: string, depth = 0): Child[] {
  const nodes: Child[] = [];
  let rest = text;
  for (let found = inline.exec(rest); found && depth < deepest; found = inline.exec(rest)) {
    const [whole, code, strong, emphasis] = found;
    if (found.index > 0) nodes.push(...dialled(rest.slice(0, found.index)));
    if (code !== undefined) nodes.push(element('code', { dir: 'ltr' }, code));
    else if (strong !== undefined) nodes.push(element('strong', {}, ...inlineNodes(strong, depth + 1)));
    else nodes.push(element('em', {}, ...inlineNodes(emphasis ?? '', depth + 1)));
    rest = rest.slice(found.index + whole.length);
  }
  nodes.push(...dialled(rest));
  return nodes;
}

const fence = /^\s*(```|~~~)/;
const bullet = /^\s{0,6}[-*+]\s+(.*)$/;
const numbered = /^\s{0,6}(\d{1,9})[.)]\s+(.*)$/;
const quote = /^\s{0,3}>\s?(.*)$/;
const heading = /^\s{0,3}#{1,6}\s+(.*)$/;

/** The lines from `at` on that fit `shape`, and the content of each. */
function taken(lines: readonly string[], at: number, shape: RegExp): string[] {
  const found: string[] = [];
  for (let match = shape.exec(lines[at] ?? ''); match; match = shape.exec(lines[at + found.length] ?? '')) {
    found.push(match.at(-1) ?? '');
  }
  return found;
}

const special = [fence, bullet, numbered, quote, heading];

function block(lines: readonly string[], at: number): { readonly node: HTMLElement; readonly used: number } {
  const line = lines[at] ?? '';
  const [, mark] = fence.exec(line) ?? [];
  if (mark !== undefined) {
    const end = lines.findIndex((one, place) => place > at && one.trim().startsWith(mark));
    const last = end < 0 ? lines.length : end;
    const code = lines.slice(at + 1, last).join('\n');
    return { node: element('pre', { dir: 'ltr', tabindex: '0' }, code), used: last - at + 1 };
  }
  const items = (shape: RegExp) => taken(lines, at, shape);
  const rows = (all: readonly string[]) => all.map(one => element('li', { dir: 'auto' }, ...inlineNodes(one)));
  const bullets = items(bullet);
  if (bullets.length > 0) return { node: element('ul', {}, ...rows(bullets)), used: bullets.length };
  const numbers = items(numbered);
  if (numbers.length > 0) {
    const [, start] = numbered.exec(line) ?? [];
    return { node: element('ol', { start }, ...rows(numbers)), used: numbers.length };
  }
  const quoted = items(quote);
  if (quoted.length > 0) {
    const paragraph = element('p', { class: 'typed', dir: 'auto' }, ...inlineNodes(quoted.join('\n')));
    return { node: element('blockquote', {}, paragraph), used: quoted.length };
  }
  const [title] = items(heading);
  if (title !== undefined) {
    return { node: element('p', { dir: 'auto' }, element('strong', {}, ...inlineNodes(title))), used: 1 };
  }
  let end = at + 1;
  while (end < lines.length && (lines[end] ?? '').trim() !== '' && !special.some(one => one.test(lines[end] ?? '')))
    end++;
  const text = lines.slice(at, end).join('\n');
  return { node: element('p', { class: 'typed', dir: 'auto' }, ...inlineNodes(text)), used: end - at };
}

function formatted(text: string): HTMLElement[] {
  const lines = text.split('\n');
  const nodes: HTMLElement[] = [];
  for (let at = 0; at < lines.length;) {
    if ((lines[at] ?? '').trim() === '') {
      at++;
      continue;
    }
    const { node, used } = block(lines, at);
    nodes.push(node);
    at += used;
  }
  return nodes;
}

/**
 * A note as a person reads it: paragraphs, lists, quotes, code and emphasis of Markdown, each line in its own direction.
 * Everything becomes text nodes; addresses, pictures and markup stay what was typed, so nothing is opened or loaded. Of
 * a very long one the beginning is shown, as it was typed, and the rest when it is asked for.
 */
export function markdown(text: string, showAll: string): HTMLElement {
  if (text.length <= longest) return element('div', { class: 'markdown' }, ...formatted(text));
  const shown = typedBlock(`${text.slice(0, longest).toWellFormed()}…`);
  const all = element(
    'button',
    {
      type: 'button',
      class: 'link',
      onclick: () => {
        shown.textContent = text;
        all.remove();
        shown.tabIndex = -1;
        shown.focus();
      },
    },
    showAll,
  );
  return element('div', { class: 'markdown' }, shown, all);
}
