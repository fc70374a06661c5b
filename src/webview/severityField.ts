import type { SeverityView } from '../protocol/newCase.ts';
import { element, region, type Child } from './dom.ts';
import { severityBadge } from './parts.ts';

/** The proposed severity: one of the levels with what they mean, closed ones with the reason, or none. */
export interface SeverityField {
  readonly node: HTMLFieldSetElement;
  value(): SeverityView['id'] | null;
  set(value: SeverityView['id'] | null): void;
  update(levels: readonly SeverityView[], note: string): void;
  problem(text: string | undefined): void;
}

interface Texts {
  readonly legend: string;
  readonly none: string;
}

export function severityField({ legend, none }: Texts, onChange: () => void): SeverityField {
  const note = element('p', { class: 'hint', id: 'severity-note' });
  const problem = element('p', { class: 'problem', id: 'severity-problem' });
  problem.hidden = true;
  const cards = element('div', { class: 'levels' });
  const node = element(
    'fieldset',
    { id: 'severity', tabindex: '-1', 'aria-describedby': 'severity-note severity-problem' },
    element('legend', {}, legend),
    note,
    cards,
    problem,
  );
  let chosen: SeverityView['id'] | null = null;
  const inputs = () => [...cards.querySelectorAll('input')];
  const check = () => {
    for (const input of inputs()) input.checked = input.value === (chosen ?? '');
  };

  const radio = (value: SeverityView['id'] | null, closed = false, described?: string) =>
    element('input', {
      type: 'radio',
      name: 'severity',
      value: value ?? '',
      disabled: closed,
      'data-key': `severity ${value ?? ''}`,
      'aria-labelledby': `severity-${value ?? 'none'}-name`,
      'aria-describedby': described,
      onchange: () => {
        chosen = value;
        onChange();
      },
    });
  const card = ({ id, name, word, meaning, examples, response, closed }: SeverityView): HTMLElement =>
    element(
      'label',
      { class: closed === undefined ? 'level' : 'level closed' },
      radio(id, closed !== undefined, `severity-${id}-meaning`),
      severityBadge(id),
      element(
        'span',
        { class: 'level-text' },
        element('span', { class: 'level-name', id: `severity-${id}-name` }, word === '' ? name : `${name} · ${word}`),
        element(
          'span',
          { id: `severity-${id}-meaning` },
          closed !== undefined && element('span', { class: 'reason' }, closed),
          element('span', { class: 'level-meaning' }, meaning),
          examples !== '' && element('span', { class: 'hint level-meaning' }, examples),
          element('span', { class: 'hint level-response' }, response),
        ),
      ),
    );
  const noneCard = (): HTMLElement =>
    element(
      'label',
      { class: 'level' },
      radio(null),
      severityBadge(undefined),
      element(
        'span',
        { class: 'level-text' },
        element('span', { class: 'level-name', id: 'severity-none-name' }, none),
      ),
    );
  const render = region(cards, (levels: readonly SeverityView[]): readonly Child[] => [
    ...levels.map(card),
    noneCard(),
  ]);

  return {
    node,
    value: () => chosen,
    set: value => {
      chosen = value;
      check();
    },
    update: (levels, text) => {
      note.textContent = text;
      render(levels);
      check();
    },
    problem: text => {
      problem.textContent = text ?? '';
      problem.hidden = text === undefined;
    },
  };
}
