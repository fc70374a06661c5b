import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { describe, it } from 'mocha';
import { bytes, fileCase, newCase, once, refusal, source, upon, value } from './build.ts';
import type { Current } from './conformance.ts';

const megabyte = 1024 * 1024;
function* megabytes(count: number, read: { pieces: number } = { pieces: 0 }): Generator<Uint8Array> {
  for (; read.pieces < count; read.pieces++) yield new Uint8Array(megabyte).fill(read.pieces);
}

export function describeFiles(bench: Current): void {
  describe('files', () => {
    it('are kept by what they hold, under any name', async () => {
      const desk = bench().desk();
      const names = ['a.txt', '../../../etc/passwd', 'C:\\con', 'x'.repeat(255), 'שלום.log', '.'];
      for (const name of names) {
        const stored = value(await desk.upload(source(name, [bytes('same '), bytes('content')])));
        const sha256 = createHash('sha256').update('same content').digest('hex');
        assert.deepEqual(stored, { name, bytes: 12, sha256 });
        assert.deepEqual(value(await desk.download(stored.sha256)), bytes('same content'));
      }
    });

    it('go with a case and its notes, and are counted', async () => {
      const desk = bench().desk();
      const [a, b] = [
        value(await desk.upload(source('a', [bytes('a')]))),
        value(await desk.upload(source('b', [bytes('b')]))),
      ];
      const filed = value(await desk.file(newCase({ files: [a] }), once()));
      assert.deepEqual([filed.filedFiles, filed.files], [[a], 1]);
      const noted = value(await desk.act(filed.id, { kind: 'annotate', text: '', files: [b] }, upon(filed)));
      assert.deepEqual([noted.files, noted.notes], [2, 0]);
      const last = noted.timeline.at(-1);
      assert.ok(last?.kind === 'annotated');
      assert.deepEqual(last.files, [b]);
    });

    it('of 25 MB are taken, of a byte more refused as soon as it is seen', async () => {
      const desk = bench().desk();
      const whole = value(await desk.upload(source('25', megabytes(25))));
      assert.equal(whole.bytes, 25 * megabyte);
      assert.equal(value(await desk.download(whole.sha256)).length, 25 * megabyte);
      const more = source('more', [...megabytes(25), new Uint8Array(1)]);
      assert.deepEqual(refusal(await desk.upload(more)), { code: 'fileTooLarge', name: 'more', limit: 25 * megabyte });
      const read = { pieces: 0 };
      const endless = source('endless', megabytes(1_000, read));
      assert.equal(refusal(await desk.upload(endless)).code, 'fileTooLarge');
      assert.ok(read.pieces <= 27, `read ${read.pieces} MB`);
    });

    it('that vanish while they are read are told as gone', async () => {
      const desk = bench().desk();
      const vanishing = source('gone.log', [bytes('half')], () => {
        throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
      });
      assert.deepEqual(refusal(await desk.upload(vanishing)), { code: 'fileGone', name: 'gone.log' });
      const locked = {
        name: 'locked',
        chunks: (): never => {
          throw new Error('denied');
        },
      };
      assert.deepEqual(refusal(await desk.upload(locked)), { code: 'fileGone', name: 'locked' });
    });

    it('that were never kept cannot be sent or fetched', async () => {
      const desk = bench().desk();
      const unknown = { name: 'x', bytes: 1, sha256: '0'.repeat(64) };
      assert.deepEqual(refusal(await desk.file(newCase({ files: [unknown] }), once())), {
        code: 'fileGone',
        name: 'x',
      });
      const filed = await fileCase(desk);
      const noted = await desk.act(filed.id, { kind: 'annotate', text: 'x', files: [unknown] }, upon(filed));
      assert.deepEqual(refusal(noted), { code: 'fileGone', name: 'x' });
      for (const hash of ['0'.repeat(64), '', '../../desk.sqlite', 'A'.repeat(64)]) {
        assert.deepEqual(refusal(await desk.download(hash)), { code: 'notFound' });
      }
    });

    it('are as long as they say', async () => {
      const desk = bench().desk();
      const kept = value(await desk.upload(source('a', [bytes('abc')])));
      const issues = [{ path: 'files.0.bytes', code: 'invalid' }];
      const lying = newCase({ files: [{ ...kept, bytes: 4 }] });
      assert.deepEqual(refusal(await desk.file(lying, once())), { code: 'invalid', issues });
    });

    it('may be empty, but not nameless', async () => {
      const desk = bench().desk();
      assert.equal(value(await desk.upload(source('empty', []))).bytes, 0);
      const issues = [{ path: 'name', code: 'required' }];
      assert.deepEqual(refusal(await desk.upload(source('\0', []))), { code: 'invalid', issues });
    });
  });
}
