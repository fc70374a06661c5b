import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { SourceOfHealth } from '../../src/host/services.ts';
import { answering, type Answer, type Asked } from '../commands/support/answers.ts';
import { ground, type Ground } from '../commands/support/ground.ts';
import { noon } from '../views/support/builders.ts';

/** The public half of the key of the person at the ground. */
const own = `MCowBQYDK2VwAyEA${'A'.repeat(43)}=`;
const source = (id: string, over: Partial<SourceOfHealth> = {}): SourceOfHealth => ({
  ...{ id, label: `Label of ${id}` },
  state: {
    due: noon,
    reading: { ...{ source: id, name: '', asOf: noon, partial: false }, services: [], issues: [], notices: [] },
  },
  ...over,
});

describe('publishing service health', () => {
  let on: Ground;
  let person: Asked;
  const answer = (...answers: Answer[]) => (person = answering(...answers));
  beforeEach(() => {
    on = ground();
    on.place.settings = { person: 'Jana Novak', healthKeys: { jana: own } };
    on.sources = [source('graph:china')];
    on.desk.members = () => [
      { id: 'local', name: 'Here' },
      { id: 'old', name: 'Old desk' },
      { id: 'team', name: 'Team desk' },
    ];
    const usual = on.desk.capabilities();
    on.desk.capabilities = where => ({ ...usual, healthSnapshots: where?.desk === 'team' });
    answer();
  });
  afterEach(() => person.restore());

  it('goes to the desk that keeps it, signed under the name that the policy gives the key', async () => {
    answer('\u2068Team desk');
    await on.run('casebook.publishHealth');
    assert.deepEqual(on.desk.snapshots, ['signed']);
    assert.match(on.calls.join('\n'), /^sign\(.*,\{"by":"Jana Novak","key":"jana"\},500000\)$/);
    assert.match(person.shown.at(-1) ?? '', /^info: Published\. Others see it as seen by you until /);
  });

  it('offers no desk of an older version, and no source that somebody else has seen', async () => {
    on.sources = [source('graph:china'), source('snapshot:x', { seenBy: { by: 'Ada', publishedAt: noon } })];
    answer('\u2068Old desk');
    await assert.rejects(on.run('casebook.publishHealth'), /No .*Old desk in: /);
    on.sources = on.sources.slice(1);
    await on.run('casebook.publishHealth');
    assert.equal(person.shown.at(-1), 'info: There is nothing to publish, or nowhere to publish it to.');
    assert.deepEqual(on.desk.snapshots, []);
  });

  it('asks which source where there are several', async () => {
    on.sources = [source('graph:china'), source('graph:worldwide')];
    answer('\u2068Label of graph:worldwide', '\u2068Team desk');
    await on.run('casebook.publishHealth');
    assert.match(on.calls.join('\n'), /"source":"graph:worldwide"/);
  });

  it('publishes nothing before the policy names the key, and copies it for that', async () => {
    on.place.settings = { person: 'Jana Novak', healthKeys: { eve: own.replace('AAAA=', 'BBBB=') } };
    answer('Copy key');
    await on.run('casebook.publishHealth');
    assert.equal(await vscode.env.clipboard.readText(), `"healthKeys": {"Jana-Novak":"${own}"}`);
    assert.deepEqual(on.desk.snapshots, []);
  });

  it('says what kept it from being published', async () => {
    on.signed = undefined;
    answer('\u2068Team desk');
    await on.run('casebook.publishHealth');
    assert.equal(person.shown.at(-1), 'warning: It could not be published.');
    on.signed = 'signed';
    on.desk.trouble = { code: 'storageFull' };
    person.restore();
    answer('\u2068Team desk');
    await on.run('casebook.publishHealth');
    const told = person.shown.filter(one => one.startsWith('warning'));
    assert.equal(told.length, 1, person.shown.join('\n'));
    assert.match(told[0] ?? '', /full/);
    assert.deepEqual(on.desk.snapshots, []);
  });
});
