import type { Caret, Filled, NewCaseLabels, NewCaseView } from '../protocol/newCase.ts';
import { detailTexts, typedFields, type ProblemField, type TypedField } from '../protocol/newCaseFields.ts';
import { element, fill, region, setText, typed } from './dom.ts';
import { choiceInput, field, lineInput, setValue, textInput, type Field } from './fields.ts';
import { fileRows, listOf, placeRows, type Part } from './parts.ts';
import { severityField } from './severityField.ts';

/** What the form tells: what was filled in, and what was asked for. */
export interface FormEvents {
  typed(field: TypedField): void;
  chose(changes: Partial<Filled>): void;
  pickFiles(): void;
  removeFile(id: string): void;
  removePlace(place: number): void;
  openSettings(): void;
}

export interface Form {
  readonly node: HTMLElement;
  show(view: NewCaseView): void;
  set(filled: Filled): void;
  choose(chosen: Pick<Filled, 'category' | 'health'>): void;
  text(field: TypedField): string;
  caret(field: TypedField): Caret;
  focus(caret: Caret): void;
}

type TextControl = HTMLInputElement | HTMLTextAreaElement;

const section = (id: string, heading: string, ...children: readonly (Node | false)[]) =>
  element('section', { 'aria-labelledby': id }, element('h2', { id }, heading), ...children);

/** The offer, and whether this person may file there: the reason why not comes before anything is asked. */
function wherePart(labels: NewCaseLabels, events: FormEvents) {
  const profile = choiceInput(() => events.chose({ profile: profile.control.value as Filled['profile'] }));
  const plan = choiceInput(() => events.chose({ plan: plan.control.value as Filled['plan'] }));
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
  const node = section('where', labels['page.new.where'], offers, verdict, outside);
  return {
    node,
    fields: { profile: profileField, plan: planField },
    set: (filled: Filled) => {
      setValue(profile.control, filled.profile);
      setValue(plan.control, filled.plan);
    },
    show: (view: NewCaseView) => {
      profile.offer(view.profiles);
      plan.offer(view.plans);
      planField.node.hidden = view.plans.length === 0;
      showVerdict(view.verdict);
      showOutside(view.outside);
      outside.hidden = view.outside.length === 0;
    },
  };
}

/** The health-first gate: what the board lists on the service, and the answer to it. */
function healthPart(labels: NewCaseLabels, events: FormEvents) {
  const problem = element('p', { class: 'problem', id: 'health-problem' });
  const box = element('input', {
    type: 'checkbox',
    id: 'health',
    'aria-describedby': 'health-problem',
    onchange: () => events.chose({ health: box.checked }),
  });
  const list = element('div', {});
  const show = region(list, ({ title, incidents }: NonNullable<NewCaseView['health']>) => [
    element('p', { class: 'notice-title' }, title),
    element('ul', {}, ...incidents.map(incident => element('li', {}, typed(incident.title), ` · ${incident.status}`))),
  ]);
  const confirm = element('label', { class: 'check', for: 'health' }, box, labels['page.new.healthConfirm']);
  const node = element('div', { class: 'notice watch', role: 'group' }, list, confirm, problem);
  problem.hidden = true;
  return {
    node,
    box,
    show: (health: NewCaseView['health']) => {
      node.hidden = health === undefined;
      if (health) show(health);
    },
    problem: (text: string | undefined) => {
      problem.textContent = text ?? '';
      problem.hidden = text === undefined;
    },
  };
}

