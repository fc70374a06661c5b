import './page.css';
import './parts.css';
import './keys.css';
import './case.css';
import type { CaseLabels, CaseStart, CaseView, Shown } from '../protocol/case.ts';
import { actionsPart, dutiesPart, factsPart, filedPart, headPart } from './caseParts.ts';
import { takeFiles } from './attach.ts';
import { connect, given, insist, typingSender, whenFocused } from './connect.ts';
import { element, fill } from './dom.ts';
import { handOffPart } from './handOff.ts';
import { shortcuts } from './keys.ts';
import { noteBox } from './noteBox.ts';
import { targetCard } from './parts.ts';
import { timelinePart } from './timeline.ts';

const { channel, remember } = connect(wire => ({ mine: wire.casePage, theirs: wire.caseHost }), {
  asks: {},
  tells: {
    shown: shown => page?.show(shown),
    target: target => page?.target(target),
    saved: saved => page?.note.saved(saved),
    note: note => page?.note.set(note),
    focusNote: () => page?.note.focus(),
  },
});
let page: ReturnType<typeof build> | undefined;

const onMac = navigator.userAgent.includes('Mac');

function build(labels: CaseLabels, singleKeys: boolean) {
  const events = {
    run: (command: CaseView['commands'][number]['id']) => channel.tell('run', { command }),
    saveFile: (id: string) => channel.tell('saveFile', { id }),
    openPlace: (index: number) => channel.tell('openPlace', { index }),
    openIncident: (index: number) => channel.tell('openIncident', { index }),
  };
  let revision = 0;
  const copyNote = async (seq: number): Promise<boolean> => {
    const answer = await channel.ask('copyNote', { seq });
    return answer.ok && answer.value.copied;
  };
  const handOff = handOffPart(labels, {
    copy: async part => {
      const answer = await channel.ask('copy', part);
      return answer.ok && answer.value.copied;
    },
    openChannel: index => channel.tell('openChannel', { index }),
    textLanguage: english => channel.tell('textLanguage', { english }),
    recordNumber: async number => {
      const answer = await channel.ask('recordNumber', { revision, number });
      return answer.ok ? answer.value.problem : labels['page.case.tryAgain'];
    },
  });
  const write = typingSender(() => channel.tell('write', note.get()));
  const note = noteBox(labels, {
    changed: text => write(text.length),
    pickFiles: () => channel.tell('pickFiles', {}),
    removeFile: id => channel.tell('removeFile', { id }),
    send: async (as, teamOnly) => {
      const answer = await channel.ask('send', { as, teamOnly, revision, text: note.get().text });
      return answer.ok ? answer.value : { sent: false };
    },
    copyNote,
  });
  takeFiles({
    content: (name, bytes) => channel.tell('addContent', bytes ? { name, bytes } : { name }),
    addresses: uris => channel.tell('addAddresses', { uris: [...uris] }),
  });
  const target = targetCard(labels['page.new.next'], labels['page.target.others']);
  const head = headPart();
  const filed = filedPart(labels, events);
  const facts = factsPart(labels);
  const duties = dutiesPart(labels);
  const actions = actionsPart(labels, events);
  const timeline = timelinePart(labels, { ...events, copyNote });
  const parts = [head, handOff, filed, duties, facts, actions, timeline];
  const main = element('div', { class: 'main stack' }, handOff.node, note.node, timeline.node, filed.node);
  const keys = shortcuts(
    [
      { key: 'n', text: labels['page.keys.note'], run: () => note.focus() },
      { key: 'Enter', shown: onMac ? '⌘Enter' : 'Ctrl+Enter', text: labels['page.keys.send'] },
      { key: 'f', text: labels['page.keys.filter'], run: () => timeline.focus() },
      { key: 'c', text: labels['page.keys.copy'], run: () => handOff.copyAll() },
    ],
    labels,
    singleKeys,
  );
  const side = element('div', { class: 'side' }, actions.node, duties.node, facts.node, ...keys);
  const columns = element('div', { class: 'columns case' }, target.node, main, side);
  const body = element('main', { class: 'page' }, head.node, columns);
  const failure = element('main', { class: 'page' });

  return {
    note,
    target: target.update,
    show: (shown: Shown) => {
      const node = shown.ok ? body : failure;
      if (shown.ok) {
        ({ revision } = shown.view);
        for (const part of parts) part.show(shown.view);
        note.show(shown.view);
        target.update(shown.view.target);
      } else {
        const again = element(
          'button',
          { type: 'button', onclick: () => channel.tell('tryAgain', {}) },
          labels['page.case.tryAgain'],
        );
        fill(failure, element('div', { class: 'notice stop', role: 'alert' }, element('h1', {}, shown.text), again));
      }
      if (!node.isConnected) document.body.replaceChildren(node);
    },
  };
}

async function open(): Promise<void> {
  const started = ((await given()) as CaseStart | undefined) ?? (await insist(() => channel.ask('start', {})));
  const { id, labels, shown, note, focusNote, singleKeys } = started;
  remember(id);
  const opened = build(labels, singleKeys);
  page = opened;
  opened.note.set(note);
  opened.show(shown);
  if (focusNote) whenFocused(() => opened.note.focus());
}

void open();
