// What the composition root builds from once it is needed. One file: many small ones take longer to find than to read.
export { userInfo } from 'node:os';
export { brotliDecompressSync } from 'node:zlib';
export { admitByRules } from './desk/admission.ts';
export { createLedgerDesk } from './desk/ledger.ts';
export { chooseLanguage, loadStrings } from './host/language.ts';
export { notify } from './host/notify.ts';
export { openTeamPolicy } from './host/policy.ts';
export { safeText } from './host/safeText.ts';
export { readSettings } from './host/settings.ts';
export { withPolicy } from './host/settingsSchema.ts';
export { createDraftStore } from './outbox/drafts.ts';
export { endFiledDrafts } from './outbox/filed.ts';
export { openSqliteStore } from './stores/sqlite/store.ts';
