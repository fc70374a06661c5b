import './page.css';
import './parts.css';
import './case.css';
import type {
  Entry,
  IncidentAction,
  IncidentLabels,
  IncidentStart,
  IncidentView,
  ShownIncident,
} from '../protocol/incident.ts';
import { spans } from '../protocol/incidentWords.ts';
import { actionsPart, factsPart } from './caseParts.ts';
import { connect, given, insist } from './connect.ts';
import { element, fill, region, setText, typed, typedBlock } from './dom.ts';

const { channel, remember } = connect(wire => ({ mine: wire.incidentPage, theirs: wire.incidentHost }), {
  asks: {},
  tells: { shown: shown => show?.(shown) },
});
let show: ((shown: ShownIncident) => void) | undefined;

const shownAtOnce = 100;

function entriesPart(labels: IncidentLabels) {
  const heading = element('h2', { id: 'entries' });
  const choices = element('div', { class: 'choice-line', role: 'group' });
  const list = element('ol', { class: 'timeline' });
  const none = element('p', { class: 'hint' });
  const more = element('button', { type: 'button', class: 'secondary' }, labels['page.case.earlier']);
  let limit = shownAtOnce;
  const node = element('section', { 'aria-labelledby': 'entries' }, heading, choices, list, none, more);
  const showChoices = region(choices, (days: IncidentView['days']) =>
    (days?.choices ?? []).map((label, place) => {
      const span = spans[place] ?? 7;
      return element(
        'button',
        {
          ...{ type: 'button', class: 'toggle', 'data-key': label, 'aria-pressed': String(days?.shown === span) },
          onclick: () => channel.tell('span', { days: span }),
        },
        label,
      );
    }),
  );
  const entryNode = ({ mark, title, detail, by, time, text }: Entry, opens: boolean, place: number) =>
    element(
      'li',
      { class: `event mark-${mark}` },
      title !== '' &&
        element(
          'p',
          { class: 'event-head' },
          element('span', { class: 'event-title' }, typed(title)),
          detail !== '' && element('bdi', { class: 'event-detail' }, detail),
        ),
      time !== '' &&
        element('p', { class: 'hint' }, by !== '' && typed(by), by !== '' && ' · ', element('bdi', {}, time)),
      text !== '' && typedBlock(text),
      opens &&
        element(
          'p',
          {},
          element(
            'button',
            {
              ...{ type: 'button', class: 'link', 'data-key': `open ${title} ${time}` },
              ...{ 'aria-label': `${labels['page.incident.open']}: ${title}` },
              onclick: () => channel.tell('open', { index: place }),
            },
            labels['page.incident.open'],
          ),
        ),
    );
  const showList = region(list, ({ entries, opens }: { entries: readonly Entry[]; opens: boolean }) =>
    entries.map((entry, place) => entryNode(entry, opens, place)),
  );
  const render = (view: IncidentView) => {
    setText(heading, view.heading);
    setText(none, view.entries.length === 0 ? view.none : '');
    choices.hidden = view.days === undefined;
    if (view.days) choices.setAttribute('aria-label', view.days.name);
    showChoices(view.days);
    showList({ entries: view.entries.slice(0, limit), opens: view.days !== undefined });
    more.hidden = view.entries.length <= limit;
    more.onclick = () => {
      const next = limit;
      limit = Infinity;
      render(view);
      const first = list.children[next];
      if (!(first instanceof HTMLElement)) return;
      first.tabIndex = -1;
      first.focus();
    };
  };
  return { node, show: render };
}

function build(labels: IncidentLabels) {
  const head = element('header', { class: 'page-head' });
  const showHead = region(
    head,
    ({ lead, title, kind, notes }: Pick<IncidentView, 'lead' | 'title' | 'kind' | 'notes'>) => [
      element('p', { class: 'lead' }, typed(lead)),
      element('h1', { dir: 'auto' }, title),
      kind &&
        element(
          'div',
          { class: 'standing' },
          element('span', { class: `pill kind-${kind.mark}` }, typed(kind.word)),
          element('span', {}, typed(kind.status)),
          element('span', { class: 'hint', role: 'status' }, kind.standing),
        ),
      ...notes.map(note => element('p', { class: 'hint' }, typed(note))),
    ],
  );
  const told = element('p', { class: 'hint told', role: 'status' });
  const run = async (action: IncidentAction): Promise<void> => {
    setText(told, '');
    const answer = await channel.ask('run', { action });
    if (answer.ok && answer.value.copied) setText(told, labels['page.handOff.copied']);
  };
  const facts = factsPart(labels);
  const actions = actionsPart(labels, { run: (action: IncidentAction) => void run(action) });
  const entries = entriesPart(labels);
  const side = element('div', { class: 'side' }, actions.node, told, facts.node);
  const columns = element('div', { class: 'columns' }, element('div', { class: 'main stack' }, entries.node), side);
  const body = element('main', { class: 'page' }, head, columns);
  const failure = element('main', { class: 'page' });
  return (shown: ShownIncident) => {
    const node = shown.ok ? body : failure;
    if (shown.ok) {
      const { lead, title, kind, notes } = shown.view;
      showHead({ lead, title, kind, notes });
      facts.show(shown.view);
      facts.node.hidden = shown.view.facts.length === 0;
      actions.show({ commands: shown.view.actions });
      actions.node.hidden = shown.view.actions.length === 0;
      entries.show(shown.view);
    } else {
      fill(
        failure,
        element(
          'div',
          { class: 'notice stop', role: 'alert' },
          element('h1', {}, shown.text),
          element(
            'button',
            { type: 'button', onclick: () => channel.tell('tryAgain', {}) },
            labels['page.case.tryAgain'],
          ),
        ),
      );
    }
    if (!node.isConnected) document.body.replaceChildren(node);
  };
}

async function open(): Promise<void> {
  const { id, labels, shown } =
    ((await given()) as IncidentStart | undefined) ?? (await insist(() => channel.ask('start', {})));
  remember(id);
  show = build(labels);
  show(shown);
}

void open();
