import './page.css';
import './parts.css';
import './case.css';
import type { CaseLabels, CaseStart, CaseView, Shown } from '../protocol/case.ts';
import { actionsPart, factsPart, filedPart, headPart, timelinePart } from './caseParts.ts';
import { connect, given, insist, typingSender } from './connect.ts';
import { element, fill } from './dom.ts';
import { noteBox } from './noteBox.ts';
import { targetCard } from './parts.ts';

const load = async () => {
  const { casePage, caseHost } = await import('../protocol/case.ts');
  return { mine: casePage, theirs: caseHost };
};
const { channel, remember } = connect(load, {
  asks: {},
  tells: {
    shown: shown => page?.show(shown),
    target: target => page?.target(target),
    saved: saved => page?.note.saved(saved),
  },
});
let page: ReturnType<typeof build> | undefined;

function build(labels: CaseLabels) {
  const events = {
    run: (command: CaseView['commands'][number]['id']) => channel.tell('run', { command }),
    saveFile: (id: string) => channel.tell('saveFile', { id }),
    openPlace: (index: number) => channel.tell('openPlace', { index }),
  };
  let revision = 0;
  const write = typingSender(() => channel.tell('write', { text: note.text() }));
  const note = noteBox(labels, {
    typed: text => write(text.length),
    pickFiles: () => channel.tell('pickFiles', {}),
    removeFile: id => channel.tell('removeFile', { id }),
    send: async as => {
      const answer = await channel.ask('send', { as, revision, text: note.text() });
      return answer.ok && answer.value.sent;
    },
  });
  const target = targetCard(labels['page.new.next'], labels['page.target.others']);
  const head = headPart();
  const parts = [
    head,
    filedPart(labels, events),
    factsPart(labels),
    actionsPart(labels, events),
    timelinePart(labels, events),
  ] as const;
  const [, filed, facts, actions, timeline] = parts;
  const main = element('div', { class: 'main stack' }, note.node, timeline.node, filed.node);
  const side = element('div', { class: 'side' }, actions.node, facts.node);
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
  const started = (given() as CaseStart | undefined) ?? (await insist(() => channel.ask('start', {})));
  const { id, labels, shown, note } = started;
  remember(id);
  const opened = build(labels);
  page = opened;
  opened.note.set(note);
  opened.show(shown);
}

void open();
