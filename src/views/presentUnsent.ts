import type { KeptNote } from '../desk/drafts.ts';
import type { Unsent, UnsentItem, UnsentState } from '../desk/outbox.ts';
import { sayDeskError } from '../host/deskErrors.ts';
import { arranged, isolatedPart } from '../strings/bidi.ts';
import type { Key, Strings } from '../strings/strings.ts';
import type { ItemText } from './node.ts';
import type { Telling } from './presentCase.ts';
import { joined, shownLine, shownPart } from './words.ts';

const actionWords = {
  annotate: 'command.addNote.title',
  answer: 'command.answer.title',
  requestInformation: 'command.requestInformation.title',
  recordFirstResponse: 'command.firstResponse.title',
  recordVendorNumber: 'command.vendorNumber.title',
  changeSeverity: 'command.severity.title',
  resolve: 'command.resolved.title',
  close: 'command.close.title',
  reopen: 'command.reopen.title',
} as const satisfies Record<Extract<Unsent, { kind: 'act' }>['action']['kind'], Key>;

const icons = {
  queued: { id: 'cloud-upload' },
  claimed: { id: 'sync' },
  signedOut: { id: 'account' },
  needsYou: { id: 'bell-dot', color: 'list.warningForeground' },
  expired: { id: 'bell-dot', color: 'list.warningForeground' },
} as const satisfies Record<UnsentState['kind'], ItemText['icon']>;

/** Why the desk did not take it, in words. */
function whyOf(state: UnsentState, strings: Strings): string | undefined {
  if (state.kind !== 'needsYou') return undefined;
  return sayDeskError(state.reason, strings, (key, values) => strings.lookup(key, values) ?? key);
}

/** Something unsent as a row of the tree: its case, what was to be done, and where it stands. */
export function presentUnsent({ what, state, createdAt }: UnsentItem, { strings, times, now }: Telling): ItemText {
  const title = (what.kind === 'file' ? what.content.title : what.title) ?? '';
  const label = shownLine(title) || strings.t('export.untitled');
  const done = strings.lookup(what.kind === 'file' ? 'page.new.heading' : actionWords[what.action.kind]) ?? '';
  const waits = state.kind === 'queued' && state.nextTryAt !== undefined && state.nextTryAt > now;
  const next = waits
    ? strings.t('view.unsent.nextTry', { time: times.moment(state.nextTryAt ?? now, now) })
    : undefined;
  const where = strings.t(`view.unsent.${state.kind}`);
  const why = whyOf(state, strings);
  const kept = strings.t('view.unsent.kept', { distance: times.distance(createdAt, now) });
  return {
    label: shownPart(title, strings) || isolatedPart(label, strings),
    description: arranged(' · ', [done, where], strings),
    tooltip: arranged('\n', [label, arranged(' · ', [done, where], strings), why, next, kept], strings),
    icon: icons[state.kind],
    accessibility: joined(', ', [label, done, where, why, kept]),
  };
}

/** A note that was typed and not sent as a row of the tree: its case, and whom it is meant for. */
export function presentNote({ title, teamOnly, updatedAt }: KeptNote, { strings, times, now }: Telling): ItemText {
  const label = shownLine(title) || strings.t('export.untitled');
  const kind = strings.t('view.note.unsent');
  const mark = teamOnly ? strings.t('page.case.teamOnlyMark') : undefined;
  const saved = strings.t('view.draft.changed', { distance: times.distance(updatedAt, now) });
  const description = arranged(' · ', [kind, mark], strings);
  return {
    label: shownPart(title, strings) || isolatedPart(label, strings),
    description,
    tooltip: arranged('\n', [label, description, saved], strings),
    icon: { id: 'comment-draft' },
    accessibility: joined(', ', [label, kind, mark, saved]),
  };
}
