import assert from 'node:assert/strict';
import { startingContent } from '../../src/forms/draftContent.ts';
import { DraftWriter, rescueDoubt, type DraftState } from '../../src/forms/draftWriter.ts';
import { settingsWith } from '../support/settings.ts';
import { good } from './support/desk.ts';
import { memoryDrafts } from './support/memoryDrafts.ts';

const blank = startingContent(settingsWith());
const titled = (title: string) => ({ ...blank, title });

/** Everything that could go on has. */
const nothingMore = () => new Promise(resolve => setImmediate(() => setImmediate(resolve)));

async function writing() {
  const drafts = memoryDrafts(() => 1_000);
  const draft = good(await drafts.create(blank));
  const states: DraftState[] = [];
  const writer = new DraftWriter(drafts, draft, state => states.push(state));
  const onDisk = () => drafts.kept.get(writer.id)?.content;
  return { drafts, draft, writer, states, onDisk };
}

describe('DraftWriter', () => {
  it('writes the first keystroke at once and the last one for sure, whatever the pace', async () => {
    const { drafts, writer, onDisk } = await writing();
    for (const letter of ['M', 'Ma', 'Mai', 'Mail']) writer.set(titled(letter));
    assert.ok(await writer.flush());
    assert.equal(onDisk()?.title, 'Mail');
    assert.equal(drafts.writes, 2);
  });

  it('never writes over what another window wrote, and keeps both texts', async () => {
    const { drafts, draft, writer, states, onDisk } = await writing();
    good(await drafts.write(draft.id, 1, titled('theirs')));
    writer.set(titled('mine'));
    assert.equal(await writer.flush(), false);
    assert.deepEqual(states.at(-1), { kind: 'changed' });
    assert.equal(onDisk()?.title, 'theirs');
    assert.equal(writer.content.title, 'mine');
    writer.set(titled('mine, longer'));
    await writer.flush();
    assert.equal(onDisk()?.title, 'theirs');
  });

  it('keeps mine as a new draft, with a key of its own', async () => {
    const { drafts, draft, writer, onDisk } = await writing();
    good(await drafts.write(draft.id, 1, titled('theirs')));
    writer.set(titled('mine'));
    await writer.flush();
    assert.ok(await writer.keepAsNew());
    assert.notEqual(writer.id, draft.id);
    assert.notEqual(writer.key, draft.key);
    assert.equal(onDisk()?.title, 'mine');
    writer.set(titled('mine, longer'));
    assert.ok(await writer.flush());
    assert.equal(onDisk()?.title, 'mine, longer');
    assert.equal(drafts.kept.get(draft.id)?.content.title, 'theirs');
  });

  it('shows the other text on request, and writes on from its revision', async () => {
    const { drafts, draft, writer, onDisk } = await writing();
    good(await drafts.write(draft.id, 1, titled('theirs')));
    writer.set(titled('mine'));
    await writer.flush();
    assert.ok(await writer.takeOther());
    assert.equal(writer.content.title, 'theirs');
    writer.set(titled('theirs, longer'));
    assert.ok(await writer.flush());
    assert.equal(onDisk()?.title, 'theirs, longer');
  });

  it('takes a page before its draft is on disk, and neither writes nor looks until it is', async () => {
    const drafts = memoryDrafts(() => 1_000);
    const { draft, create } = drafts.begin(blank);
    const slow = Promise.withResolvers<undefined>();
    const states: DraftState[] = [];
    const writer = new DraftWriter(drafts, draft, state => states.push(state), slow.promise);
    let settled = 0;
    const ends = [writer.look(), writer.flush()].map(end => end.then(() => settled++));
    await nothingMore();
    writer.set(titled('at once'));
    await nothingMore();
    assert.deepEqual([drafts.writes, settled, states], [0, 0, []]);
    good(await create());
    slow.resolve(undefined);
    await Promise.all(ends);
    assert.ok(await writer.flush());
    assert.equal(drafts.kept.get(draft.id)?.content.title, 'at once');
  });

  it('notices a write and an end by another window before the next keystroke', async () => {
    const { drafts, draft, writer } = await writing();
    await writer.look();
    assert.equal(writer.state.kind, 'saved');
    good(await drafts.write(draft.id, 1, titled('theirs')));
    await writer.look();
    assert.equal(writer.state.kind, 'changed');
    const other = await writing();
    good(await other.drafts.discard(other.draft.id));
    await other.writer.look();
    assert.equal(other.writer.state.kind, 'gone');
    other.writer.set(titled('mine'));
    assert.equal(await other.writer.flush(), false);
    assert.ok(await other.writer.keepAsNew());
    assert.equal(other.onDisk()?.title, 'mine');
  });

  it('keeps what is typed while the windows disagree, so that no crash takes it', async () => {
    const { drafts, draft, writer } = await writing();
    assert.equal(await rescueDoubt(drafts, draft.id), undefined);
    good(await drafts.write(draft.id, 1, titled('theirs')));
    await writer.look();
    assert.equal(writer.inDoubt, false);
    writer.set(titled('typed in doubt'));
    await writer.flush();
    assert.equal(writer.inDoubt, true);
    assert.equal(drafts.kept.size, 1);
    const rescued = await rescueDoubt(drafts, draft.id);
    assert.equal(rescued?.content.title, 'typed in doubt');
    assert.equal(drafts.kept.size, 2);
    assert.equal(await rescueDoubt(drafts, draft.id), undefined);
  });

  it('forgets the doubt once the person has chosen', async () => {
    for (const choose of ['takeOther', 'keepAsNew'] as const) {
      const { drafts, draft, writer } = await writing();
      good(await drafts.write(draft.id, 1, titled('theirs')));
      writer.set(titled('mine'));
      await writer.flush();
      assert.ok(await writer[choose]());
      assert.equal(await rescueDoubt(drafts, draft.id), undefined);
    }
  });

  for (const code of ['storageFull', 'storageReadOnly', 'failed'] as const) {
    it(`says when the disk refuses (${code}), and saves when it works again`, async () => {
      const { drafts, writer, states, onDisk } = await writing();
      writer.set(titled('safe'));
      await writer.flush();
      drafts.broken = { code };
      writer.set(titled('safe and more'));
      assert.equal(await writer.flush(), false);
      assert.deepEqual(states.at(-1), { kind: 'failed', error: { code } });
      assert.equal(onDisk()?.title, 'safe');
      drafts.broken = undefined;
      assert.ok(await writer.flush());
      assert.equal(onDisk()?.title, 'safe and more');
      writer.dispose();
    });
  }
});
