import type { FileView, PlaceView, TargetView } from '../protocol/parts.ts';
import { element, region, typed, type Child } from './dom.ts';

/** A part of a page and how its data is shown. */
export interface Part<Data> {
  readonly node: HTMLElement;
  show(data: Data): void;
}

/** The letter of a severity in its shape: filled, framed or plain, so that it reads without colour. */
export function severityBadge(id: 'A' | 'B' | 'C' | undefined): HTMLElement {
  return element('span', { class: `badge badge-${id ?? 'none'}`, 'aria-hidden': 'true' }, id ?? '–');
}

/** The card that says by when the first response is due. */
export function targetCard(
  heading: string,
  others: string,
): { node: HTMLElement; update: (target: TargetView) => void } {
  const title = element('h2', { id: 'target-heading' }, heading);
  const body = element('div', {});
  let isOpen = false;
  const node = element('section', { class: 'card target', 'aria-labelledby': 'target-heading' }, title, body);
  const render = region(body, ({ headline, times, countdown, notes, others: lines, state }: TargetView) => [
    element('p', { class: `target-state target-${state}` }, headline),
    ...times.map(({ time, zone }, place) =>
      element(
        'p',
        { class: place === 0 ? 'target-time' : 'target-time second' },
        element('bdi', { class: 'clock' }, time),
        element('bdi', { class: 'hint' }, zone),
      ),
    ),
    countdown !== undefined && element('p', { class: 'countdown' }, countdown),
    ...notes.map(note => element('p', { class: 'hint' }, note)),
    lines.length > 0 &&
      element(
        'details',
        {
          class: 'others',
          open: isOpen,
          ontoggle: ({ currentTarget }) => (isOpen = (currentTarget as HTMLDetailsElement).open),
        },
        element('summary', { 'data-key': 'others' }, others),
        element('ul', {}, ...lines.map(line => element('li', { class: 'hint' }, line))),
      ),
  ]);
  return {
    node,
    update: target => {
      node.dataset['state'] = target.state;
      render(target);
    },
  };
}

/** A button at the end of a row; `key` keeps the focus when the list is made again. */
export function rowButton(label: string, about: string, key: string, press: () => void): HTMLElement {
  return element(
    'button',
    { type: 'button', class: 'quiet', 'data-key': key, 'aria-label': `${label}: ${about}`, onclick: press },
    label,
  );
}

/** Files as rows, each with what can be done to it and what is wrong with it. */
export function fileRows(
  files: readonly FileView[],
  label: string,
  press: (id: string, place: number) => void,
): HTMLElement[] {
  return files.map((file, place) =>
    element(
      'li',
      { class: 'row', 'data-file': file.name },
      element(
        'span',
        { class: 'row-main' },
        element('span', { class: 'row-name' }, typed(file.name)),
        element('span', { class: 'hint' }, typed(file.size)),
        file.problem !== undefined && element('span', { class: 'problem' }, typed(file.problem)),
      ),
      rowButton(label, file.name, `file ${file.id}`, () => press(file.id, place)),
    ),
  );
}

/** Code places as rows that open to their text. */
export function placeRows(places: readonly PlaceView[], label: string, press: (place: number) => void): HTMLElement[] {
  return places.map(({ path, lines, text }, place) =>
    element(
      'li',
      { class: 'row place' },
      element(
        'details',
        { class: 'row-main' },
        element(
          'summary',
          { 'data-key': `open ${String(place)} ${path}` },
          element('bdi', { class: 'row-name path', dir: 'ltr' }, path),
          element('span', { class: 'hint' }, lines),
        ),
        element('pre', { dir: 'ltr', tabindex: '0', 'aria-label': path }, text),
      ),
      rowButton(label, `${path}, ${lines}`, `place ${String(place)} ${path}`, () => press(place)),
    ),
  );
}

/** A list where it has rows, else nothing. */
export function listOf(rows: readonly HTMLElement[], name: string): Child {
  return rows.length > 0 && element('ul', { class: 'rows', 'aria-label': name }, ...rows);
}
