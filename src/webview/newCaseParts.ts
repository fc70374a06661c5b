import type { Filled, HintId, NewCaseLabels, NewCaseView } from '../protocol/newCase.ts';
import type { ProblemField, TypedField } from '../protocol/newCaseFields.ts';
import { element, fill, region, setText, typed } from './dom.ts';
import { choiceInput, field, setValue, type Field } from './fields.ts';
import type { FormEvents } from './newCaseForm.ts';
import { fileRows, listOf, placeRows, type Part } from './parts.ts';

/** A section of the form under a heading. */
export const section = (id: string, heading: string, ...children: readonly (Node | false)[]): HTMLElement =>
  element('section', { 'aria-labelledby': id }, element('h2', { id }, heading), ...children);

/** The offer, and whether this person may file there: the reason why not comes before anything is asked. */
export function wherePart(
  labels: NewCaseLabels,
  events: FormEvents,
): Part<NewCaseView> & {
  readonly fields: Readonly<Record<'profile' | 'plan' | 'desk', Field<HTMLSelectElement>>>;
  set(filled: Filled): void;
} {
  const profile = choiceInput(() => events.chose({ profile: profile.control.value as Filled['profile'] }));
  const plan = choiceInput(() => events.chose({ plan: plan.control.value as Filled['plan'] }));
  const desk = choiceInput(() => events.chose({ desk: desk.control.value }));
  const deskField = field(desk.control, { id: 'desk', label: labels['field.desk'] });
  const profileField = field(profile.control, { id: 'profile', label: labels['field.profile'] });
  const planField = field(plan.control, { id: 'plan', label: labels['field.plan'] });
  const verdict = element('div', { role: 'status' });
  const showVerdict = region(verdict, ({ eligible, title, lines }: NewCaseView['verdict']) => [
    element(
      'div',
      { class: eligible ? 'verdict' : 'notice stop' },
      element('p', { class: 'notice-title' }, title),
      ...lines.slice(0, 1).map(line => element('p', {}, line)),
      lines.length > 1 && element('ul', {}, ...lines.slice(1).map(line => element('li', {}, line))),
      !eligible &&
        element(
          'button',
          { type: 'button', class: 'link', 'data-key': 'settings', onclick: () => events.openSettings() },
          labels['page.new.openSettings'],
        ),
    ),
  ]);
  const outside = element('details', { class: 'outside' });
  const showOutside = region(outside, (lines: readonly string[]) => [
    element('summary', { 'data-key': 'outside' }, labels['page.new.outside']),
    element('ul', {}, ...lines.map(line => element('li', {}, line))),
  ]);
  const offers = element('div', { class: 'pair' }, profileField.node, planField.node);
  const node = section('where', labels['page.new.where'], deskField.node, offers, verdict, outside);
  return {
    node,
    fields: { profile: profileField, plan: planField, desk: deskField },
    set: (filled: Filled) => {
      setValue(profile.control, filled.profile);
      setValue(plan.control, filled.plan);
      setValue(desk.control, filled.desk);
    },
    show: (view: NewCaseView) => {
      profile.offer(view.profiles);
      plan.offer(view.plans);
      desk.offer(view.desks);
      deskField.node.hidden = view.desks.length === 0;
      planField.node.hidden = view.plans.length === 0;
      showVerdict(view.verdict);
      showOutside(view.outside);
      outside.hidden = view.outside.length === 0;
    },
  };
}

/** The health-first gate: what the board lists on the service, and the answer to it. */
export function healthPart(
  labels: NewCaseLabels,
  events: FormEvents,
): Part<NewCaseView['health']> & { readonly box: HTMLInputElement; problem(text: string | undefined): void } {
  const problem = element('p', { class: 'problem', id: 'health-problem' });
  const box = element('input', {
    type: 'checkbox',
    id: 'health',
    'aria-describedby': 'health-problem',
    onchange: () => events.chose({ health: box.checked }),
  });
  const list = element('div', {});
  const show = region(list, ({ title, incidents }: NonNullable<NewCaseView['health']>) => [
    element('p', { class: 'notice-title', id: 'health-title' }, title),
    element(
      'ul',
      {},
      ...incidents.map(({ title: name, status, because }) =>
        element('li', {}, typed(name), ` · ${status} · `, typed(because)),
      ),
    ),
  ]);
  const confirm = element('label', { class: 'check', for: 'health' }, box, labels['page.new.healthConfirm']);
  const node = element(
    'div',
    { class: 'notice watch', role: 'group', 'aria-labelledby': 'health-title' },
    list,
    confirm,
    problem,
  );
  problem.hidden = true;
  return {
    node,
    box,
    show: (health: NewCaseView['health']) => {
      node.hidden = health === undefined;
      if (health) show(health);
    },
    problem: (text: string | undefined) => {
      setText(problem, text ?? '');
      problem.hidden = text === undefined;
      box.setAttribute('aria-invalid', String(text !== undefined));
    },
  };
}

