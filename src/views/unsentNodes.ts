import type { Draft, KeptNote } from '../desk/drafts.ts';
import type { DeskError } from '../desk/errors.ts';
import type { UnsentItem } from '../desk/outbox.ts';
import type { DraftNode, GroupNode, NoteNode, UnsentNode } from './node.ts';
import { presentDraft, type Telling } from './presentCase.ts';
import { presentNote, presentUnsent } from './presentUnsent.ts';

const isFor = ({ state }: UnsentItem, code: DeskError['code']): boolean =>
  state.kind === 'needsYou' && state.reason.code === code;

/** What waits for a remote desk as a node. */
export function unsentNode(item: UnsentItem, parent: GroupNode, telling: Telling): UnsentNode {
  return {
    kind: 'unsent',
    id: `${parent.id}/unsent:${item.id}`,
    parent,
    unsentId: item.id,
    state: item.state.kind,
    conflict: isFor(item, 'conflict'),
    otherWriter: isFor(item, 'otherWriter'),
    ...(item.what.kind === 'act' ? { caseId: item.what.caseId } : {}),
    item: presentUnsent(item, telling),
  };
}

/** A note that was typed and not sent as a node. */
export function noteNode(note: KeptNote, parent: GroupNode, telling: Telling): NoteNode {
  const id = `${parent.id}/note:${note.caseId}`;
  return { kind: 'note', id, parent, noteOf: note.caseId, item: presentNote(note, telling) };
}

/** A draft as a node. */
export function draftNode(draft: Draft, parent: GroupNode, telling: Telling): DraftNode {
  const { id: draftId, revision } = draft;
  const id = `${parent.id}/draft:${draftId}`;
  return { kind: 'draft', id, parent, draftId, revision, item: presentDraft(draft, telling) };
}
