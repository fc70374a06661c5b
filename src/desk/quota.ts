import type { Instant } from '../rules/decision.ts';
import type { CaseAction, NewCase, StoredFile, TimelineEvent } from './case.ts';
import type { FileSource } from './desk.ts';
import type { DeskError, Result } from './errors.ts';
import { fail } from './errors.ts';
import type { CaseRecord } from './store.ts';

/** How many bytes of texts and files a desk takes. A desk of one person has no such limit. */
export interface Quota {
  /** Of one case. */
  readonly caseBytes: number;
  /** What is left for all of them together. */
  readonly room: Room;
}

/** The bytes that are left for a whole desk, as far as this process knows. */
export interface Room {
  /** Why so many bytes more are not taken, if they are not. */
  refusal(bytes: number): Promise<DeskError | undefined>;
  /** Counts what is on its way, until it has come; or what was on its way, as negative bytes. */
  coming(bytes: number): void;
  /** Counts what was kept. */
  kept(bytes: number): void;
  /** Bytes in use when last asked, and what was kept since. */
  used(): number;
}

export interface RoomOptions {
  /** Bytes. */
  readonly limit: number;
  /** As `Store.used`. */
  readonly used: () => Promise<Result<number>>;
  /** Milliseconds that never go back. */
  readonly clock: () => Instant;
}

/** What other processes keep is seen this many milliseconds later. */
const lookAgain = 5_000;

export function createRoom({ limit, used, clock }: RoomOptions): Room {
  let known = 0;
  let since = 0;
  let coming = 0;
  let next = -Infinity;
  let looking: Promise<DeskError | undefined> | undefined;

  async function look(): Promise<DeskError | undefined> {
    const before = since;
    const found = await used();
    if (!found.ok) return found.error;
    known = found.value;
    // What was kept while the store counted may be in its count already; counting it twice errs on the safe side.
    since -= before;
    next = clock() + lookAgain;
    return undefined;
  }

  return {
    async refusal(bytes) {
      const trouble = clock() < next ? undefined : await (looking ??= look().finally(() => (looking = undefined)));
      if (trouble) return trouble;
      return known + since + coming + bytes > limit ? { code: 'quotaReached', limit } : undefined;
    },
    coming: bytes => {
      coming += bytes;
    },
    kept: bytes => {
      since += bytes;
    },
    used: () => known + since,
  };
}

/** Keeps content by `keep`, and stops as soon as there is no room for what comes. */
export async function uploadWithin(
  room: Room,
  source: FileSource,
  keep: (source: FileSource) => Promise<Result<StoredFile>>,
): Promise<Result<StoredFile>> {
  let coming = 0;
  let refused: DeskError | undefined;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source.chunks()) {
      // Counted before it is asked, so that of many uploads at once each sees the others.
      room.coming(chunk.length);
      coming += chunk.length;
      refused = await room.refusal(0);
      if (refused) throw new Error('there is no room');
      yield chunk;
    }
  }
  try {
    const stored = await keep({ name: source.name, chunks });
    if (stored.ok) room.kept(stored.value.bytes);
    return refused ? fail(refused) : stored;
  } finally {
    room.coming(-coming);
  }
}

/** The length of a text as UTF-8. */
export function bytesOfText(text: string): number {
  let bytes = text.length;
  if (!/[^\0-\x7f]/.test(text)) return bytes;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    // Each half of a pair is two of four bytes.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

const textBytes = (...texts: readonly (string | undefined)[]): number =>
  texts.reduce((bytes, text) => bytes + bytesOfText(text ?? ''), 0);
export const fileBytes = (files: readonly StoredFile[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** Bytes of the texts of a case that is to be filed. */
export const textsOfCase = (asked: Pick<NewCase, 'text' | 'impact' | 'places'>): number =>
  textBytes(asked.text, asked.impact, ...asked.places.map(({ text }) => text));

/** Bytes that a write brings. */
export interface Brought {
  readonly texts: number;
  readonly files: number;
}
/** Bytes of the text and of the files of an action or event. */
export function bytesOfAct(act: CaseAction | TimelineEvent): Brought {
  return { texts: 'text' in act ? textBytes(act.text) : 0, files: 'files' in act ? fileBytes(act.files) : 0 };
}

/** Bytes of the texts and files of a case. A file counts wherever it is named, though its content is kept once. */
export function bytesOfCase({ filed, timeline }: Pick<CaseRecord, 'filed' | 'timeline'>): number {
  const acts = timeline.map(bytesOfAct).reduce((sum, { texts, files }) => sum + texts + files, 0);
  return textsOfCase(filed) + fileBytes(filed.filedFiles) + acts;
}
