import { actionKinds } from '../desk/words.ts';

/** Every command of the manifest; the manifest test compares the two. */
export const commandIds = [
  'casebook.newCase',
  'casebook.newCaseFromSelection',
  'casebook.openCase',
  'casebook.addNote',
  'casebook.addFiles',
  'casebook.answerRequest',
  'casebook.recordInformationRequest',
  'casebook.recordFirstResponse',
  'casebook.recordVendorNumber',
  'casebook.changeSeverity',
  'casebook.recordResolved',
  'casebook.closeCase',
  'casebook.reopenCase',
  'casebook.why',
  'casebook.copyHandOff',
  'casebook.copyAsMarkdown',
  'casebook.exportTimeline',
  'casebook.saveAttachment',
  'casebook.discardDraft',
  'casebook.recordIncident',
  'casebook.postToIncident',
  'casebook.refresh',
  'casebook.filterCases',
  'casebook.clearFilter',
  'casebook.groupCases',
  'casebook.showMore',
  'casebook.openSettings',
  'casebook.showLog',
] as const;
export type CommandId = (typeof commandIds)[number];

/** Every context key of ours; `when` clauses in the manifest use these and no others. */
export const contextKeyNames = [
  'casebook.cases',
  'casebook.health',
  'casebook.filtered',
  'casebook.hasCases',
  'casebook.hasDrafts',
  'casebook.hasIncidents',
  ...actionKinds.map(action => `casebook.can.${action}` as const),
] as const;
