import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import * as nodeFs from 'node:fs/promises';
import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { DraftStore } from '../../src/desk/drafts.ts';
import type { FileSystem } from '../../src/outbox/files.ts';
import { value } from '../desk/build.ts';
import { content, drafts, withFolder } from './build.ts';

const calls = ['link', 'mkdir', 'open', 'readdir', 'readFile', 'rename', 'stat', 'unlink'] as const;

/** A file system whose calls happen in an order of fast-check's choosing. */
function scheduled(scheduler: fc.Scheduler, links: boolean): FileSystem {
  const wrap = (name: (typeof calls)[number]): unknown => {
    const real = nodeFs[name] as (...values: never[]) => Promise<unknown>;
    const refused = (): Promise<never> => Promise.reject(Object.assign(new Error('no links'), { code: 'ENOTSUP' }));
    const call = name === 'link' && !links ? refused : real;
    return async (...values: never[]) => {
      await scheduler.schedule(Promise.resolve(), name);
      return call(...values);
    };
  };
  return Object.fromEntries(calls.map(name => [name, wrap(name)])) as unknown as FileSystem;
}

/** Words added to one draft, as a person types them: what was read is written with a word more. */
interface Typed {
  readonly acknowledged: string[];
  readonly refused: string[];
  discarded: boolean;
}

async function type(store: DraftStore, id: string, words: number, typed: Typed): Promise<void> {
  for (let tries = 0; tries < words * 2; tries++) {
    const draft = await store.read(id);
    if (!draft.ok) {
      assert.equal(draft.error.code, 'notFound');
      return;
    }
    const word = randomUUID().slice(0, 8);
    const text = `${draft.value.content.text} ${word}`;
    const written = await store.write(id, draft.value.revision, content({ text }));
    if (written.ok) typed.acknowledged.push(word);
    else typed.refused.push(word);
    if (!written.ok) assert.ok(['conflict', 'notFound'].includes(written.error.code), written.error.code);
  }
}

describe('One draft in several windows, whatever order their file calls happen in', () => {
  for (const links of [true, false]) {
    it(`loses no acknowledged word and never returns from a discard${links ? '' : ', without links too'}`, async function () {
      this.timeout(120_000);
      const windows = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), windows, fc.boolean(), async (scheduler, plan, discards) => {
          await withFolder(async folder => {
            const { id } = value(await drafts(folder).create(content()));
            const typed: Typed = { acknowledged: [], refused: [], discarded: false };
            const window = (): DraftStore => drafts(folder, { fs: scheduled(scheduler, links) });
            const running = plan.map(words => type(window(), id, words, typed));
            if (discards) {
              const discarding = window().discard(id);
              running.push(discarding.then(done => void (typed.discarded = done.ok)));
            }
            await scheduler.waitFor(Promise.all(running));

            const fresh = drafts(folder);
            const left = await fresh.read(id);
            if (typed.discarded) {
              assert.equal(left.ok, false);
              assert.deepEqual(await readdir(folder), [`${id}.gone`]);
              return;
            }
            const words = value(left).content.text.split(' ').slice(1);
            for (const word of typed.acknowledged) assert.ok(words.includes(word), `${word} was lost`);
            assert.equal(new Set(words).size, words.length);
            for (const word of words) assert.ok([...typed.acknowledged, ...typed.refused].includes(word));
            assert.deepEqual(fresh.takeQuarantined(), []);
          });
        }),
        { numRuns: 60 },
      );
    });
  }
});
