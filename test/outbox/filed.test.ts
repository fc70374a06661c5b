import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { Desk } from '../../src/desk/desk.ts';
import { fail, ok } from '../../src/desk/errors.ts';
import { endFiledDrafts } from '../../src/outbox/filed.ts';
import { valueOf } from '../support/storage.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';
import { content, drafts, withFolder } from './build.ts';

describe('drafts that were filed before a crash', () => {
  const desk = (filedAs: Desk['filedAs']): Desk => ({ ...memoryDesk(), filedAs });

  it('end, and no other draft does', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      const filed = valueOf(await store.create(content({ title: 'Filed' })));
      const kept = valueOf(await store.create(content({ title: 'Kept' })));
      const asked = desk(key => Promise.resolve(ok(key === filed.key ? 'a case' : undefined)));
      assert.equal(await endFiledDrafts(store, () => Promise.resolve(ok(asked))), 1);
      assert.deepEqual(valueOf(await store.list()), [kept]);
    }));

  it('end too when they are kept to be sent', () =>
    withFolder(async folder => {
      const store = drafts(folder);
      const { key } = valueOf(await store.create(content()));
      const asked = desk(asking => Promise.resolve(fail({ code: 'queued', item: asking })));
      assert.equal(await endFiledDrafts(store, () => Promise.resolve(ok(asked))), 1);
      assert.deepEqual(valueOf(await store.list()), [], key);
    }));

  for (const [name, open] of [
    ['a desk that does not open', () => Promise.resolve(fail({ code: 'failed' } as const))],
    ['a desk that does not answer', () => Promise.resolve(ok(desk(() => Promise.resolve(fail({ code: 'failed' })))))],
  ] as const) {
    it(`stay with ${name}`, () =>
      withFolder(async folder => {
        const store = drafts(folder);
        const kept = valueOf(await store.create(content()));
        assert.equal(await endFiledDrafts(store, open), 0);
        assert.deepEqual(valueOf(await store.list()), [kept]);
      }));
  }

  it('do not open a desk when there are none', () =>
    withFolder(async folder => {
      const never = () => Promise.reject(new Error('The desk was opened.'));
      assert.equal(await endFiledDrafts(drafts(folder), never), 0);
    }));
});
