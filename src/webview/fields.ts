import type { Choice } from '../protocol/parts.ts';
import { element, region, setText, type Child } from './dom.ts';

/** A labelled control with its hint and its problem, tied together for everyone who cannot see them side by side. */
export interface Field<Control extends HTMLElement> {
  readonly node: HTMLElement;
  readonly control: Control;
  /** Says beside the label that the field may stay empty. */
  optional(text: string): void;
  problem(text: string | undefined): void;
}

interface FieldText {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
}

/** Wraps a control in a field. */
export function field<Control extends HTMLElement>(control: Control, { id, label, hint }: FieldText): Field<Control> {
  const mark = element('span', { class: 'hint' });
  const problem = element('p', { class: 'problem', id: `${id}-problem` });
  const described = hint === undefined ? `${id}-problem` : `${id}-hint ${id}-problem`;
  control.id = id;
  control.setAttribute('aria-describedby', described);
  problem.hidden = true;
  const node = element(
    'div',
    { class: 'field' },
    element('div', { class: 'label-line' }, element('label', { for: id }, label), mark),
    hint !== undefined && element('p', { class: 'hint', id: `${id}-hint` }, hint),
    control,
    problem,
  );
  return {
    node,
    control,
    optional: text => setText(mark, text),
    problem: text => {
      setText(problem, text ?? '');
      problem.hidden = text === undefined;
      if (text === undefined) control.removeAttribute('aria-invalid');
      else control.setAttribute('aria-invalid', 'true');
    },
  };
}

/** One line of text. */
export const lineInput = (onInput: () => void): HTMLInputElement =>
  element('input', { type: 'text', dir: 'auto', autocomplete: 'off', spellcheck: 'true', oninput: onInput });

/** A box with more than this neither grows with its text nor looks for its direction, either of which takes seconds then. */
const longText = 20_000;
const rightToLeft = /\p{Script=Hebrew}|\p{Script=Arabic}/u;

/** Makes a box ready for a text, before it is there. The first letter of a long one decides on the direction of all. */
function fit(box: HTMLTextAreaElement, text: string): void {
  const long = text.length > longText;
  box.classList.toggle('long', long);
  if (!long) box.dir = 'auto';
  else if (box.dir === 'auto') box.dir = rightToLeft.test(/\p{L}/u.exec(text)?.[0] ?? '') ? 'rtl' : 'ltr';
}

/** Several lines of text; it grows with them, up to a length. */
export function textInput(onInput: () => void, rows: number): HTMLTextAreaElement {
  const box = element('textarea', { dir: 'auto', rows: String(rows), spellcheck: 'true', oninput: onInput });
  box.addEventListener('beforeinput', ({ data }) => fit(box, box.value + (data ?? '')));
  return box;
}

/** One of a few. The choices are made again only when they change, so that an open list stays open. */
export function choiceInput(onChange: () => void): {
  control: HTMLSelectElement;
  offer: (choices: readonly Choice[]) => void;
} {
  const control = element('select', { onchange: onChange });
  const render = region(control, (choices: readonly Choice[]): readonly Child[] =>
    choices.map(({ id, label }) => element('option', { value: id }, label)),
  );
  return {
    control,
    offer: choices => {
      const { value } = control;
      render(choices);
      if (value !== '') control.value = value;
    },
  };
}

/** Sets the value of a control without moving a caret that is where it should be. */
export function setValue(control: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement, value: string): void {
  if (control instanceof HTMLTextAreaElement) fit(control, value);
  if (control.value !== value) control.value = value;
}
