import type { DeskError } from '../desk/errors.ts';
import { cleanLine, limits } from '../desk/text.ts';
import { assertNever } from '../rules/decision.ts';
import { isolated } from '../strings/bidi.ts';
import type { Key, Strings, Values } from '../strings/strings.ts';
import { showSize } from './size.ts';

/** Makes a sentence of a key and its values: plain text for a page, a safe text for a notification. */
export type Say<Text> = <K extends Key>(key: K, values?: Values<K>) => Text;

/** The sentence of a desk's answer that is not what was asked for. */
export function sayDeskError<Text>(error: DeskError, strings: Strings, say: Say<Text>): Text {
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
    case 'unreachable':
    case 'notADesk':
    case 'untrusted':
    case 'signedOut':
    case 'throttled':
    case 'stillRunning':
    case 'queued':
    case 'failed':
      return say(`error.${error.code}`);
    case 'impossible':
      return say('error.impossible', { status: strings.t(`status.${error.status}`) });
    case 'refused': {
      const key = `rule.${error.rule}`;
      // A rule of a newer desk has no sentence here: then its name is told. Rules about severity name the highest one
      // left; a desk that does not say which means B, as wherever the documents close A (C-22, C-24).
      return strings.lookup(key) === undefined
        ? say('error.refused', { rule: error.rule })
        : say(key as 'rule.technicalOnly', { cap: error.cap ?? 'B' });
    }
    case 'invalid': {
      const names = error.issues.map(({ path }) => strings.lookup(`field.${path.split('.')[0] ?? ''}`) ?? path);
      return say('error.invalid', { fields: new Intl.ListFormat(strings.language).format(new Set(names)) });
    }
    case 'fileTooLarge':
      return sayTooLarge(error.name, strings, say, error.limit);
    case 'caseFull':
    case 'quotaReached':
      return say(`error.${error.code}`, { limit: showSize(error.limit, strings.language) });
    case 'fileGone':
      return say('error.fileGone', { name: error.name });
    case 'otherWriter':
      return say('error.otherWriter', { name: isolated(cleanLine(error.by.slice(0, 200))) });
    case 'newerDatabase':
      return say('error.newerDatabase', { found: error.found, known: error.known });
    default:
      return assertNever(error);
  }
}

/** The sentence for a file above the limit in bytes, with its name. */
export function sayTooLarge<Text>(
  name: string,
  strings: Strings,
  say: Say<Text>,
  limit: number = limits.fileBytes,
): Text {
  return say('error.fileTooLarge', { name, limit: showSize(limit, strings.language) });
}
