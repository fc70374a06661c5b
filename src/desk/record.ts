import type { Instant } from '../rules/decision.ts';
import type { CaseAction, CaseSummary, Person, TimelineEvent } from './case.ts';
import type { DeskStatus } from './words.ts';

/** When, by whom and into which status a change is made; `seq` is the number of its first event. */
export interface Change {
  readonly at: Instant;
  readonly by: Person;
  readonly status: DeskStatus;
  readonly seq: number;
}
/** What an action makes of a case: the summary after it and the events that tell of it. */
export interface Recorded {
  readonly summary: CaseSummary;
  readonly events: readonly TimelineEvent[];
}

/** Records an action the lifecycle, the rules and the revision allow. */
export function record(before: CaseSummary, action: CaseAction, change: Change): Recorded {
  const base = { ...before, status: change.status, revision: before.revision + 1, updatedAt: change.at };
  // Reopening forgets why the case was closed; every other step keeps it.
  if (action.kind === 'reopen') delete base.closeReason;
  const now = (more: Partial<CaseSummary>, ...events: TimelineEvent[]): Recorded => ({
    summary: { ...base, ...more },
    events,
  });
  switch (action.kind) {
    case 'annotate':
    case 'answer': {
      const { text, files } = action;
      const notes = before.notes + (text === '' ? 0 : 1);
      const counts = { notes, files: before.files + files.length };
      if (action.kind === 'answer') return now(counts, { ...change, kind: 'answered', text, files });
      const apart = action.teamOnly === true ? { teamOnly: true } : {};
      return now(counts, { ...change, kind: 'annotated', text, files, ...apart });
    }
    case 'requestInformation': {
      const asked = { ...change, kind: 'informationRequested', text: action.text } as const;
      if (before.firstResponseAt !== undefined) return now({}, asked);
      // Who asks for information has responded: the first response is recorded with it, as an event of its own.
      const responded = {
        ...change,
        seq: change.seq + 1,
        kind: 'firstResponseRecorded',
        respondedAt: change.at,
      } as const;
      return now({ firstResponseAt: change.at }, asked, { ...responded, text: '' });
    }
    case 'recordFirstResponse': {
      const { respondedAt, text } = action;
      return now({ firstResponseAt: respondedAt }, { ...change, kind: 'firstResponseRecorded', respondedAt, text });
    }
    case 'recordVendorNumber': {
      const { vendorNumber } = action;
      const from = before.vendorNumber === undefined ? {} : { from: before.vendorNumber };
      return now({ vendorNumber }, { ...change, kind: 'vendorNumberRecorded', vendorNumber, ...from });
    }
    case 'changeSeverity': {
      const { severity: to, side, text } = action;
      const was = side === 'set' ? before.severitySet : before.severityProposed;
      const from = was === undefined ? {} : { from: was };
      const changed = side === 'set' ? { severitySet: to } : { severityProposed: to };
      return now(changed, { ...change, kind: 'severityChanged', to, side, text, ...from });
    }
    case 'resolve':
      return now({}, { ...change, kind: 'resolved', text: action.text });
    case 'close':
      return now(
        { closeReason: action.reason },
        { ...change, kind: 'closed', reason: action.reason, text: action.text },
      );
    case 'reopen':
      return now({}, { ...change, kind: 'reopened', text: action.text });
  }
}
