import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Folder, realFs } from '../../src/outbox/files.ts';
import { createOutage } from '../../src/outbox/outage.ts';

const pause = 30_000;

describe('What the windows tell each other of a desk that is down', () => {
  let path: string;
  let now: number;
  const outage = () => createOutage(new Folder(join(path, 'desk'), realFs), () => now);
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'casebook-outage-'));
    now = Date.UTC(2026, 10, 26, 9);
  });
  afterEach(() => rm(path, { recursive: true }));

  it('has one of ten try it, again and again, until one says that it is over', async () => {
    const all = Array.from({ length: 10 }, outage);
    const claims = (): Promise<unknown[]> => Promise.all(all.map(one => one.claim()));
    const nobody = (word: unknown): unknown[] => all.map(() => word);
    assert.deepEqual(await claims(), nobody(undefined));
    await Promise.all(all.map(one => one.begin()));
    for (let round = 0; round < 20; round++) {
      assert.deepEqual(await claims(), nobody(false));
      now += pause;
      assert.deepEqual((await claims()).sort(), [...nobody(false).slice(1), true]);
    }
    await Promise.all(all.map(one => one.end()));
    assert.deepEqual(await claims(), nobody(undefined));
    assert.deepEqual(await readdir(join(path, 'desk')), []);
  });

  const things: readonly (readonly [string, (at: string) => Promise<unknown>])[] = [
    ['a folder', at => mkdir(at)],
    ['a file of 100 GB', at => writeFile(at, '').then(() => truncate(at, 100 * 1024 ** 3))],
  ];
  for (const [name, make] of things) {
    it(`takes ${name} for a mark, and no longer than for that`, async () => {
      await mkdir(join(path, 'desk'));
      await make(join(path, 'desk', `down~${now + pause}`));
      assert.equal(await outage().claim(), false);
      now += pause;
      assert.equal(await outage().claim(), true);
    });
  }
});
