import { strict as assert } from 'node:assert';
import { createHash, randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import type { FileSource } from '../../src/desk/desk.ts';
import type { Store } from '../../src/desk/store.ts';
import { bytes, refusal, source, value } from '../desk/build.ts';
import { start } from './bench.ts';
import { openTenant, sharedPool } from './postgresBench.ts';

const piece = 256 * 1024;
const limit = 3 * piece;
/** Bytes that are nowhere the same for long. */
const content = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) % 251);

interface Ground {
  readonly tenant: string;
  readonly store: Store;
  /** The same tenant, as another copy sees it. */
  readonly other: Store;
  /** How many rows there are of uploads and of their pieces. */
  readonly rows: () => Promise<[number, number]>;
}
async function withStore(work: (ground: Ground) => Promise<void>): Promise<void> {
  const pool = await sharedPool();
  const tenant = randomUUID();
  const { store } = await openTenant({ tenant });
  const other = (await openTenant({ tenant })).store;
  const sql = `SELECT (SELECT count(*) FROM casebook.files WHERE files.tenant = tenants.tenant)::integer AS files,
    (SELECT count(*) FROM casebook.pieces WHERE pieces.tenant = tenants.tenant)::integer AS pieces
    FROM casebook.tenants WHERE name = $1`;
  const rows = async (): Promise<[number, number]> => {
    const [row] = (await pool.query<{ files: number; pieces: number }>(sql, [tenant])).rows;
    return [row?.files ?? -1, row?.pieces ?? -1];
  };
  try {
    await work({ tenant, store, other, rows });
  } finally {
    store.close();
    other.close();
  }
}
async function all(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of pieces) parts.push(part);
  return Buffer.concat(parts);
}

describe('Files in PostgreSQL', () => {
  it('are read by another copy from any byte to any other, in pieces', () =>
    withStore(async ({ store, other, rows }) => {
      const whole = content(2 * piece + 100);
      const chunks = [whole.subarray(0, 10), whole.subarray(10, piece + 7), whole.subarray(piece + 7)];
      const { sha256 } = value(await store.upload(source('a', chunks), limit));
      assert.deepEqual(await rows(), [1, 3]);
      assert.equal(value(await other.fileBytes(sha256)), whole.length);
      const ranges = [
        ...[0, 1, piece - 1, piece, piece + 1, 2 * piece, whole.length - 1].map(from => [from, whole.length]),
        ...[1, piece, piece + 1, 2 * piece].map(to => [0, to]),
        ...[
          [piece - 1, piece + 1],
          [5, 5],
          [0, whole.length + 1_000],
          [whole.length, whole.length],
        ],
      ];
      for (const [from = 0, to = 0] of ranges) {
        const read = await all(value(await other.read(sha256, from, to)));
        assert.ok(Buffer.from(whole.subarray(from, to)).equals(read), `${from} to ${to}`);
      }
      assert.deepEqual(refusal(await other.read('0'.repeat(64), 0, 1)), { code: 'notFound' });
    }));

  it('are kept while they come, not gathered first', () =>
    withStore(async ({ store, rows }) => {
      const seen: number[] = [];
      const slow: FileSource = {
        name: 'slow',
        async *chunks() {
          for (let count = 0; count < 3; count++) {
            yield content(piece);
            seen.push((await rows())[1]);
          }
        },
      };
      value(await store.upload(slow, limit));
      assert.deepEqual(seen, [1, 2, 3]);
    }));

  it('leave nothing behind when they are too large, vanish, or are there already', () =>
    withStore(async ({ store, other, rows }) => {
      const endless = source(
        'endless',
        (function* () {
          for (;;) yield content(piece);
        })(),
      );
      assert.deepEqual(refusal(await store.upload(endless, limit)), { code: 'fileTooLarge', name: 'endless', limit });
      const vanishing = source('gone', [content(piece), content(5)], () => {
        throw new Error('gone');
      });
      assert.deepEqual(refusal(await store.upload(vanishing, limit)), { code: 'fileGone', name: 'gone' });
      assert.deepEqual(await rows(), [0, 0]);
      const answers = await Promise.all(
        [store, other, store, other].map(one => one.upload(source('same', [content(piece + 1)]), limit)),
      );
      assert.equal(new Set(answers.map(answer => value(answer).sha256)).size, 1);
      assert.deepEqual(await rows(), [1, 2]);
    }));

  it('that a killed process left half uploaded are seen by nobody and removed a day later', () =>
    withStore(async ({ tenant, store, other, rows }) => {
      let begun: () => void = () => undefined;
      const half = new Promise<void>(resolve => (begun = resolve));
      const endless: FileSource = {
        name: 'endless',
        async *chunks() {
          yield content(piece);
          begun();
          await new Promise(() => undefined);
        },
      };
      void store.upload(endless, limit);
      await half;
      const sha256 = createHash('sha256').update(content(piece)).digest('hex');
      assert.equal(value(await other.fileBytes(sha256)), undefined);
      assert.deepEqual(await rows(), [1, 1]);
      const day = 24 * 60 * 60 * 1_000;
      for (const [at, left] of [
        [start + day, 1],
        [start + day + 1, 0],
      ] as const) {
        const later = await openTenant({ tenant, now: () => at });
        await later.swept;
        assert.deepEqual(await rows(), [left, left]);
        later.store.close();
      }
    }));

  it('that lost bytes in the database are not given out as whole', () =>
    withStore(async ({ store }) => {
      const pool = await sharedPool();
      const lost = value(await store.upload(source('a', [content(piece + 1)]), limit));
      const find = 'SELECT file FROM casebook.files WHERE sha256 = $1';
      await pool.query(`DELETE FROM casebook.pieces WHERE seq = 1 AND file IN (${find})`, [lost.sha256]);
      await assert.rejects(async () => all(value(await store.read(lost.sha256, 0, lost.bytes))), /shorter/);
      assert.equal((await store.download(lost.sha256)).ok, false);
      const changed = value(await store.upload(source('b', [bytes('right')]), limit));
      await pool.query(`UPDATE casebook.pieces SET data = 'wrong' WHERE file IN (${find})`, [changed.sha256]);
      assert.deepEqual(refusal(await store.download(changed.sha256)), { code: 'fileGone', name: changed.sha256 });
    }));
});
