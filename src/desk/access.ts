import type { CaseAction, CaseDetail, CaseSummary, TimelineEvent } from './case.ts';
import type { DeskChange } from './desk.ts';
import type { DeskError } from './errors.ts';
import { deskRoles, type DeskRole } from './lifecycle.ts';

/*
 * Who may see and do what on a desk, in one place. Administrators of any kind (C-34) file and lead cases (C-35, C-36),
 * reviewers read them and write to the team, agents are support. Everybody else has self-service (C-06, G-06): the
 * board of incidents. The lifecycle says which step belongs to whom.
 */

const has = (roles: readonly DeskRole[], ...some: readonly DeskRole[]): boolean =>
  some.some(role => roles.includes(role));

/** What is asked of a desk besides steps of a case. */
export type Wish = 'readCases' | 'file' | 'keepFile' | 'writeToBoard';

const wishes: Readonly<Record<Wish, readonly DeskRole[]>> = {
  readCases: deskRoles,
  file: ['requester'],
  keepFile: deskRoles,
  writeToBoard: ['requester', 'agent'],
};

/** Refuses what is not for these roles. */
export function refuseWish(wish: Wish, roles: readonly DeskRole[]): DeskError | undefined {
  if (has(roles, ...wishes[wish])) return undefined;
  if (wish === 'writeToBoard') return { code: 'notYours', action: wish };
  return { code: 'refused', rule: 'notAdministrator', facts: ['C-27', 'C-28', 'C-33', 'C-34', 'G-04', 'G-06', 'E-01'] };
}

/** Whose an action is, where its kind alone does not say: each side has its severity, and the team its notes. */
export function refuseAction(action: CaseAction, roles: readonly DeskRole[]): DeskError | undefined {
  const theirs = ((): readonly DeskRole[] => {
    if (action.kind === 'changeSeverity') return action.side === 'set' ? ['agent'] : ['requester'];
    if (action.kind === 'annotate')
      return action.teamOnly === true ? ['requester', 'reviewer'] : ['requester', 'agent'];
    return deskRoles;
  })();
  return has(roles, ...theirs) ? undefined : { code: 'notYours', action: action.kind };
}

/** Whether every note of these roles is for the team alone: those of somebody who only reviews. */
export const notesTeamOnly = (roles: readonly DeskRole[]): boolean =>
  has(roles, 'reviewer') && !has(roles, 'requester', 'agent');

/** Whether what is for the team alone is kept from these roles: those of support, and of nobody. */
export const isOutside = (roles: readonly DeskRole[]): boolean => !has(roles, 'requester', 'reviewer');

const isTeamOnly = (event: TimelineEvent): boolean => event.kind === 'annotated' && event.teamOnly === true;

/** The summary without what it counts of these events, the notes for the team alone. */
export function uncounted<Summary extends CaseSummary>(summary: Summary, hidden: readonly TimelineEvent[]): Summary {
  let { notes, files } = summary;
  for (const event of hidden) {
    if (!('files' in event)) continue;
    if (event.text !== '') notes--;
    files -= event.files.length;
  }
  return { ...summary, notes, files };
}

/** The case as these roles see it. */
export function visible(detail: CaseDetail, roles: readonly DeskRole[]): CaseDetail {
  if (!isOutside(roles)) return detail;
  const timeline = detail.timeline.filter(event => !isTeamOnly(event));
  return { ...uncounted(detail, detail.timeline.filter(isTeamOnly)), timeline };
}

/** What of a change these roles may know; nothing when it is about what they cannot see. */
export function visibleChange(change: DeskChange, roles: readonly DeskRole[]): DeskChange | undefined {
  if (has(roles, ...wishes.readCases) || change.cases === undefined) return change;
  return change.incidents === true ? { incidents: true } : undefined;
}
