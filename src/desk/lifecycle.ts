import type { CaseSummary } from './case.ts';
import { actionKinds, type ActionKind, type CaseStatus, type DeskStatus } from './words.ts';
import type { Result } from './errors.ts';
import { fail, ok } from './errors.ts';

/** What a person is to a desk. On the local desk one person is all three: they also record what support said elsewhere. */
export const deskRoles = ['requester', 'reviewer', 'agent'] as const;
export type DeskRole = (typeof deskRoles)[number];

interface Step {
  readonly by: readonly DeskRole[];
  /** The status after the step, by the status before it; a status that is absent does not know the step. */
  readonly moves: Partial<Record<DeskStatus, DeskStatus>>;
  /** Recorded once in the life of a case. */
  readonly once?: 'firstResponseAt';
}

const stays = {
  open: 'open',
  actionRequired: 'actionRequired',
  waitingForSupport: 'waitingForSupport',
  reopened: 'reopened',
} as const;

/**
 * The lifecycle: who may do what where, and where it leads. Filing brings a draft to `open`. Action required means the
 * desk waits for the customer (E-07); notes and files update a case and never close it (E-09); closing gives one of two
 * reasons (E-10). Severity is the filer's proposal until an agent sets it (C-16). Reopening is not in any of the
 * documents.
 */
const steps: Readonly<Record<ActionKind, Step>> = {
  annotate: { by: ['requester', 'reviewer', 'agent'], moves: { ...stays, resolved: 'resolved' } },
  answer: { by: ['requester'], moves: { actionRequired: 'waitingForSupport' } },
  requestInformation: {
    by: ['agent'],
    moves: { open: 'actionRequired', waitingForSupport: 'actionRequired', reopened: 'actionRequired' },
  },
  recordFirstResponse: {
    by: ['agent'],
    moves: {
      open: 'waitingForSupport',
      waitingForSupport: 'waitingForSupport',
      actionRequired: 'actionRequired',
      reopened: 'waitingForSupport',
    },
    once: 'firstResponseAt',
  },
  recordVendorNumber: {
    by: ['requester', 'agent'],
    moves: { ...stays, open: 'waitingForSupport', reopened: 'waitingForSupport' },
  },
  changeSeverity: { by: ['requester', 'agent'], moves: stays },
  resolve: {
    by: ['agent'],
    moves: { open: 'resolved', actionRequired: 'resolved', waitingForSupport: 'resolved', reopened: 'resolved' },
  },
  close: {
    by: ['requester', 'agent'],
    moves: {
      open: 'closed',
      actionRequired: 'closed',
      waitingForSupport: 'closed',
      resolved: 'closed',
      reopened: 'closed',
    },
  },
  reopen: { by: ['requester', 'agent'], moves: { resolved: 'reopened', closed: 'reopened' } },
};

type Standing = Pick<CaseSummary, 'status' | 'firstResponseAt'>;

/** The status after `action`, or a typed refusal: impossible in this status, already recorded, or not this person's to do. */
export function transition(of: Standing, action: ActionKind, roles: readonly DeskRole[]): Result<DeskStatus> {
  const { by, moves, once } = steps[action];
  const to = moves[of.status];
  if (to === undefined) return fail({ code: 'impossible', action, status: of.status });
  if (once && of[once] !== undefined) return fail({ code: 'alreadyRecorded', action });
  if (!by.some(role => roles.includes(role))) return fail({ code: 'notYours', action });
  return ok(to);
}

/** Everything the person may do to the case now, in the order of {@link actionKinds}. */
export function allowedActions(of: Standing, roles: readonly DeskRole[]): ActionKind[] {
  return actionKinds.filter(action => transition(of, action, roles).ok);
}

/** Whether `action` is possible for some case in `status`, whoever asks: what decides if a command shows at all. */
export function appliesIn(status: DeskStatus, action: ActionKind): boolean {
  return steps[action].moves[status] !== undefined;
}

/** The groups of the Cases view, by status. */
export const statusGroups = {
  needsYou: ['actionRequired', 'resolved'],
  waiting: ['open', 'waitingForSupport', 'reopened'],
  unsent: ['draft'],
  closed: ['closed'],
} as const satisfies Record<string, readonly CaseStatus[]>;
export type StatusGroup = keyof typeof statusGroups;
