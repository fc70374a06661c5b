import './page.css';
import './parts.css';
import './keys.css';
import type { Answer } from '../protocol/channel.ts';
import type { Fill, NewCaseLabels, NewCaseStart, NewCaseView } from '../protocol/newCase.ts';
import type { TypedField } from '../protocol/newCaseFields.ts';
import type { SavedView } from '../protocol/parts.ts';
import { takeFiles } from './attach.ts';
import { connect, given, insist, typingSender, whenFocused } from './connect.ts';
import { element, region, setText } from './dom.ts';
import { shortcuts } from './keys.ts';
import { newCaseForm } from './newCaseForm.ts';
import { problemSummary } from './newCaseParts.ts';
import { targetCard } from './parts.ts';

const { channel, remember } = connect(wire => ({ mine: wire.newCasePage, theirs: wire.newCaseHost }), {
  asks: {},
  tells: {
    view: view => page?.show(view),
    saved: saved => page?.saved(saved),
    choose: chosen => page?.form.choose(chosen),
    replace: ({ id, filled }) => {
      remember(id);
      page?.form.set(filled);
    },
  },
});
const onMac = navigator.userAgent.includes('Mac');
let page: ReturnType<typeof build> | undefined;

function build(labels: NewCaseLabels, singleKeys: boolean) {
  const waiting = new Set<TypedField>();
  const send = typingSender(() => {
    const changes: Fill['changes'] = Object.fromEntries([...waiting].map(field => [field, form.text(field)]));
    const last = [...waiting].at(-1);
    waiting.clear();
    channel.tell('fill', last === undefined ? { changes } : { changes, caret: form.caret(last) });
  });
  const form = newCaseForm(labels, {
    typed: field => {
      waiting.delete(field);
      waiting.add(field);
      send(form.text(field).length);
    },
    chose: changes => channel.tell('fill', { changes }),
    pickFiles: from => channel.tell('pickFiles', { from }),
    take: hint => channel.tell('takeHint', { hint }),
    removeFile: id => channel.tell('removeFile', { id }),
    removePlace: index => channel.tell('removePlace', { index }),
    openSettings: () => channel.tell('openSettings', {}),
  });
  takeFiles({
    content: (name, bytes) => channel.tell('addContent', bytes ? { name, bytes } : { name }),
    addresses: uris => channel.tell('addAddresses', { uris: [...uris] }),
  });
  const target = targetCard(labels['page.new.next'], labels['page.target.others']);
  const why = element(
    'button',
    { type: 'button', class: 'link', onclick: () => channel.tell('why', {}) },
    labels['page.run.why'],
  );
  const summary = problemSummary(labels['page.problems'], id => (id === 'page' ? '' : labels[`field.${id}`]));
  const savedLine = element('p', { class: 'saved', role: 'status' });
  const press = (name: 'discard' | 'showOther' | 'keepMine') => () => channel.tell(name, {});
  const fileButton = element(
    'button',
    { type: 'button', class: 'primary', 'aria-describedby': 'file-hint', onclick: () => void file() },
    labels['page.new.file'],
  );
  const discard = element(
    'button',
    { type: 'button', class: 'secondary', onclick: press('discard') },
    labels['page.new.discard'],
  );
  const conflictText = element('p', { class: 'notice-title' });
  const showOther = element('button', { type: 'button', onclick: press('showOther') }, labels['page.new.showOther']);
  const conflict = element(
    'div',
    { class: 'notice watch', role: 'alert' },
    conflictText,
    element(
      'div',
      { class: 'buttons' },
      showOther,
      element(
        'button',
        { type: 'button', class: 'secondary', onclick: press('keepMine') },
        labels['page.new.keepMine'],
      ),
    ),
  );
  conflict.hidden = true;

  const keys = shortcuts(
    [{ key: 'Enter', shown: onMac ? '⌘Enter' : 'Ctrl+Enter', text: labels['page.new.file'] }],
    labels,
    singleKeys,
  );
  const ways = element('div', { class: 'ways-next' });
  const showWays = region(ways, ([first = '', ...lines]: readonly string[]) => [
    element('p', {}, first),
    element('ul', {}, ...lines.map(line => element('li', {}, line))),
  ]);
  const next = element(
    'section',
    { class: 'card', 'aria-labelledby': 'ways-heading' },
    element('h2', { id: 'ways-heading' }, labels['page.new.then']),
    ways,
  );

  const columns = element(
    'div',
    { class: 'columns' },
    form.node,
    element('aside', { class: 'side', 'aria-label': labels['page.new.next'] }, target.node, next, why),
  );
  const body = element(
    'main',
    { class: 'page' },
    element(
      'header',
      { class: 'page-head' },
      element('h1', {}, labels['page.new.heading']),
      element('p', { class: 'lead' }, labels['page.new.intro']),
    ),
    conflict,
    summary.node,
    columns,
  );
  const bar = element(
    'footer',
    { class: 'bar' },
    element(
      'div',
      { class: 'bar-inner' },
      savedLine,
      element(
        'span',
        { class: 'hint key', id: 'file-hint' },
        labels[onMac ? 'page.new.fileHintMac' : 'page.new.fileHint'],
      ),
      ...keys,
      discard,
      fileButton,
    ),
  );

  let filing = false;
  const cancel = element(
    'button',
    { type: 'button', class: 'secondary', onclick: () => channel.tell('cancel', {}) },
    labels['page.new.cancel'],
  );
  cancel.hidden = true;
  discard.before(cancel);
  const busy = (now: boolean) => {
    filing = now;
    cancel.hidden = !now;
    discard.hidden = now;
    // The heading stays within reach: a page without one has no name.
    for (const part of [conflict, summary.node, columns]) part.inert = now;
    fileButton.setAttribute('aria-disabled', String(now));
    setText(fileButton, now ? labels['page.new.filing'] : labels['page.new.file']);
  };
  const file = async (): Promise<void> => {
    if (filing) return;
    const before = document.activeElement;
    busy(true);
    // What is inert has no focus; the button says meanwhile what goes on.
    fileButton.focus();
    const answer: Answer<{ filed: boolean }> = await channel.ask('file', {});
    busy(false);
    if (answer.ok && answer.value.filed) return;
    if (!summary.node.hidden) summary.node.focus();
    else if (before instanceof HTMLElement) before.focus();
  };
  document.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void file();
  });

  return {
    nodes: [body, bar],
    form,
    show: (view: NewCaseView) => {
      form.show(view);
      target.update(view.target);
      next.hidden = view.next.length === 0;
      showWays(view.next);
      summary.show(view.problems);
      conflict.hidden = view.conflict === undefined;
      setText(conflictText, view.conflict?.text ?? '');
      showOther.hidden = view.conflict?.kind === 'gone';
    },
    saved: ({ failed, text }: SavedView) => {
      savedLine.classList.toggle('failed', failed);
      setText(savedLine, text);
    },
  };
}

async function open(): Promise<void> {
  const started = ((await given()) as NewCaseStart | undefined) ?? (await insist(() => channel.ask('start', {})));
  const { id, labels, filled, view, saved, caret, singleKeys } = started;
  remember(id);
  const opened = build(labels, singleKeys);
  page = opened;
  document.body.replaceChildren(...opened.nodes);
  opened.form.set(filled);
  opened.show(view);
  opened.form.set(filled);
  opened.saved(saved);
  if (caret) whenFocused(() => opened.form.focus(caret));
}

void open();
