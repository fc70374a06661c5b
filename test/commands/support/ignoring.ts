import type { CommandId } from '../../../src/host/ids.ts';

/** Commands that look at no argument. */
export const ignoring: ReadonlySet<CommandId> = new Set<CommandId>([
  'casebook.newCase',
  'casebook.newCaseFromSelection',
  'casebook.recordIncident',
  'casebook.refresh',
  'casebook.filterCases',
  'casebook.clearFilter',
  'casebook.groupCases',
  'casebook.openSettings',
  'casebook.showLog',
  'casebook.openPracticeDesk',
  'casebook.leavePracticeDesk',
  'casebook.setPracticeClock',
  'casebook.startPracticeAnew',
  'casebook.connectHealth',
  'casebook.filterHealth',
  'casebook.publishHealth',
  'casebook.copyHealthKey',
]);
