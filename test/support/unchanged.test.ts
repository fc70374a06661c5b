import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unlessUnchanged } from '../../scripts/unchanged.mjs';

describe('what is done with files', () => {
  let files: string;
  let memory: string;
  let done: number;
  const check = () => unlessUnchanged('check', () => Promise.resolve(void (done += 1)), { files, memory });

  beforeEach(async () => {
    done = 0;
    [files, memory] = [await mkdtemp(join(tmpdir(), 'files-')), await mkdtemp(join(tmpdir(), 'memory-'))];
    for (const name of ['a.ts', 'ž ř.ts']) await writeFile(join(files, name), 'a');
  });
  afterEach(() => Promise.all([files, memory].map(folder => rm(folder, { recursive: true }))));

  const changes: readonly (readonly [name: string, change: () => Promise<void>])[] = [
    ['one is written', () => writeFile(join(files, 'a.ts'), 'b')],
    ['one with a name that git would quote is', () => writeFile(join(files, 'ž ř.ts'), 'b')],
    ['one is added, known to git or not', () => writeFile(join(files, 'b.ts'), '')],
    ['one is gone', () => rm(join(files, 'a.ts'))],
  ];
  for (const [name, change] of changes) {
    it(`is not done again while they are the same, and is when ${name}`, async () => {
      execFileSync('git', ['init', '-q'], { cwd: files });
      await check();
      await check();
      assert.equal(done, 1);
      await change();
      await check();
      assert.equal(done, 2);
    });
  }

  it('is done again after it failed', async () => {
    execFileSync('git', ['init', '-q'], { cwd: files });
    const failing = unlessUnchanged('check', () => Promise.reject(new Error('no')), { files, memory });
    await assert.rejects(failing, /no/);
    await check();
    assert.equal(done, 1);
  });

  for (const [name, change] of [
    ['is another one', path => writeFile(path, 'b')],
    ['is gone', path => rm(path)],
  ] as const satisfies readonly (readonly [string, (path: string) => Promise<void>])[]) {
    it(`is done again when what it made ${name}`, async () => {
      execFileSync('git', ['init', '-q'], { cwd: files });
      const folder = join(memory, 'made');
      const make = () =>
        unlessUnchanged(
          'make',
          async () => {
            done++;
            await mkdir(folder, { recursive: true });
            await writeFile(join(folder, 'one'), 'a');
          },
          { files, memory, made: [folder, join(memory, 'none')] },
        );
      await make();
      await make();
      assert.equal(done, 1);
      await change(join(folder, 'one'));
      await make();
      assert.equal(done, 2);
    });
  }

  it('is done each time where there is no git', async () => {
    await check();
    await check();
    assert.equal(done, 2);
  });
});
