import type { Run } from '../host/commandMap.ts';
import type { CommandId } from '../host/ids.ts';
import { run as addFiles } from './addFiles.ts';
import { run as addNote } from './addNote.ts';
import { run as answerRequest } from './answerRequest.ts';
import { run as changeSeverity } from './changeSeverity.ts';
import { run as clearFilter } from './clearFilter.ts';
import { run as closeCase } from './closeCase.ts';
import { run as connectDesk } from './connectDesk.ts';
import { run as connectHealth, remove as removeHealth, signIn as signInHealth } from './connectHealth.ts';
import { run as copyAsMarkdown } from './copyAsMarkdown.ts';
import { run as copyHandOff } from './copyHandOff.ts';
import { run as copyHealth } from './copyHealth.ts';
import { run as discardDraft } from './discardDraft.ts';
import { run as discardUnsent } from './discardUnsent.ts';
import { run as editUnsentAsNew } from './editUnsentAsNew.ts';
import { run as exportTimeline } from './exportTimeline.ts';
import { run as filterCases } from './filterCases.ts';
import { run as followCase, end as unfollowCase } from './followCase.ts';
import { run as groupCases } from './groupCases.ts';
import { favour, filter as filterHealth, mute, openPortal } from './healthView.ts';
import { run as leavePracticeDesk } from './leavePracticeDesk.ts';
import { run as newCase } from './newCase.ts';
import { run as newCaseFromSelection } from './newCaseFromSelection.ts';
import { run as openCase } from './openCase.ts';
import { history as showHistory, run as openIncident } from './openIncident.ts';
import { run as openPracticeDesk } from './openPracticeDesk.ts';
import { run as openSettings } from './openSettings.ts';
import { run as postToIncident } from './postToIncident.ts';
import { copyKey as copyHealthKey, run as publishHealth } from './publishHealth.ts';
import { run as recordFirstResponse } from './recordFirstResponse.ts';
import { run as recordIncident } from './recordIncident.ts';
import { run as recordInformationRequest } from './recordInformationRequest.ts';
import { run as recordResolved } from './recordResolved.ts';
import { run as recordVendorNumber } from './recordVendorNumber.ts';
import { run as refresh } from './refresh.ts';
import { run as reopenCase } from './reopenCase.ts';
import { run as resolveConflict } from './resolveConflict.ts';
import { run as retryUnsent } from './retryUnsent.ts';
import { run as saveAttachment } from './saveAttachment.ts';
import { run as setPracticeClock } from './setPracticeClock.ts';
import { run as showLog } from './showLog.ts';
import { run as showMore } from './showMore.ts';
import { run as startPracticeAnew } from './startPracticeAnew.ts';
import { disconnect as disconnectDesk, signIn as signInDesk } from './teamDesk.ts';
import { run as why } from './why.ts';

/** What each command does. One file for all: many small ones take longer to find than to read. */
export const runs: Readonly<Record<CommandId, Run>> = {
  'casebook.newCase': newCase,
  'casebook.newCaseFromSelection': newCaseFromSelection,
  'casebook.openCase': openCase,
  'casebook.addNote': addNote,
  'casebook.addFiles': addFiles,
  'casebook.answerRequest': answerRequest,
  'casebook.recordInformationRequest': recordInformationRequest,
  'casebook.recordFirstResponse': recordFirstResponse,
  'casebook.recordVendorNumber': recordVendorNumber,
  'casebook.changeSeverity': changeSeverity,
  'casebook.recordResolved': recordResolved,
  'casebook.closeCase': closeCase,
  'casebook.reopenCase': reopenCase,
  'casebook.why': why,
  'casebook.copyHandOff': copyHandOff,
  'casebook.copyAsMarkdown': copyAsMarkdown,
  'casebook.exportTimeline': exportTimeline,
  'casebook.saveAttachment': saveAttachment,
  'casebook.discardDraft': discardDraft,
  'casebook.retryUnsent': retryUnsent,
  'casebook.editUnsentAsNew': editUnsentAsNew,
  'casebook.discardUnsent': discardUnsent,
  'casebook.recordIncident': recordIncident,
  'casebook.postToIncident': postToIncident,
  'casebook.openIncident': openIncident,
  'casebook.showHistory': showHistory,
  'casebook.publishHealth': publishHealth,
  'casebook.copyHealthKey': copyHealthKey,
  'casebook.refresh': refresh,
  'casebook.filterCases': filterCases,
  'casebook.clearFilter': clearFilter,
  'casebook.groupCases': groupCases,
  'casebook.showMore': showMore,
  'casebook.openSettings': openSettings,
  'casebook.showLog': showLog,
  'casebook.connectDesk': connectDesk,
  'casebook.signInDesk': signInDesk,
  'casebook.disconnectDesk': disconnectDesk,
  'casebook.followCase': followCase,
  'casebook.unfollowCase': unfollowCase,
  'casebook.resolveConflict': resolveConflict,
  'casebook.connectHealth': connectHealth,
  'casebook.signInHealth': signInHealth,
  'casebook.removeHealth': removeHealth,
  'casebook.filterHealth': filterHealth,
  'casebook.copyHealth': copyHealth,
  'casebook.openPortal': openPortal,
  'casebook.favourService': favour(true),
  'casebook.unfavourService': favour(false),
  'casebook.muteIncident': mute(true),
  'casebook.unmuteIncident': mute(false),
  'casebook.openPracticeDesk': openPracticeDesk,
  'casebook.leavePracticeDesk': leavePracticeDesk,
  'casebook.setPracticeClock': setPracticeClock,
  'casebook.startPracticeAnew': startPracticeAnew,
};
