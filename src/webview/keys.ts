import type { CaseLabels } from '../protocol/case.ts';
import { element } from './dom.ts';

type KeyLabel = 'page.keys.heading' | 'page.keys.show' | 'page.keys.help' | 'page.keys.close';

/** A shortcut: the key that is pressed outside of fields, its words and what it does. */
export interface Shortcut {
  readonly key: string;
  readonly shown?: string;
  readonly text: string;
  /** Absent where the control itself listens. */
  readonly run?: () => void;
}

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=checkbox], [type=radio]), textarea, select');

/**
 * Shortcuts of one key, for who wants them, and the list of all under `?`. They hold nowhere where a person types; with
 * `single` off only the button opens the list (WCAG 2.1.4).
 */
export function shortcuts(
  all: readonly Shortcut[],
  labels: Pick<CaseLabels, KeyLabel>,
  single: boolean,
): readonly HTMLElement[] {
  const known = [...all, { key: '?', text: labels['page.keys.help'], run: () => dialog.showModal() }];
  const close = element('button', { type: 'button', onclick: () => dialog.close() }, labels['page.keys.close']);
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'keys-heading' },
    element('h2', { id: 'keys-heading' }, labels['page.keys.heading']),
    element(
      'dl',
      { class: 'keys' },
      ...known
        .filter(({ run }) => single || run === undefined)
        .map(({ key, shown, text }) =>
          element('div', {}, element('dt', {}, element('kbd', { dir: 'ltr' }, shown ?? key)), element('dd', {}, text)),
        ),
    ),
    close,
  );
  const open = element(
    'button',
    {
      type: 'button',
      class: 'quiet help',
      'aria-label': labels['page.keys.show'],
      title: labels['page.keys.show'],
      onclick: () => dialog.showModal(),
    },
    '?',
  );
  if (single) {
    document.addEventListener('keydown', event => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (writing(event.target) || dialog.open) return;
      const found = known.find(({ key }) => key === event.key);
      if (!found?.run) return;
      event.preventDefault();
      found.run();
    });
  }
  return [open, dialog];
}
