import type { CaseLabels, CaseView } from '../protocol/case.ts';
import type { CopyPart, HandOffView } from '../protocol/handOff.ts';
import { element, fill, region, setText, typed, typedBlock, type Child } from './dom.ts';
import { field, lineInput } from './fields.ts';
import type { Part } from './parts.ts';

/** What the hand-off asks for. */
export interface HandOffEvents {
  copy(part: CopyPart): Promise<boolean>;
  openChannel(index: number): void;
  textLanguage(english: boolean): void;
  /** Answers why the number was not taken; undefined when it was. */
  recordNumber(number: string): Promise<string | undefined>;
}

type Texts = Pick<HandOffView, 'query' | 'items' | 'text' | 'language'>;

export interface HandOffPart extends Part<CaseView> {
  copyAll(): void;
}

/** How the case gets to support: the way, the text to paste, what to have ready, and the number that comes back. */
export function handOffPart(labels: CaseLabels, events: HandOffEvents): HandOffPart {
  const told = element('p', { class: 'saved', role: 'status' });
  const toldFolded = element('p', { class: 'hint told', role: 'status' });
  const copy = async (part: CopyPart): Promise<void> => {
    const line = folded.open ? told : toldFolded;
    setText(told, '');
    setText(toldFolded, '');
    if (await events.copy(part)) setText(line, labels['page.handOff.copied']);
  };
  const copyButton = (part: CopyPart, what: string): HTMLElement =>
    element(
      'button',
      {
        ...{ type: 'button', class: 'quiet', 'data-key': `copy ${part.part} ${String(part.index ?? '')}` },
        'aria-label': `${labels['page.handOff.copy']}: ${what}`,
        onclick: () => void copy(part),
      },
      labels['page.handOff.copy'],
    );
  const row = (name: string, value: Child, part: CopyPart | undefined): HTMLElement =>
    element(
      'li',
      { class: 'row' },
      element('span', { class: 'row-main' }, element('span', { class: 'hint' }, name), value),
      part && copyButton(part, name),
    );
  const channel = ({ name, number, steps, notices, open }: HandOffView['channels'][number], index: number) =>
    element(
      'li',
      { class: 'way' },
      element('h3', {}, name),
      number !== undefined &&
        element(
          'p',
          { class: 'phone' },
          element('bdi', { class: 'clock', dir: 'ltr' }, number),
          copyButton({ part: 'number', index }, name),
        ),
      steps.length > 0 && element('ol', { class: 'steps' }, ...steps.map(step => element('li', {}, step))),
      ...notices.map(notice => element('p', { class: 'notice-line' }, notice)),
      open !== undefined &&
        element(
          'button',
          { type: 'button', 'data-key': `open ${String(index)}`, onclick: () => events.openChannel(index) },
          open,
        ),
    );
  const ways = element('div', { class: 'stack' });
  const showWays = region(ways, ({ lead, hours, channels }: Pick<HandOffView, 'lead' | 'hours' | 'channels'>) => [
    element('p', {}, lead),
    hours !== '' && element('p', { class: 'hours' }, hours),
    element('ol', { class: 'ways' }, ...channels.map(channel)),
  ]);
  const texts = element('div', { class: 'field' });
  const showTexts = region(texts, ({ query, items, text, language: lang }: Texts) => [
    element(
      'ul',
      { class: 'rows', 'aria-label': labels['page.handOff.values'] },
      row(labels['handoff.type'], typed(query, { class: 'row-name', lang }), { part: 'query' }),
      row(
        labels['page.handOff.text'],
        element(
          'div',
          { class: 'paste', lang, tabindex: '0', 'aria-label': labels['page.handOff.text'], role: 'group' },
          typedBlock(text),
        ),
        { part: 'text' },
      ),
      ...items.map(({ label, value, missing }, index) =>
        row(
          label,
          typed(value, { class: missing ? 'row-name missing' : 'row-name' }),
          missing ? undefined : { part: 'item', index },
        ),
      ),
    ),
  ]);
  const language = element('div', {
    class: 'choice-line',
    role: 'group',
    'aria-label': labels['page.handOff.language'],
  });
  const showLanguages = region(language, (view: Pick<HandOffView, 'languages' | 'language'>) => [
    element('span', { class: 'hint' }, labels['page.handOff.language']),
    ...view.languages.map(({ id, label }) =>
      element(
        'button',
        {
          ...{ type: 'button', class: 'toggle', 'data-key': `language ${id}`, lang: id },
          'aria-pressed': String(id === view.language),
          onclick: () => events.textLanguage(id === 'en'),
        },
        label,
      ),
    ),
  ]);
  const all = element(
    'button',
    { type: 'button', onclick: () => void copy({ part: 'whole' }) },
    labels['page.handOff.copyAll'],
  );
  const number = field(
    lineInput(() => number.problem(undefined)),
    { id: 'vendor-number', label: labels['page.handOff.number'], hint: labels['page.handOff.numberHint'] },
  );
  number.control.setAttribute('dir', 'ltr');
  const save = async (): Promise<void> => {
    const problem = await events.recordNumber(number.control.value);
    number.problem(problem);
    if (problem === undefined) number.control.value = '';
    else number.control.focus();
  };
  const saveButton = element(
    'button',
    { type: 'button', class: 'primary', onclick: () => void save() },
    labels['page.handOff.saveNumber'],
  );
  number.control.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    void save();
  });
  const numberPart = element('div', { class: 'field' }, number.node, saveButton);

  const heading = element('h2', { id: 'handOff' }, labels['page.handOff.heading']);
  const summary = element('summary', {}, heading);
  const folded = element('details', {}, summary);
  const parts = [ways, language, texts, element('div', { class: 'buttons' }, all, told), numberPart];
  fill(folded, summary, element('div', { class: 'stack hand-off' }, ...parts));
  const node = element('section', { class: 'card', 'aria-labelledby': 'handOff' }, folded, toldFolded);
  let due: boolean | undefined;
  return {
    node,
    copyAll: () => void copy({ part: 'whole' }),
    show: ({ handOff }) => {
      node.hidden = handOff === undefined;
      if (!handOff) return;
      showWays({ lead: handOff.lead, hours: handOff.hours, channels: handOff.channels });
      showTexts({ query: handOff.query, items: handOff.items, text: handOff.text, language: handOff.language });
      showLanguages({ languages: handOff.languages, language: handOff.language });
      language.hidden = handOff.languages.length < 2;
      numberPart.hidden = !handOff.due;
      // It opens and folds by itself when the number comes, and else as the person left it.
      if (due !== handOff.due) {
        const inside = folded.contains(document.activeElement);
        folded.open = handOff.due;
        if (inside) summary.focus();
      }
      due = handOff.due;
    },
  };
}
