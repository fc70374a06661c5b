import type { Caret, Filled, HintId, NewCaseLabels, NewCaseView } from '../protocol/newCase.ts';
import { detailTexts, typedFields, type TypedField } from '../protocol/newCaseFields.ts';
import { element, region, setText } from './dom.ts';
import { choiceInput, field, lineInput, setValue, textInput, type Field } from './fields.ts';
import { attachedPart, dutyList, healthPart, hintLine, section, wherePart } from './newCaseParts.ts';
import { severityField } from './severityField.ts';

/** What the form tells: what was filled in, and what was asked for. */
export interface FormEvents {
  typed(field: TypedField): void;
  chose(changes: Partial<Filled>): void;
  pickFiles(from: 'disk' | 'editor'): void;
  removeFile(id: string): void;
  removePlace(place: number): void;
  openSettings(): void;
  /** Takes what the words suggest. */
  take(hint: HintId): void;
}

export interface Form {
  readonly node: HTMLElement;
  show(view: NewCaseView): void;
  set(filled: Filled): void;
  choose(chosen: Chosen): void;
  text(field: TypedField): string;
  caret(field: TypedField): Caret;
  focus(caret: Caret): void;
}

type Chosen = { readonly [Name in 'category' | 'health' | 'service' | 'severity']?: Filled[Name] | undefined };
type TextControl = HTMLInputElement | HTMLTextAreaElement;

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
  const phoneRead = element('p', { class: 'hint', id: 'phone-read', role: 'status' });
  texts.phone.node.append(phoneRead);
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
  const sounds = hintLine('sounds', labels['page.new.useHint'], id => events.take(id));
  const soundsBad = hintLine('soundsBad', labels['page.new.useHint'], id => events.take(id));
  const about = section(
    'about',
    labels['page.new.problem'],
    texts.title.node,
    query,
    texts.text.node,
    licence,
    sounds.node,
    element('div', { class: 'pair' }, categoryField.node, texts.service.node),
    suggestions,
    health.node,
  );
  const sure = element('input', {
    type: 'checkbox',
    id: 'severityA',
    'aria-describedby': 'severityA-problem',
    onchange: () => events.chose({ severityA: sure.checked }),
  });
  const sureProblem = element('p', { class: 'problem', id: 'severityA-problem' });
  const surePart = element(
    'div',
    { class: 'notice stop' },
    element('label', { class: 'check', for: 'severityA' }, sure, labels['page.new.sureA']),
    sureProblem,
  );
  const bad = section('howBad', labels['page.new.howBad'], soundsBad.node, severity.node, surePart);
  const rest = element('div', { class: 'stack' }, about, bad, owed, attached.node);
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
    surePart.hidden = !view.askSureA;
    sounds.show(view.hints.filter(({ id }) => id !== 'severity'));
    soundsBad.show(view.hints.filter(({ id }) => id === 'severity'));
    setText(phoneRead, view.phoneRead);
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
    where.fields.desk.problem(problems.get('desk'));
    where.fields.plan.problem(problems.get('plan'));
    categoryField.problem(problems.get('category'));
    methodField.problem(problems.get('contactMethod'));
    health.problem(problems.get('health'));
    severity.problem(problems.get('severity'));
    setText(sureProblem, problems.get('severityA') ?? '');
    sureProblem.hidden = !problems.has('severityA');
    sure.setAttribute('aria-invalid', String(problems.has('severityA')));
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
      sure.checked = filled.severityA;
    },
    choose: chosen => {
      if (chosen.category) setValue(category.control, chosen.category);
      if (chosen.service !== undefined) setValue(texts.service.control, chosen.service);
      if (chosen.severity !== undefined) severity.set(chosen.severity);
      if (chosen.health !== undefined) health.box.checked = chosen.health;
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
