import type { DeskError } from '../desk/errors.ts';
import type { DraftError } from '../desk/drafts.ts';
import { sayDeskError, sayTooLarge, type Say } from '../host/deskErrors.ts';
import { safeText, type SafeText } from '../host/safeText.ts';
import type { Strings } from '../strings/strings.ts';

const safely =
  (strings: Strings): Say<SafeText> =>
  (key, values) =>
    safeText(strings, key, values);

/** What a desk answered, in words that are safe in a notification. */
export function deskSentence(strings: Strings, error: DeskError): SafeText {
  return sayDeskError(error, strings, safely(strings));
}

/** A file above the limit, by name. */
export function tooLargeSentence(strings: Strings, name: string, limit: number): SafeText {
  return sayTooLarge(name, strings, safely(strings), limit);
}

/** What the draft store answered, in words that are safe in a notification. */
export function draftSentence(strings: Strings, { code }: DraftError): SafeText {
  return safeText(strings, `error.draft.${code}`);
}
