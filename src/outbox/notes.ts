import * as z from 'zod/mini';
import { cleanLine } from '../desk/clean.ts';
import type { DraftError, KeptNote, Note } from '../desk/drafts.ts';
import type { Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import { limits } from '../desk/text.ts';
import { codeOf, type Folder } from './files.ts';
import { watchFolder } from './watch.ts';

const File = z.object({
  format: z.literal(1),
  title: z.optional(z.string()),
  teamOnly: z.optional(z.boolean()),
  text: z.string(),
});
const Newer = z.object({ format: z.int().check(z.gt(1)) });
const CaseId = z.uuid();
/** How a file begins that is in the list: all the list says of it stands before the text, which may be long. */
const headForm = /^\{"format":1,"title":("(?:[^"\\]|\\.)*"),(?:"teamOnly":(true),)?"text":"/;
/** More than the longest beginning, in bytes. */
const headBytes = 4_096;

/** JSON as it came, or nothing when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Head = Pick<KeptNote, 'title' | 'teamOnly'>;
interface Seen extends Pick<KeptNote, 'updatedAt'> {
  readonly size: number;
  readonly head: Head | undefined;
}

/** The unsent note of each case. Of two windows writing one note the later wins; the file is whole at all times. */
export class Notes {
  readonly #folder: Folder;
  readonly #quarantined: (name: string) => void;
  /** What the files said when they were last looked at. */
  #seen = new Map<string, Seen>();

  constructor(folder: Folder, quarantined: (name: string) => void) {
    this.#folder = folder;
    this.#quarantined = quarantined;
  }

  async read(caseId: string): Promise<Result<Note, DraftError>> {
    if (!CaseId.safeParse(caseId).success) return fail({ code: 'notFound' });
    const name = `${caseId}.json`;
    const text = await this.#folder.read(name);
    if (text === undefined) return ok({ text: '' });
    const json = parsed(text);
    const note = File.safeParse(json);
    if (note.success) return ok({ text: note.data.text, teamOnly: note.data.teamOnly === true });
    if (Newer.safeParse(json).success) return fail({ code: 'failed' });
    const moved = await this.#folder.quarantine(name);
    if (moved !== undefined) this.#quarantined(moved);
    return ok({ text: '' });
  }

  /** Answers whether the list is another one with it. */
  async write(caseId: string, { text, teamOnly = false, title }: Note): Promise<Result<boolean, DraftError>> {
    if (!CaseId.safeParse(caseId).success) return fail({ code: 'notFound' });
    const name = `${caseId}.json`;
    const before = await this.#head(name);
    if (text === '') {
      await this.#folder.remove(name);
      return ok(before !== undefined);
    }
    // A note of a newer Casebook is left alone.
    const other = before === undefined ? await this.#folder.read(name) : undefined;
    if (other !== undefined && Newer.safeParse(parsed(other)).success) return fail({ code: 'failed' });
    const shown = title === undefined ? undefined : cleanLine(title).slice(0, limits.title).toWellFormed();
    const head = { ...(shown !== undefined && { title: shown }), ...(teamOnly && { teamOnly }) };
    await this.#folder.replace(name, JSON.stringify({ format: 1, ...head, text }));
    return ok(before?.title !== shown || before?.teamOnly !== teamOnly);
  }

  /** The notes that name their case's title, newest first; of a file that did not change only that is looked at. */
  async list(failed: (error: unknown) => void): Promise<readonly KeptNote[]> {
    const seen = new Map<string, Seen>();
    const notes = await Promise.all(
      (await this.#names()).map(async (name): Promise<readonly KeptNote[]> => {
        try {
          const one = await this.#look(name);
          seen.set(name, one);
          const { updatedAt, head } = one;
          return head === undefined ? [] : [{ caseId: name.slice(0, -'.json'.length), updatedAt, ...head }];
        } catch (error) {
          // One that was sent meanwhile, or that cannot be read, hides no other.
          if (codeOf(error) !== 'ENOENT') failed(error);
          return [];
        }
      }),
    );
    this.#seen = seen;
    return notes.flat().sort((a, b) => b.updatedAt - a.updatedAt || (a.caseId < b.caseId ? -1 : 1));
  }

  async #look(name: string): Promise<Seen> {
    const { mtimeMs: updatedAt, size } = await this.#folder.fs.stat(this.#folder.at(name));
    const known = this.#seen.get(name);
    if (known?.updatedAt === updatedAt && known.size === size) return known;
    return { updatedAt, size, head: await this.#head(name) };
  }

  /** What a file says before its text; nothing where it is not there, or begins in another way. */
  async #head(name: string): Promise<Head | undefined> {
    let text: string;
    try {
      const file = await this.#folder.fs.open(this.#folder.at(name), 'r');
      try {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
        text = buffer.toString('utf8', 0, bytesRead);
      } finally {
        await file.close();
      }
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
    const [, title, teamOnly] = headForm.exec(text) ?? [];
    const line = title === undefined ? undefined : parsed(title);
    return typeof line === 'string' ? { title: line, teamOnly: teamOnly === 'true' } : undefined;
  }

  async #names(): Promise<string[]> {
    const names = await this.#folder.names();
    return names.filter(name => name.endsWith('.json') && CaseId.safeParse(name.slice(0, -'.json'.length)).success);
  }

  /** Tells when there is a note more or less, by whatever window; what is typed into one is no news. */
  watch(tell: () => void, failed: (error: unknown) => void): () => void {
    let known: string | undefined;
    const look = async (heard: boolean): Promise<void> => {
      const now = (await this.#names()).sort().join();
      if (heard && now !== known) tell();
      known = now;
    };
    look(false).catch(failed);
    return watchFolder(this.#folder, () => void look(true).catch(failed), failed);
  }
}
