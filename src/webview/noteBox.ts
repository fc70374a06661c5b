import type { CaseLabels, CaseView } from '../protocol/case.ts';
import type { SavedView } from '../protocol/parts.ts';
import { element, region, setText, typedBlock } from './dom.ts';
import { setValue, textInput } from './fields.ts';
import { fileRows, listOf } from './parts.ts';

/** Whether a note was taken, which event to paste where support sees it, and where it went if not on the timeline. */
interface Sent {
  readonly sent: boolean;
  readonly toPaste?: number | undefined;
  readonly said?: string | undefined;
}

/** What is typed, and whether it is for the team alone. */
interface UnsentNote {
  readonly text: string;
  readonly teamOnly: boolean;
}

export interface NoteEvents {
  /** The text or what it is meant for. */
  changed(text: string): void;
  send(as: 'note' | 'answer', teamOnly: boolean): Promise<Sent>;
  copyNote(seq: number): Promise<boolean>;
  pickFiles(): void;
  removeFile(id: string): void;
}

export interface NoteBox {
  readonly node: HTMLElement;
  set(note: UnsentNote): void;
  get(): UnsentNote;
  show(view: CaseView): void;
  saved(saved: SavedView): void;
  focus(): void;
}

/** The box for a note, or for the answer support waits for. It is never made again, so that typing goes on undisturbed. */
export function noteBox(labels: CaseLabels, events: NoteEvents): NoteBox {
  const heading = element('h2', { id: 'note-heading' });
  const hint = element('p', { class: 'hint', id: 'note-hint' });
  const question = element('div', {});
  const showQuestion = region(question, (text: string) => [
    text !== '' &&
      element(
        'blockquote',
        { class: 'question' },
        element('p', { class: 'hint' }, labels['page.case.question']),
        typedBlock(text),
      ),
  ]);
  // What stands beside the buttons once a note went; typing on takes it away.
  let noted = '';
  const box = textInput(() => {
    noted = '';
    events.changed(box.value);
  }, 4);
  box.id = 'note';
  box.setAttribute('aria-labelledby', 'note-heading');
  box.setAttribute('aria-describedby', 'note-hint note-problem');
  const problem = element('p', { class: 'problem', id: 'note-problem', role: 'alert' });
  problem.hidden = true;
  const files = element('div', {});
  const showFiles = region(files, (picked: CaseView['picked']) => [
    listOf(
      fileRows(picked, labels['page.remove'], id => events.removeFile(id)),
      labels['field.files'],
    ),
  ]);
  const saved = element('p', { class: 'saved', role: 'status' });
  const answer = element(
    'button',
    { type: 'button', class: 'primary', onclick: () => void send('answer') },
    labels['page.case.sendAnswer'],
  );
  const note = element('button', { type: 'button', onclick: () => void send('note') });
  const add = element(
    'button',
    { type: 'button', class: 'secondary', onclick: () => events.pickFiles() },
    labels['page.addFiles'],
  );
  const teamOnly = element('input', {
    ...{ type: 'checkbox', id: 'team-only' },
    onchange: () => {
      showApart();
      events.changed(box.value);
    },
  });
  const apart = element('label', { class: 'check', for: 'team-only' }, teamOnly, labels['page.case.teamOnly']);
  const copied = element('span', { class: 'hint' });
  let toPaste: number | undefined;
  const copy = async (): Promise<void> => {
    if (toPaste === undefined) return;
    setText(copied, '');
    if (await events.copyNote(toPaste)) setText(copied, labels['page.handOff.copied']);
  };
  const copyButton = element(
    'button',
    { type: 'button', onclick: () => void copy() },
    labels['page.case.copyForSupport'],
  );
  const paste = element(
    'div',
    { class: 'notice watch', role: 'status' },
    element('p', {}, labels['page.case.toPaste']),
    element('div', { class: 'buttons' }, copyButton, copied),
  );
  paste.hidden = true;
  const node = element(
    'section',
    { class: 'card note', 'aria-labelledby': 'note-heading' },
    heading,
    question,
    hint,
    box,
    problem,
    files,
    apart,
    element('div', { class: 'buttons' }, answer, note, add, saved),
    paste,
  );

  let mode: CaseView['write'] = 'none';
  let sending = false;
  // Whether no note of this person is for support.
  let always = false;
  let teamNotes: CaseView['teamNotes'] = 'no';
  // A mark that was kept is in sight for whoever cannot set it: what it means for the note is theirs to decide.
  const showApart = (): void => {
    apart.hidden = mode === 'none' || (teamNotes === 'no' && !teamOnly.checked);
    // An answer is for support.
    answer.disabled = teamOnly.checked;
  };
  const send = async (as: 'note' | 'answer'): Promise<void> => {
    if (sending) return;
    sending = true;
    box.readOnly = true;
    const taken = await events.send(as, as === 'note' && teamOnly.checked);
    sending = false;
    box.readOnly = false;
    if (taken.sent) {
      box.value = '';
      teamOnly.checked = always;
      showApart();
      saved.classList.remove('failed');
      noted = taken.said ?? labels['page.case.noted'];
      setText(saved, noted);
      ({ toPaste } = taken);
      setText(copied, '');
      paste.hidden = toPaste === undefined;
    }
    // Whoever went on meanwhile is not called back.
    const { activeElement } = document;
    if (activeElement === document.body || node.contains(activeElement)) box.focus();
  };
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    if (mode !== 'none') void send(teamOnly.checked ? 'note' : mode);
  });

  return {
    node,
    set: note => {
      setValue(box, note.text);
      teamOnly.checked = note.teamOnly || always;
      showApart();
    },
    get: () => ({ text: box.value, teamOnly: teamOnly.checked }),
    show: view => {
      mode = view.write;
      // A text that can no longer be sent stays in sight: it is the person's, and may be copied.
      node.hidden = mode === 'none' && box.value === '';
      const answers = mode === 'answer';
      setText(heading, labels[answers ? 'page.case.answer' : 'page.case.note']);
      setText(
        hint,
        `${labels[answers ? 'page.case.answerHint' : 'page.case.noteHint']} ${labels['page.case.noteMarkdown']}`,
      );
      setText(note, labels[answers ? 'page.case.noteOnly' : 'page.case.addNote']);
      note.className = answers ? 'secondary' : 'primary';
      answer.hidden = !answers;
      note.hidden = mode === 'none';
      add.hidden = mode === 'none';
      ({ teamNotes } = view);
      always = teamNotes === 'always';
      teamOnly.disabled = always;
      teamOnly.checked ||= always;
      showApart();
      showQuestion(view.question);
      showFiles(view.picked);
      setText(problem, view.problem ?? '');
      problem.hidden = view.problem === undefined;
    },
    focus: () => box.focus(),
    saved: ({ failed, text }) => {
      saved.classList.toggle('failed', failed);
      setText(saved, text === '' ? noted : text);
    },
  };
}
