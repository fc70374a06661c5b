// A window of its own, as a process: `node window.ts TASK FOLDER ...`. Says what it did by messages.
import { randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CaseAction } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { fileCase, newCase, value } from '../desk/build.ts';
import { deskOver, openStore } from './bench.ts';

const [task = '', folder = '', ...more] = process.argv.slice(2);
const say = (message: object): void => {
  process.send?.(message);
};
const told = (): Promise<unknown> => new Promise(resolve => process.once('message', resolve));
const note = (text: string): CaseAction => ({ kind: 'annotate', text, files: [] });

async function ownDesk(): Promise<Desk> {
  return deskOver((await openStore(folder, { durability: 'FULL' })).store, {}, Date.now);
}

/** Adds a note however often others come first. */
async function insist(desk: Desk, id: string, text: string): Promise<void> {
  for (const key = randomUUID(); ;) {
    const { revision } = value(await desk.get(id));
    const answer = await desk.act(id, note(text), { key, revision });
    if (answer.ok) return;
    if (answer.error.code !== 'conflict' && answer.error.code !== 'busy') throw new Error(answer.error.code);
  }
}

const tasks: Readonly<Record<string, () => Promise<void>>> = {
  /** Runs SQL and ends as if killed, without closing the database. */
  crash: () => {
    const database = new DatabaseSync(join(folder, 'desk.sqlite'));
    database.exec('PRAGMA wal_autocheckpoint = 0');
    for (const sql of more) database.exec(sql);
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  },
  /** Files a case when told to. */
  file: async () => {
    const desk = await ownDesk();
    say({ ready: true });
    await told();
    say({ id: (await fileCase(desk)).id });
    desk.close();
    process.disconnect();
  },
  /** Adds so many notes to one case. */
  notes: async () => {
    const desk = await ownDesk();
    const [id = '', name = '', count = ''] = more;
    for (let index = 0; index < Number(count); index++) await insist(desk, id, `${name} ${index}`);
    desk.close();
    process.disconnect();
  },
  /** Files cases without end and says each one that was acknowledged. */
  endless: async () => {
    const desk = await ownDesk();
    for (;;) say({ id: value(await desk.file(newCase(), { key: randomUUID() })).id });
  },
  /** Opens, says what was moved aside, and closes when told. */
  open: async () => {
    const { store, movedAside } = await openStore(folder);
    say({ movedAside: movedAside ?? null });
    await told();
    store.close();
    process.disconnect();
  },
  /** Overwrites part of the database behind everybody's back. */
  scribble: async () => {
    const [from = '0', length = '0'] = more;
    const file = await open(join(folder, 'desk.sqlite'), 'r+');
    await file.write(Buffer.alloc(Number(length), 0xa5), 0, Number(length), Number(from));
    await file.close();
    process.disconnect();
  },
};
await tasks[task]?.();
