import type { DeskError } from '../desk/errors.ts';
import type { DraftError } from '../desk/drafts.ts';
import { assertNever } from '../rules/decision.ts';
import { showSize } from '../forms/times.ts';
import { safeText, type SafeText } from '../host/safeText.ts';
import type { Strings } from '../strings/strings.ts';

/** What a desk answered, in words that are safe in a notification. */
export function deskSentence(strings: Strings, error: DeskError): SafeText {
  switch (error.code) {
    case 'notFound':
    case 'conflict':
    case 'alreadyRecorded':
    case 'notYours':
    case 'keyReused':
    case 'busy':
    case 'storageFull':
    case 'storageReadOnly':
    case 'sqliteMissing':
    case 'failed':
      return safeText(strings, `error.${error.code}`);
    case 'impossible':
      return safeText(strings, 'error.impossible', { status: strings.t(`status.${error.status}`) });
    case 'refused':
      return ruleSentence(strings, error.rule);
    case 'invalid': {
      const names = error.issues.map(({ path }) => {
        const field = path.split('.')[0] ?? '';
        return strings.lookup(`field.${field}`) ?? field;
      });
      const fields = new Intl.ListFormat(strings.language).format(new Set(names));
      return safeText(strings, 'error.invalid', { fields });
    }
    case 'fileTooLarge':
      return tooLargeSentence(strings, error.name, error.limit);
    case 'fileGone':
      return safeText(strings, 'error.fileGone', { name: error.name });
    case 'newerDatabase':
      return safeText(strings, 'error.newerDatabase', { found: error.found, known: error.known });
    default:
      return assertNever(error);
  }
}

/** A rule's refusal in words. Rules about severity name the highest one left, which is B wherever A is closed (C-22, C-24). */
function ruleSentence(strings: Strings, rule: string): SafeText {
  const key = `rule.${rule}`;
  // A rule of a newer desk has no sentence here: then its name is told.
  return strings.lookup(key) === undefined
    ? safeText(strings, 'error.refused', { rule })
    : safeText(strings, key as 'rule.technicalOnly', { cap: 'B' });
}

/** A file above the limit, by name. */
export function tooLargeSentence(strings: Strings, name: string, limit: number): SafeText {
  return safeText(strings, 'error.fileTooLarge', { name, limit: showSize(limit, strings.language) });
}

/** What the draft store answered, in words that are safe in a notification. */
export function draftSentence(strings: Strings, { code }: DraftError): SafeText {
  return safeText(strings, `error.draft.${code}`);
}