function attachedPart(labels: NewCaseLabels, events: FormEvents) {
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
    { type: 'button', id: 'files', onclick: () => events.pickFiles() },
    labels['page.addFiles'],
  );
  const node = section(
    'attached',
    labels['page.new.attached'],
    places,
    element('div', { class: 'field' }, element('h3', {}, labels['field.files']), files, add),
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

/** What the customer owes for the chosen severity, ticked as it is written; each leads to its field. */
function dutyList(labels: NewCaseLabels, lead: (field: TypedField) => void): Part<NewCaseView['duties']> {
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

/** The form of the New case page: made once, then only what changed is shown anew. */
export function newCaseForm(labels: NewCaseLabels, events: FormEvents): Form {
  const where = wherePart(labels, events);
  const category = choiceInput(() => events.chose({ category: category.control.value as Filled['category'] }));
  const categoryField = field(category.control, { id: 'category', label: labels['field.category'] });
  const text = (id: TypedField, control: TextControl, hint?: string): Field<TextControl> =>
    field(control, { id, label: labels[`field.${id}`], ...(hint !== undefined && { hint }) });
  const line = (id: TypedField, hint?: string) =>
    text(
      id,
      lineInput(() => events.typed(id)),
      hint,
    );
  const lines = (id: TypedField, rows: number, hint: string) =>
    text(
      id,
      textInput(() => events.typed(id), rows),
      hint,
    );
  const texts: Record<TypedField, Field<TextControl>> = {
    service: line('service'),
    title: line('title', labels['page.new.titleHint']),
    text: lines('text', 8, labels['page.new.textHint']),
    impact: lines('impact', 3, labels['page.new.impactHint']),
    resource: line('resource', labels['page.new.resourceHint']),
    contact: line('contact', labels['page.new.contactHint']),
    phone: line('phone', labels['page.new.phoneHint']),
    email: line('email'),
    licenceId: line('licenceId', labels['page.new.licenceIdHint']),
    agreementNumber: line('agreementNumber'),
  };
  const suggestions = element('div', { hidden: true });
  const showSuggestions = region(suggestions, (lists: NewCaseView['suggestions']) =>
    typedFields.map(name => {
      const values = lists[name] ?? [];
      const id = `${name}-list`;
      // With a list a field is told as one to choose from.
      if (values.length > 0) texts[name].control.setAttribute('list', id);
      else texts[name].control.removeAttribute('list');
      return values.length > 0 && element('datalist', { id }, ...values.map(value => element('option', { value })));
    }),
  );
  texts.email.control.setAttribute('inputmode', 'email');
  texts.phone.control.setAttribute('inputmode', 'tel');
  const method = choiceInput(() => events.chose({ contactMethod: method.control.value as Filled['contactMethod'] }));
  const methodField = field(method.control, { id: 'contactMethod', label: labels['field.contactMethod'] });
  const query = element('p', { class: 'hint' });

  const health = healthPart(labels, events);
  const severity = severityField({ legend: labels['field.severity'], none: labels['page.new.noSeverity'] }, () =>
    events.chose({ severity: severity.value() }),
  );
  const attached = attachedPart(labels, events);
  const reach = element('div', { class: 'pair' }, texts.phone.node, texts.email.node);
  const licence = element('div', { class: 'pair' }, texts.licenceId.node, texts.agreementNumber.node);
  const duties = dutyList(labels, name => texts[name].control.focus());
  const owed = section(
    'owed',
    labels['page.new.owed'],
    duties.node,
    texts.impact.node,
    texts.resource.node,
    texts.contact.node,
    reach,
    methodField.node,
  );
  const about = section(
    'about',
    labels['page.new.about'],
    element('div', { class: 'pair' }, categoryField.node, texts.service.node),
    suggestions,
    health.node,
  );
  const problemPart = section('problem', labels['page.new.problem'], texts.title.node, query, texts.text.node, licence);
  const bad = section('howBad', labels['page.new.howBad'], severity.node);
  const rest = element('div', { class: 'stack' }, about, problemPart, bad, owed, attached.node);
  const anyway = element(
    'button',
    { type: 'button', class: 'secondary', onclick: () => open() },
    labels['page.new.draftAnyway'],
  );
  const node = element('div', { class: 'main stack' }, where.node, anyway, rest);
  let wantsDraft = false;
  const blank = () => texts.title.control.value === '' && texts.text.control.value === '';
  const open = () => {
    wantsDraft = true;
    anyway.hidden = true;
    rest.hidden = false;
    texts.title.control.focus();
  };

  const owedFields = ['impact', 'resource', 'contact'] as const;
  const show = (view: NewCaseView) => {
    where.show(view);
    category.offer(view.categories);
    showSuggestions(view.suggestions);
    health.show(view.health);
    severity.update(view.severities, view.severityNote);
    bad.hidden = view.severities.length === 0;
    attached.show(view);
    for (const name of owedFields) {
      // What was typed for another severity stays in sight: hiding a text would look like losing it.
      texts[name].node.hidden = view.duties.every(duty => duty.field !== name) && texts[name].control.value === '';
    }
    duties.show(view.duties);
    for (const name of detailTexts) texts[name].node.hidden = !view.details.includes(name);
    reach.hidden = texts.phone.node.hidden && texts.email.node.hidden;
    licence.hidden = texts.licenceId.node.hidden && texts.agreementNumber.node.hidden;
    method.offer([{ id: '', label: '—' }, ...view.contactMethods]);
    methodField.node.hidden = !view.details.includes('contactMethod');
    query.hidden = view.query === undefined;
    setText(query, view.query ?? '');
    owed.hidden = reach.hidden && methodField.node.hidden && owedFields.every(name => texts[name].node.hidden);
    for (const name of typedFields) {
      const needed = view.required.includes(name);
      texts[name].optional(needed ? '' : labels['page.optional']);
      texts[name].control.setAttribute('aria-required', String(needed));
    }
    const problems = new Map(view.problems.map(({ field: name, text }) => [name, text]));
    for (const name of typedFields) texts[name].problem(problems.get(name));
    where.fields.profile.problem(problems.get('profile'));
    where.fields.plan.problem(problems.get('plan'));
    categoryField.problem(problems.get('category'));
    methodField.problem(problems.get('contactMethod'));
    health.problem(problems.get('health'));
    severity.problem(problems.get('severity'));
    const closed = !view.verdict.eligible && !wantsDraft && blank();
    anyway.hidden = !closed;
    rest.hidden = closed;
  };

  return {
    node,
    show,
    set: filled => {
      where.set(filled);
      setValue(category.control, filled.category);
      setValue(method.control, filled.contactMethod);
      for (const name of typedFields) setValue(texts[name].control, filled[name]);
      severity.set(filled.severity);
      health.box.checked = filled.health;
    },
    choose: chosen => {
      setValue(category.control, chosen.category);
      health.box.checked = chosen.health;
    },
    text: name => texts[name].control.value,
    caret: name => ({ field: name, at: texts[name].control.selectionStart ?? 0 }),
    focus: ({ field: name, at }) => {
      const { control } = texts[name];
      control.focus();
      control.setSelectionRange(at, at);
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
