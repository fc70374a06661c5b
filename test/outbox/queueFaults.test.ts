import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { FileSystem } from '../../src/outbox/files.ts';
import { upon } from '../desk/build.ts';
import { withFolder } from './build.ts';
import { injected, watched } from './faultyFiles.ts';
import {
  away,
  Clock,
  filesIn,
  items,
  keepNote,
  note,
  openWindow,
  RemoteDesk,
  type Fate,
  type Window,
} from './remote.ts';

/**
 * One note of an earlier window waits; this one, whose file system is `fs`, sends it and one of its own, whose answer is
 * lost at first. Then a window on a sound disk sends what is left.
 */
async function oneNoteAfterAnother(folder: string, fs: FileSystem, ends: boolean): Promise<void> {
  const [remote, clock] = [new RemoteDesk(), new Clock()];
  const { id } = remote.addCase(1);
  remote.away = away;
  const earlier = await openWindow(folder, remote, { clock });
  await keepNote(earlier, id, 'earlier');
  earlier.desk.close();
  remote.away = undefined;
  const fates: Fate[] = ['lostAfter'];
  remote.fate = () => fates.pop() ?? 'answered';

  const window = await openWindow(folder, remote, { clock, fs });
  const answer = await window.desk.act(id, note('own'), upon({ revision: 1 }));
  for (let times = 0; times < 4; times++) await window.pass(64_000);
  if (!ends) assert.deepEqual([remote.texts(id)[0], await filesIn(folder, 'n')], ['earlier', []]);
  window.desk.close();
  await window.desk.idle();

  const next = await openWindow(folder, remote, { clock });
  for (let times = 0; times < 4; times++) await next.pass(64_000);
  assert.deepEqual(await items(next), []);
  const kept = answer.ok || answer.error.code === 'queued';
  const texts = remote.texts(id);
  // What could not be kept is the person's still; of a process that ended nobody knows what it said.
  if (kept || (ends && texts.length === 2)) assert.deepEqual(texts, ['earlier', 'own']);
  else assert.deepEqual(texts, ['earlier']);
  assert.deepEqual([...window.desk.outbox.takeQuarantined(), ...next.desk.outbox.takeQuarantined()], []);
  next.desk.close();
  await next.desk.idle();
}

/** How many calls the whole story makes. */
async function countCalls(): Promise<number> {
  let count = 0;
  await withFolder(folder =>
    oneNoteAfterAnother(
      folder,
      watched((_call, nth) => (count = nth + 1)),
      false,
    ),
  );
  return count;
}

describe('What waits for a remote desk, on a disk that fails', () => {
  for (const code of ['EIO', 'ENOSPC', 'EACCES']) {
    it(`is sent once and in order, whichever call answers ${code}`, async function () {
      this.timeout(120_000);
      const count = await countCalls();
      assert.ok(count > 50);
      for (let at = 0; at < count; at++) {
        const strike = (_call: string, nth: number): void => {
          if (nth === at) throw injected(code);
        };
        await withFolder(folder => oneNoteAfterAnother(folder, watched(strike), false)).catch((error: unknown) => {
          throw new Error(`call ${at}`, { cause: error });
        });
      }
    });
  }

  it('is sent once and in order when the process ends before any call', async function () {
    this.timeout(120_000);
    const count = await countCalls();
    for (let at = 0; at < count; at++) {
      const end = (_call: string, nth: number): void => {
        if (nth >= at) throw injected('EKILLED');
      };
      await withFolder(folder => oneNoteAfterAnother(folder, watched(end), true)).catch((error: unknown) => {
        throw new Error(`call ${at}`, { cause: error });
      });
    }
  });
});

describe('Several windows at one outbox, whatever order their file calls and answers happen in', () => {
  it('send each note once, never two at a time, and keep the order of each case', async function () {
    this.timeout(120_000);
    const fate = fc.constantFrom<Fate>('answered', 'lostBefore', 'lostAfter', { code: 'stillRunning' });
    const plan = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 3 });
    const plans = fc.array(plan, { minLength: 2, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), plans, fc.array(fate, { maxLength: 8 }), async (scheduler, windows, luck) => {
        await withFolder(async folder => {
          const [remote, clock] = [new RemoteDesk(), new Clock()];
          const cases = [remote.addCase(1).id, remote.addCase(2).id];
          const left = [...luck];
          remote.fate = () => left.pop() ?? 'answered';
          remote.pause = () => scheduler.schedule(Promise.resolve(), 'network');
          const fs = watched(call => scheduler.schedule(Promise.resolve(), call));
          const open = () => openWindow(folder, remote, { clock, fs, isAlive: () => true });
          const opened = await scheduler.waitFor(Promise.all(windows.map(open)));

          const kept: string[] = [];
          const write = async ({ desk }: Window, text: string, id: string): Promise<void> => {
            const answer = await desk.act(id, note(text), upon({ revision: 1 }));
            if (answer.ok || answer.error.code === 'queued') kept.push(text);
            else assert.equal(answer.error.code, 'conflict');
          };
          const running = opened.flatMap((window, nth) =>
            (windows[nth] ?? []).map((which, word) => write(window, `${nth} ${word}`, cases[which] ?? '')),
          );
          await scheduler.waitFor(Promise.all(running));
          const [first] = opened;
          for (let times = 0; times < 5; times++) await scheduler.waitFor(first?.pass(64_000) ?? Promise.resolve());
          for (const { desk } of opened) desk.close();
          await scheduler.waitFor(Promise.all(opened.map(({ desk }) => desk.idle())));

          remote.pause = () => Promise.resolve();
          const last = await openWindow(folder, remote, { clock });
          for (let times = 0; times < 3; times++) await last.pass(64_000);
          assert.deepEqual(await items(last), []);
          assert.equal(remote.twiceAtATime, 0);
          const texts = cases.flatMap(id => remote.texts(id));
          assert.deepEqual(texts.toSorted(), kept.toSorted());
          for (const id of cases) {
            for (const nth of windows.keys()) {
              const own = remote.texts(id).filter(text => text.startsWith(`${nth} `));
              assert.deepEqual(own, own.toSorted());
            }
          }
          last.desk.close();
        });
      }),
      { numRuns: 60 },
    );
  });
});
