import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { createLive, type Live } from '../../src/live.ts';
import { eventually } from '../support/eventually.ts';

/** A window of the editor with the change file between it and others. */
interface Seen {
  readonly live: Live;
  /** What the window was told: that it came to the front, or lost it, and of changes. */
  readonly told: string[];
  focus(on: boolean): void;
}

describe('the change file between windows', () => {
  let folder: string;
  const open: Live[] = [];
  const failures: unknown[] = [];
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'casebook-live-')), 'live');
    failures.length = 0;
  });
  afterEach(async () => {
    for (const live of open.splice(0)) live.dispose();
    await rm(join(folder, '..'), { recursive: true, force: true });
    assert.deepEqual(failures, []);
  });

  function windowOf(focused: boolean): Seen {
    const state = { focused };
    const listeners = new Set<(state: { focused: boolean }) => unknown>();
    const told: string[] = [];
    const live = createLive({
      folder,
      window: {
        state,
        onDidChangeWindowState: listener => {
          listeners.add(listener);
          return { dispose: () => listeners.delete(listener) };
        },
      },
      turned: front => void told.push(front ? 'front' : 'behind'),
      told: () => void told.push('changed'),
      failed: error => void failures.push(error),
    });
    open.push(live);
    const focus = (on: boolean): void => {
      state.focused = on;
      for (const listener of listeners) listener({ focused: on });
    };
    return { live, told, focus };
  }
  const heard = ({ told }: Seen): boolean => told.includes('changed');
  /** Watching begins a moment after a window opens: changes are told until both hear of one. */
  async function hear(from: Seen, ...to: Seen[]): Promise<void> {
    await eventually(() => {
      from.live.tell();
      assert.ok(to.every(heard));
    });
  }

  it('tells every other window of what the one in front heard, and not the one in front', async () => {
    const [front, second, third] = [windowOf(true), windowOf(false), windowOf(false)];
    await hear(front, second, third);
    assert.deepEqual(front.told, []);
  });

  it('goes with the window in front', async () => {
    const [one, other] = [windowOf(true), windowOf(false)];
    await hear(one, other);
    one.focus(false);
    other.focus(true);
    other.told.length = 0;
    assert.deepEqual([one.live.front(), other.live.front()], [false, true]);
    await hear(other, one);
    assert.deepEqual(other.told, []);
  });

  it('says once that a window came to the front or lost it', () => {
    const one = windowOf(false);
    for (const on of [false, true, true, false]) one.focus(on);
    assert.deepEqual(one.told, ['front', 'behind']);
  });

  it('does not pile up: each change takes away the file of the one before', async () => {
    const [one, other] = [windowOf(true), windowOf(false)];
    await hear(one, other);
    for (let time = 0; time < 20; time++) one.live.tell();
    await eventually(async () => {
      one.live.tell();
      assert.equal((await readdir(folder)).length, 1);
    });
  });

  it('is left alone by a window that closed', async () => {
    const [one, other, closed] = [windowOf(true), windowOf(false), windowOf(false)];
    closed.live.dispose();
    closed.focus(true);
    await hear(one, other);
    assert.deepEqual(closed.told, []);
  });
});
