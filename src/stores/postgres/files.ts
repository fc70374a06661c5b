import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import type { StoredFile } from '../../desk/case.ts';
import type { FileSource } from '../../desk/desk.ts';
import type { Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';
import type { Instant } from '../../rules/decision.ts';
import { int, text } from '../rows.ts';
import { ask } from './connection.ts';
import { stateOf } from './trouble.ts';

/** Bytes of a row of `pieces`; only the last of a file has fewer. */
const pieceBytes = 256 * 1024;
const abandonedAfter = 24 * 60 * 60 * 1_000;

/** What the source of an upload threw, told apart from what keeping it threw. */
class SourceFailed extends Error {}

/** The bytes of a source in pieces of the same length. */
async function* piecesOf(source: FileSource): AsyncGenerator<Uint8Array> {
  let piece = new Uint8Array(pieceBytes);
  let length = 0;
  try {
    for await (const chunk of source.chunks()) {
      for (let from = 0; from < chunk.length;) {
        const part = chunk.subarray(from, from + pieceBytes - length);
        piece.set(part, length);
        length += part.length;
        from += part.length;
        if (length < pieceBytes) continue;
        yield piece;
        piece = new Uint8Array(pieceBytes);
        length = 0;
      }
    }
  } catch (error) {
    throw new SourceFailed(source.name, { cause: error });
  }
  if (length > 0) yield piece.subarray(0, length);
}

/**
 * Content kept by its hash, in rows. An upload holds no connection while it waits for its source; its rows count for
 * nothing until they are given their hash.
 */
export class Files {
  readonly #pool: pg.Pool;
  readonly #tenant: number;

  constructor(pool: pg.Pool, tenant: number) {
    this.#pool = pool;
    this.#tenant = tenant;
  }

  async #find(sha256: string): Promise<{ file: string; bytes: number } | undefined> {
    const sql = 'SELECT file, bytes FROM casebook.files WHERE tenant = $1 AND sha256 = $2';
    const [row] = await ask(this.#pool, sql, [this.#tenant, sha256]);
    return row && { file: text(row[0]), bytes: int(row[1]) };
  }

  async bytes(sha256: string): Promise<number | undefined> {
    return (await this.#find(sha256))?.bytes;
  }

  async keep(source: FileSource, limit: number, now: Instant): Promise<Result<StoredFile>> {
    const file = randomUUID();
    let kept = false;
    try {
      const begin = 'INSERT INTO casebook.files (tenant, file, bytes, at) VALUES ($1, $2, 0, $3)';
      await ask(this.#pool, begin, [this.#tenant, file, now]);
      const written = await this.#write(file, source, limit);
      if (!written) return fail({ code: 'fileTooLarge', name: source.name, limit });
      kept = await this.#settle(file, written);
      return ok({ name: source.name, ...written });
    } catch (error) {
      if (error instanceof SourceFailed) return fail({ code: 'fileGone', name: source.name });
      throw error;
    } finally {
      if (!kept) await this.#drop(file);
    }
  }

  async #write(file: string, source: FileSource, limit: number): Promise<Omit<StoredFile, 'name'> | undefined> {
    const hash = createHash('sha256');
    const add = 'INSERT INTO casebook.pieces (tenant, file, seq, data) VALUES ($1, $2, $3, $4)';
    let bytes = 0;
    let seq = 0;
    for await (const piece of piecesOf(source)) {
      bytes += piece.length;
      if (bytes > limit) return undefined;
      hash.update(piece);
      await ask(this.#pool, add, [this.#tenant, file, seq++, piece]);
    }
    return { bytes, sha256: hash.digest('hex') };
  }

  /** Gives what was uploaded its hash; answers false when the same content is there already. */
  async #settle(file: string, { bytes, sha256 }: Omit<StoredFile, 'name'>): Promise<boolean> {
    if (await this.#find(sha256)) return false;
    const sql = 'UPDATE casebook.files SET sha256 = $3, bytes = $4 WHERE tenant = $1 AND file = $2';
    try {
      await ask(this.#pool, sql, [this.#tenant, file, sha256, bytes]);
      return true;
    } catch (error) {
      // unique_violation: somebody else uploaded the same a moment before.
      if (stateOf(error) === '23505') return false;
      throw error;
    }
  }

  /** Removes an upload that came to nothing; where that fails too, {@link sweep} does it later. */
  async #drop(file: string): Promise<void> {
    const sql = 'DELETE FROM casebook.files WHERE tenant = $1 AND file = $2 AND sha256 IS NULL';
    await ask(this.#pool, sql, [this.#tenant, file]).catch(() => undefined);
  }

  /** The bytes from `from` to before `to`; no connection is held between two pieces. */
  async pieces(sha256: string, from: number, to: number): Promise<Result<AsyncIterable<Uint8Array>>> {
    const found = await this.#find(sha256);
    return found ? ok(this.#pieces(found.file, from, Math.min(to, found.bytes))) : fail({ code: 'notFound' });
  }

  async *#pieces(file: string, from: number, to: number): AsyncGenerator<Uint8Array> {
    const sql = 'SELECT data FROM casebook.pieces WHERE tenant = $1 AND file = $2 AND seq = $3';
    for (let at = from; at < to;) {
      const seq = Math.floor(at / pieceBytes);
      const [row] = await ask(this.#pool, sql, [this.#tenant, file, seq]);
      const data = row?.[0];
      const part = data instanceof Uint8Array && data.subarray(at - seq * pieceBytes, to - seq * pieceBytes);
      if (!part || part.length === 0) throw new Error('content is shorter than it was');
      yield part;
      at += part.length;
    }
  }

  /** The content, once its hash was found to be right. */
  async read(sha256: string): Promise<Result<Uint8Array>> {
    const found = await this.#find(sha256);
    if (!found) return fail({ code: 'notFound' });
    const content = new Uint8Array(found.bytes);
    const hash = createHash('sha256');
    let at = 0;
    for await (const piece of this.#pieces(found.file, 0, found.bytes)) {
      content.set(piece, at);
      hash.update(piece);
      at += piece.length;
    }
    return hash.digest('hex') === sha256 ? ok(content) : fail({ code: 'fileGone', name: sha256 });
  }

  /** Removes what a killed process left half uploaded. */
  async sweep(now: Instant): Promise<void> {
    const sql = 'DELETE FROM casebook.files WHERE tenant = $1 AND sha256 IS NULL AND at < $2';
    await ask(this.#pool, sql, [this.#tenant, now - abandonedAfter]).catch(() => undefined);
  }
}