export function attachedPart(labels: NewCaseLabels, events: FormEvents): Part<NewCaseView> {
  const places = element('div', { class: 'field' });
  const files = element('div', {});
  const showPlaces = region(places, (view: NewCaseView['places']) => [
    element('h3', {}, labels['page.places']),
    listOf(
      placeRows(view, labels['page.remove'], place => events.removePlace(place)),
      labels['page.places'],
    ),
  ]);
  const showFiles = region(files, (view: NewCaseView['files']) => [
    view.length === 0
      ? element('p', { class: 'hint' }, labels['page.noFiles'])
      : listOf(
          fileRows(view, labels['page.remove'], id => events.removeFile(id)),
          labels['field.files'],
        ),
  ]);
  const add = element(
    'button',
    { type: 'button', id: 'files', onclick: () => events.pickFiles('disk') },
    labels['page.addFiles'],
  );
  const fromEditor = element(
    'button',
    { type: 'button', class: 'secondary', onclick: () => events.pickFiles('editor') },
    labels['page.addOpenFiles'],
  );
  const node = section(
    'attached',
    labels['page.new.attached'],
    places,
    element(
      'div',
      { class: 'field' },
      element('h3', {}, labels['field.files']),
      files,
      element('div', { class: 'buttons' }, add, fromEditor),
      element('p', { class: 'hint' }, labels['page.dropHint']),
    ),
  );
  return {
    node,
    show: (view: NewCaseView) => {
      places.hidden = view.places.length === 0;
      showPlaces(view.places);
      showFiles(view.files);
    },
  };
}

/** What the words suggest, each with a button that takes it. */
export function hintLine(id: string, use: string, take: (hint: HintId) => void): Part<NewCaseView['hints']> {
  const node = element('div', { id, class: 'hints', role: 'status' });
  const show = region(node, (hints: NewCaseView['hints']) =>
    hints.map(hint =>
      element(
        'p',
        {},
        typed(hint.text),
        ' ',
        element(
          'button',
          {
            ...{ type: 'button', class: 'link', 'data-key': hint.id, 'aria-label': `${use}: ${hint.name}` },
            onclick: () => take(hint.id),
          },
          use,
        ),
      ),
    ),
  );
  return { node, show };
}

/** What the customer owes for the chosen severity, ticked as it is written; each leads to its field. */
export function dutyList(labels: NewCaseLabels, lead: (field: TypedField) => void): Part<NewCaseView['duties']> {
  const node = element('ul', { class: 'duties', 'aria-labelledby': 'owed' });
  const show = region(node, (duties: NewCaseView['duties']) =>
    duties.map(({ field: name, text, met }) =>
      element(
        'li',
        { class: met ? 'met' : 'open' },
        element('button', { type: 'button', class: 'link', 'data-key': name, onclick: () => lead(name) }, text),
        element('span', { class: 'hint' }, labels[met ? 'page.new.dutyMet' : 'page.new.dutyOpen']),
      ),
    ),
  );
  return {
    node,
    show: duties => {
      node.hidden = duties.length === 0;
      show(duties);
    },
  };
}

/** The problems that keep a case from being filed, each leading to its field. */
export function problemSummary(heading: string, names: (field: ProblemField) => string): Part<NewCaseView['problems']> {
  const list = element('ul', {});
  const node = element(
    'section',
    { class: 'notice stop summary', tabindex: '-1', 'aria-labelledby': 'problems-heading' },
    element('h2', { id: 'problems-heading' }, heading),
    list,
  );
  node.hidden = true;
  const lead = (id: string) => document.getElementById(id)?.focus();
  const entry = ({ field: id, text }: NewCaseView['problems'][number]) => {
    const name = names(id);
    const words = name === '' ? text : `${name}: ${text}`;
    if (document.getElementById(id) === null) return element('li', {}, words);
    return element('li', {}, element('button', { type: 'button', class: 'link', onclick: () => lead(id) }, words));
  };
  return {
    node,
    show: (problems: NewCaseView['problems']) => {
      node.hidden = problems.length === 0;
      fill(list, ...problems.map(entry));
    },
  };
}
