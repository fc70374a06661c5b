import type { CaseLabels, CaseView } from '../protocol/case.ts';
import { element, region, typed, typedBlock, type Child } from './dom.ts';
import { markdown } from './markdown.ts';
import { fileRows, listOf, placeRows, rowButton, severityBadge, type Part } from './parts.ts';

/** What the parts of the page ask for. */
export interface CaseEvents {
  run(command: CaseView['commands'][number]['id']): void;
  saveFile(id: string): void;
  openPlace(place: number): void;
  openIncident(place: number): void;
}

type Head = Pick<CaseView, 'number' | 'title' | 'status' | 'severity' | 'remembered'>;

/** Number, title, status and severity: what one must know first. */
export function headPart(): Part<CaseView> {
  const node = element('header', { class: 'page-head' });
  const show = region(node, ({ number, title, status, severity, remembered }: Head) => [
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
    remembered !== undefined && element('p', { class: 'notice watch', role: 'status' }, remembered),
  ]);
  return {
    node,
    show: ({ number, title, status, severity, remembered }) => show({ number, title, status, severity, remembered }),
  };
}

/** What was filed: the description, the impact, code places and files. */
export function filedPart(labels: CaseLabels, events: CaseEvents): Part<CaseView> {
  const node = element('div', { class: 'stack filed' });
  const show = region(
    node,
    ({ text, impact, places, files, seen }: Pick<CaseView, 'text' | 'impact' | 'places' | 'files' | 'seen'>) => [
      part('filed-text', labels['field.text'], markdown(text, labels['page.case.showText'])),
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
      seen.length > 0 &&
        part(
          'filed-seen',
          labels['page.case.seen'],
          listOf(
            seen.map(({ title, note }, place) =>
              element(
                'li',
                { class: 'row' },
                element(
                  'span',
                  { class: 'row-main' },
                  element('span', { class: 'row-name' }, typed(title)),
                  element('span', { class: 'hint' }, note),
                ),
                rowButton(labels['page.incident.open'], title, `seen ${String(place)}`, () =>
                  events.openIncident(place),
                ),
              ),
            ),
            labels['page.case.seen'],
          ),
        ),
    ],
  );
  return { node, show: ({ text, impact, places, files, seen }) => show({ text, impact, places, files, seen }) };
}

/** A part of the page under a heading. */
export const part = (id: string, heading: string, ...children: readonly Child[]): HTMLElement =>
  element('section', { 'aria-labelledby': id }, element('h2', { id }, heading), ...children);

/** Facts as pairs of a word and a value. */
export function factsPart(labels: Pick<CaseLabels, 'page.case.facts'>): Part<Pick<CaseView, 'facts'>> {
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

/** What the customer owes for the severity, and whether it was said. */
export function dutiesPart(labels: CaseLabels): Part<CaseView> {
  const list = element('ul', { class: 'duties' });
  const show = region(list, (duties: CaseView['duties']) =>
    duties.map(({ text, met }) =>
      element(
        'li',
        { class: met ? 'met' : 'open' },
        element('span', {}, text),
        element('span', { class: 'hint' }, labels[met ? 'page.new.dutyMet' : 'page.new.dutyOpen']),
      ),
    ),
  );
  const node = part('duties', labels['page.case.duties'], list);
  node.classList.add('card');
  return {
    node,
    show: ({ duties }) => {
      node.hidden = duties.length === 0;
      show(duties);
    },
  };
}

/** Everything that can be done now; what cannot is not there. */
export function actionsPart<Id extends string>(
  labels: Pick<CaseLabels, 'page.case.actions'>,
  events: { run(id: Id): void },
): Part<{ readonly commands: readonly { readonly id: Id; readonly label: string }[] }> {
  const list = element('div', { class: 'actions' });
  const show = region(list, (commands: readonly { readonly id: Id; readonly label: string }[]) =>
    commands.map(({ id, label }) =>
      element('button', { type: 'button', class: 'secondary', 'data-key': id, onclick: () => events.run(id) }, label),
    ),
  );
  const node = part('actions', labels['page.case.actions'], list);
  return { node, show: ({ commands }) => show(commands) };
}
