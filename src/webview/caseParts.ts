import type { CaseLabels, CaseView, EventView } from '../protocol/case.ts';
import { element, region, typed, typedBlock, type Child } from './dom.ts';
import { fileRows, listOf, placeRows, severityBadge, type Part } from './parts.ts';

/** What the parts of the page ask for. */
export interface CaseEvents {
  run(command: CaseView['commands'][number]['id']): void;
  saveFile(id: string): void;
  openPlace(place: number): void;
}

/** Number, title, status and severity: what one must know first. */
export function headPart(): Part<CaseView> {
  const node = element('header', { class: 'page-head' });
  const show = region(
    node,
    ({ number, title, status, severity }: Pick<CaseView, 'number' | 'title' | 'status' | 'severity'>) => [
      element('p', { class: 'lead' }, element('bdi', {}, number)),
      element('h1', { dir: 'auto' }, title),
      element(
        'div',
        { class: 'standing' },
        element('span', { class: `pill status-${status.id}` }, status.word),
        element(
          'span',
          { class: 'severity' },
          severityBadge(severity.id),
          element('span', {}, severity.name),
          severity.note !== '' && element('span', { class: 'hint' }, severity.note),
        ),
      ),
      status.note !== '' && element('p', { class: 'status-note', role: 'status' }, status.note),
    ],
  );
  return {
    node,
    show: ({ number, title, status, severity }) => show({ number, title, status, severity }),
  };
}

/** What was filed: the description, the impact, code places and files. */
export function filedPart(labels: CaseLabels, events: CaseEvents): Part<CaseView> {
  const node = element('div', { class: 'stack filed' });
  const show = region(
    node,
    ({ text, impact, places, files }: Pick<CaseView, 'text' | 'impact' | 'places' | 'files'>) => [
      part('filed-text', labels['field.text'], typedBlock(text)),
      impact !== '' && part('filed-impact', labels['field.impact'], typedBlock(impact)),
      places.length > 0 &&
        part(
          'filed-places',
          labels['page.places'],
          listOf(
            placeRows(places, labels['page.case.openPlace'], place => events.openPlace(place)),
            labels['page.places'],
          ),
        ),
      files.length > 0 &&
        part(
          'filed-files',
          labels['field.files'],
          listOf(
            fileRows(files, labels['page.case.saveFile'], id => events.saveFile(id)),
            labels['field.files'],
          ),
        ),
    ],
  );
  return { node, show: ({ text, impact, places, files }) => show({ text, impact, places, files }) };
}

const part = (id: string, heading: string, ...children: readonly Child[]) =>
  element('section', { 'aria-labelledby': id }, element('h2', { id }, heading), ...children);

/** Facts as pairs of a word and a value. */
export function factsPart(labels: CaseLabels): Part<CaseView> {
  const list = element('dl', { class: 'facts' });
  const show = region(list, (facts: CaseView['facts']) =>
    facts.map(({ label, value }) =>
      element('div', {}, element('dt', { class: 'hint' }, label), element('dd', {}, typed(value))),
    ),
  );
  const node = part('facts', labels['page.case.facts'], list);
  node.classList.add('card');
  return { node, show: ({ facts }) => show(facts) };
}

/** Everything that can be done now; what cannot is not there. */
export function actionsPart(labels: CaseLabels, events: CaseEvents): Part<CaseView> {
  const list = element('div', { class: 'actions' });
  const show = region(list, (commands: CaseView['commands']) =>
    commands.map(({ id, label }) =>
      element('button', { type: 'button', class: 'secondary', 'data-key': id, onclick: () => events.run(id) }, label),
    ),
  );
  const node = part('actions', labels['page.case.actions'], list);
  return { node, show: ({ commands }) => show(commands) };
}

const shownAtOnce = 100;

/** What happened, the newest first: what one comes back for is at the top. */
export function timelinePart(labels: CaseLabels, events: CaseEvents): Part<CaseView> {
  const list = element('ol', { class: 'timeline' });
  const more = element(
    'button',
    { type: 'button', class: 'secondary', onclick: () => showAll() },
    labels['page.case.earlier'],
  );
  let all: readonly EventView[] = [];
  let limit = shownAtOnce;
  const entries = new Map<number, { readonly text: string; readonly node: HTMLElement }>();
  const entry = (event: EventView): HTMLElement => {
    const text = JSON.stringify(event);
    const known = entries.get(event.seq);
    if (known?.text === text) return known.node;
    const node = eventNode(event);
    entries.set(event.seq, { text, node });
    return node;
  };
  const eventNode = ({ mark, title, detail, by, time, text, files }: EventView): HTMLElement =>
    element(
      'li',
      { class: `event mark-${mark}` },
      element(
        'p',
        { class: 'event-head' },
        element('span', { class: 'event-title' }, title),
        detail !== '' && element('bdi', { class: 'event-detail' }, detail),
      ),
      element('p', { class: 'hint' }, typed(by), ' · ', element('bdi', {}, time)),
      text !== '' && typedBlock(text),
      listOf(
        fileRows(files, labels['page.case.saveFile'], id => events.saveFile(id)),
        labels['field.files'],
      ),
    );
  const render = () => {
    const wanted = all.slice(0, limit).map(entry);
    // Entries that stay are not touched: the focus, a selection and the scroll position stay with them.
    for (const [place, node] of wanted.entries()) {
      if (list.children[place] !== node) list.insertBefore(node, list.children[place] ?? null);
    }
    while (list.children.length > wanted.length) list.lastElementChild?.remove();
    more.hidden = all.length <= limit;
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
  const node = part('timeline', labels['page.case.timeline'], list, more);
  return {
    node,
    show: ({ timeline }) => {
      all = timeline;
      render();
    },
  };
}
