import { timelineFilters, type TimelineFilter } from '../protocol/caseWords.ts';
import type { CaseLabels, CaseView, EventView } from '../protocol/case.ts';
import { part, type CaseEvents } from './caseParts.ts';
import { element, setText, typed } from './dom.ts';
import { markdown } from './markdown.ts';
import { fileRows, listOf, type Part } from './parts.ts';

const shownAtOnce = 100;

const fits: Readonly<Record<TimelineFilter, (event: EventView) => boolean>> = {
  all: () => true,
  notes: ({ mark }) => mark === 'note' || mark === 'ask' || mark === 'answer',
  files: ({ files }) => files.length > 0,
  status: ({ mark }) => mark === 'start' || mark === 'record' || mark === 'end',
  severity: ({ mark }) => mark === 'severity',
};

/** What happened, the newest first: what one comes back for is at the top. */
export function timelinePart(
  labels: CaseLabels,
  events: Pick<CaseEvents, 'saveFile'> & { copyNote(seq: number): Promise<boolean> },
): Part<CaseView> & { focus(): void } {
  const list = element('ol', { class: 'timeline' });
  const more = element(
    'button',
    { type: 'button', class: 'secondary', onclick: () => showAll() },
    labels['page.case.earlier'],
  );
  let all: readonly EventView[] = [];
  let limit = shownAtOnce;
  let filter: TimelineFilter = 'all';
  const entries = new Map<number, { readonly text: string; readonly node: HTMLElement }>();
  const entry = (event: EventView): HTMLElement => {
    const text = JSON.stringify(event);
    const known = entries.get(event.seq);
    if (known?.text === text) return known.node;
    const node = eventNode(event);
    entries.set(event.seq, { text, node });
    return node;
  };
  const copy = async (seq: number, told: HTMLElement): Promise<void> => {
    setText(told, '');
    if (await events.copyNote(seq)) setText(told, labels['page.handOff.copied']);
  };
  const forSupport = (seq: number, title: string): HTMLElement => {
    const told = element('span', { class: 'hint', role: 'status' });
    const label = labels['page.case.copyForSupport'];
    const button = element(
      'button',
      { type: 'button', class: 'link', 'aria-label': `${label}: ${title}`, onclick: () => void copy(seq, told) },
      label,
    );
    return element('p', { class: 'event-copy' }, button, told);
  };
  const eventNode = ({ seq, mark, title, detail, by, time, text, files, teamOnly, toPaste }: EventView): HTMLElement =>
    element(
      'li',
      { class: `event mark-${mark}` },
      element(
        'p',
        { class: 'event-head' },
        element('span', { class: 'event-title' }, title),
        detail !== '' && element('bdi', { class: 'event-detail' }, detail),
        teamOnly && element('span', { class: 'tag' }, labels['page.case.teamOnlyMark']),
      ),
      element('p', { class: 'hint' }, typed(by), ' · ', element('bdi', {}, time)),
      text !== '' && markdown(text, labels['page.case.showText']),
      listOf(
        fileRows(files, labels['page.case.saveFile'], id => events.saveFile(id)),
        labels['field.files'],
      ),
      toPaste && forSupport(seq, `${title}, ${time}`),
    );
  const render = () => {
    const chosen = all.filter(event => fits[filter](event));
    const wanted = chosen.slice(0, limit).map(entry);
    // Entries that stay are not touched: the focus, a selection and the scroll position stay with them.
    for (const [place, node] of wanted.entries()) {
      if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
    }
    while (list.children.length > wanted.length) list.lastElementChild?.remove();
    more.hidden = chosen.length <= limit;
    empty.hidden = chosen.length > 0;
  };
  const showAll = () => {
    const next = limit;
    limit = Infinity;
    render();
    const first = list.children[next];
    if (first instanceof HTMLElement) {
      first.tabIndex = -1;
      first.focus();
    }
  };
  const empty = element('p', { class: 'hint', role: 'status' }, labels['page.case.filter.none']);
  const buttons = new Map(
    timelineFilters.map(id => [
      id,
      element(
        'button',
        { type: 'button', class: 'toggle', 'aria-pressed': String(id === filter), onclick: () => choose(id) },
        labels[`page.case.filter.${id}`],
      ),
    ]),
  );
  const choose = (id: TimelineFilter) => {
    filter = id;
    limit = shownAtOnce;
    for (const [name, button] of buttons) button.setAttribute('aria-pressed', String(name === id));
    render();
  };
  const filters = element(
    'div',
    { class: 'choice-line', role: 'group', 'aria-label': labels['page.case.filter'] },
    ...buttons.values(),
  );
  const node = part('timeline', labels['page.case.timeline'], filters, list, empty, more);
  return {
    node,
    focus: () => buttons.get(filter)?.focus(),
    show: ({ timeline }) => {
      all = timeline;
      render();
    },
  };
}
