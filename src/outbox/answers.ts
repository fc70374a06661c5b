import type { DeskError } from '../desk/errors.ts';
import { assertNever } from '../rules/decision.ts';
import { longestPause } from './tokens.ts';

/**
 * What an answer that is not the one asked for means for an item. `deskLater`: the desk as a whole is tried again later.
 * `itemLater`: only this item is. `signIn`: nothing is sent until the person signs in. `needsYou`: the desk has decided.
 */
export type Meaning = 'deskLater' | 'itemLater' | 'signIn' | 'needsYou';

/** A desk that fails at one item this often is not asked again without the person. */
export const mostFailures = 5;

/** The answer table; `tries` counts the try that was just answered. The same key is used for every repeat. */
export function meaningOf(error: DeskError, tries: number): Meaning {
  switch (error.code) {
    case 'unreachable':
    case 'untrusted':
    case 'notADesk':
    case 'throttled':
    case 'busy':
      return 'deskLater';
    case 'stillRunning':
    case 'queued':
      return 'itemLater';
    case 'failed':
      // It may have been done all the same: only the key tells.
      return tries < mostFailures ? 'itemLater' : 'needsYou';
    case 'signedOut':
      return 'signIn';
    case 'notFound':
    case 'conflict':
    case 'impossible':
    case 'alreadyRecorded':
    case 'notYours':
    case 'refused':
    case 'invalid':
    case 'fileTooLarge':
    case 'fileGone':
    case 'caseFull':
    case 'quotaReached':
    case 'otherWriter':
    case 'keyReused':
    case 'storageFull':
    case 'storageReadOnly':
    case 'newerDatabase':
    case 'sqliteMissing':
      return 'needsYou';
    default:
      return assertNever(error);
  }
}

/** How long to wait after so many tries, in milliseconds: anything up to 1 s doubled with each, to 64 s at most. */
export function pauseAfter(tries: number, random: () => number): number {
  return Math.ceil(random() * Math.min(longestPause, 1_000 * 2 ** Math.min(tries, 10)));
}
