import { strict as assert } from 'node:assert';
import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CaseAction } from '../../src/desk/case.ts';
import type { Write } from '../../src/desk/desk.ts';
import { eventually } from '../support/eventually.ts';
import { idOf } from '../views/support/builders.ts';
import { withFolder } from './build.ts';
import { RemoteDesk } from './remote.ts';
import type { Task } from './worker.ts';

export interface Plan {
  readonly seed: number;
  readonly windows: number;
  readonly notes: number;
  readonly kills: number;
  /** The part of answers that are dropped after the desk did what was asked. */
  readonly dropped: number;
  readonly boundMs: number;
}
export interface Account {
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly kills: number;
  /** How often a note came again that the desk had done already: without keys each would be doubled. */
  readonly repeats: number;
}

/** A generator of numbers from 0 to 1 that a seed repeats (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const script = fileURLToPath(new URL('worker.ts', import.meta.url));
const cases = 6;
/** About as many calls as a window makes to start and write a few notes: it dies at each of them now and then. */
const failpoints = 240;

/** The desk as a server that drops some answers. */
async function serve(remote: RemoteDesk, drops: () => boolean): Promise<Server> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { id, action, write } = JSON.parse(Buffer.concat(chunks).toString()) as {
        readonly id: string;
        readonly action: CaseAction;
        readonly write: Write;
      };
      const { desk } = remote;
      void (request.url === '/get' ? desk.get(id) : desk.act(id, action, write)).then(answer => {
        if (drops()) request.socket.destroy();
        else response.end(JSON.stringify(answer));
      });
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** Windows write notes and are killed at random and at every call, until the last note is sent; says what came of it. */
export async function writeUnderKills(plan: Plan): Promise<Account> {
  const random = seeded(plan.seed);
  const remote = new RemoteDesk();
  for (let number = 1; number <= cases; number++) remote.addCase(number);
  const server = await serve(remote, () => random() < plan.dropped);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running = new Set<ChildProcess>();
  let kills = 0;
  const keys: string[] = [];

  /** One window, opened again each time it dies, until it has written all its notes. */
  async function window(folder: string, nth: number): Promise<void> {
    const count = Math.ceil(plan.notes / plan.windows);
    let left = Array.from({ length: count }, (_, index) => {
      const key = randomUUID();
      keys.push(key);
      return { key, caseId: idOf(1 + ((nth + index) % cases)), text: `${nth} ${index}` };
    });
    for (;;) {
      const dies = kills < plan.kills && random() < 0.5 ? Math.floor(random() * failpoints) : undefined;
      const killAfter = kills < plan.kills && dies === undefined ? Math.floor(random() * 20) : undefined;
      const task: Task = { folder, url, notes: left, dieAt: dies };
      const child = fork(script, { execArgv: ['--no-warnings'] });
      child.send(task);
      running.add(child);
      let heard = 0;
      const done = await new Promise<boolean>((resolve, reject) => {
        child.on('message', message => {
          if (message === 'done') resolve(true);
          else if (typeof message === 'object') reject(new Error(JSON.stringify(message)));
          else left = left.filter(({ key }) => key !== message);
          if (heard++ === killAfter) child.kill('SIGKILL');
        });
        child.on('exit', (code, signal) => {
          running.delete(child);
          if (signal === 'SIGKILL') resolve(false);
          else reject(new Error(`a window ended with ${String(code)}`));
        });
      });
      if (done) return;
      kills++;
    }
  }

  let account: Account | undefined;
  await withFolder(async folder => {
    try {
      await Promise.all(Array.from({ length: plan.windows }, (_, nth) => window(folder, nth)));
      await eventually(async () => {
        const waiting = (await readdir(join(folder, 'outbox', 'i'))).filter(name => name.endsWith('.json'));
        assert.deepEqual(waiting, []);
      }, plan.boundMs);
      account = accountOf(remote, plan, keys, kills);
    } finally {
      for (const child of running) {
        child.removeAllListeners('exit');
        await new Promise(resolve => child.once('exit', resolve).kill('SIGKILL'));
      }
      server.close();
      server.closeAllConnections();
    }
  });
  assert.ok(account);
  return account;
}

function accountOf(remote: RemoteDesk, { windows }: Plan, keys: readonly string[], kills: number): Account {
  let [doubled, outOfOrder, found] = [0, 0, 0];
  for (const id of remote.cases.keys()) {
    const texts = remote.texts(id);
    found += new Set(texts).size;
    doubled += texts.length - new Set(texts).size;
    for (let nth = 0; nth < windows; nth++) {
      const own = texts.filter(text => text.startsWith(`${nth} `)).map(text => Number(text.split(' ')[1]));
      for (const [index, number] of own.entries()) if (number < (own[index - 1] ?? -1)) outOfOrder++;
    }
  }
  return { lost: keys.length - found, doubled, outOfOrder, kills, repeats: remote.repeats };
}
