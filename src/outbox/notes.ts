import * as z from 'zod/mini';
import type { DraftError } from '../desk/drafts.ts';
import type { Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import type { Folder } from './files.ts';

const Note = z.object({ format: z.literal(1), text: z.string() });
const Newer = z.object({ format: z.int().check(z.gt(1)) });
const CaseId = z.uuid();

/** JSON as it came, or nothing when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The unsent note of each case. Of two windows writing one note the later wins; the file is whole at all times. */
export class Notes {
  readonly #folder: Folder;
  readonly #quarantined: (name: string) => void;

  constructor(folder: Folder, quarantined: (name: string) => void) {
    this.#folder = folder;
    this.#quarantined = quarantined;
  }

  async read(caseId: string): Promise<Result<string, DraftError>> {
    if (!CaseId.safeParse(caseId).success) return fail({ code: 'notFound' });
    const name = `${caseId}.json`;
    const text = await this.#folder.read(name);
    if (text === undefined) return ok('');
    const json = parsed(text);
    const note = Note.safeParse(json);
    if (note.success) return ok(note.data.text);
    if (Newer.safeParse(json).success) return fail({ code: 'failed' });
    const moved = await this.#folder.quarantine(name);
    if (moved !== undefined) this.#quarantined(moved);
    return ok('');
  }

  async write(caseId: string, text: string): Promise<Result<void, DraftError>> {
    if (!CaseId.safeParse(caseId).success) return fail({ code: 'notFound' });
    const name = `${caseId}.json`;
    if (text === '') {
      await this.#folder.remove(name);
      return ok(undefined);
    }
    // A note of a newer Casebook is left alone.
    const before = await this.#folder.read(name);
    if (before !== undefined && Newer.safeParse(parsed(before)).success) return fail({ code: 'failed' });
    await this.#folder.replace(name, JSON.stringify({ format: 1, text }));
    return ok(undefined);
  }
}
