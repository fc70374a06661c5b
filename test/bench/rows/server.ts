// What the team desk adds over HTTP to fastify and a driver, on 100,000 cases: the server and what it is compared with are
// processes of their own. And how long it takes until somebody else knows of a write.
import { randomUUID } from 'node:crypto';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '../../../src/desk/desk.ts';
import type { CaseSummary } from '../../../src/desk/case.ts';
import { newCase } from '../../desk/build.ts';
import { startProcess, startServing, tokenFor, type DeskProcess } from '../../server/support/process.ts';
import { filledDesk } from '../support/desk.ts';
import { compare, ms, type Bench, type Figure } from '../support/figure.ts';
import { connect, hearing } from '../support/hearing.ts';
import { filledPostgres } from '../support/postgres.ts';
import { asking, timed, type Ask, type Taken } from '../support/requests.ts';
import { takeTurns, type Turns } from '../support/turns.ts';

const size = 100_000;
const workers = 16;
const pages = 480;
const writes = 480;
const pushes = 30;
const body = JSON.stringify(newCase({ contact: 'Jana' }));

export const startBare = (at: string): Promise<DeskProcess> =>
  startServing([fileURLToPath(new URL('../floor/bareServer.ts', import.meta.url)), at], {});

export async function serverOnSqlite(bench: Bench, folder: string): Promise<Figure[]> {
  const [data, bare] = [join(folder, 'server'), join(folder, 'bare')];
  const filled = await filledDesk(size);
  await mkdir(join(data, 'tenants'), { recursive: true });
  await cp(filled, join(data, 'tenants', 'main'), { recursive: true });
  await cp(filled, bare, { recursive: true });
  return measure(
    bench,
    'SQLite',
    await tokenFor(data),
    () => startProcess(data),
    () => startBare(bare),
  );
}

export async function serverOnPostgres(bench: Bench, folder: string): Promise<Figure[]> {
  const filled = await filledPostgres(size);
  const data = join(folder, 'server-postgres');
  await mkdir(data);
  try {
    const token = await tokenFor(data, 'bench', filled.url);
    const [what = ''] = filled.server.what.split(',');
    return await measure(
      bench,
      what,
      token,
      () => startProcess(data, filled.url),
      () => startBare(filled.url),
    );
  } finally {
    await filled.close();
  }
}

async function measure(
  { runs = 11, selfCheck }: Bench,
  what: string,
  token: string,
  startDesk: () => Promise<DeskProcess>,
  startFloor: () => Promise<DeskProcess>,
): Promise<Figure[]> {
  const processes = [await startDesk(), await startFloor()];
  const [desk, bare] = processes.map(({ url }) => asking(url, workers + 1));
  try {
    if (!desk || !bare) throw new Error('no servers');
    const against = async (floor: () => Promise<Taken>, subject: () => Promise<Taken>): Promise<Turns<Taken>> => {
      const sides = [floor, selfCheck ? floor : subject] as const;
      await takeTurns(2, ...sides);
      return takeTurns(runs, ...sides);
    };
    const file = filing(desk.ask, token);
    const insert = (): Promise<unknown> => bare.ask({ path: '/items', body });
    const listed = await against(barePages(bare.ask), deskPages(desk.ask, token));
    const filed = await against(
      () => timed<unknown>(writes, workers, undefined, insert),
      () => timed<unknown>(writes, workers, undefined, file),
    );
    const [subject, floor] = await Promise.all([
      connect(processes[0]?.url ?? '', token, file),
      hearing(processes[1]?.url ?? ''),
    ]);
    const pushed = await against(
      () => timed<unknown>(pushes, 1, undefined, () => Promise.all([floor.next(), insert()])),
      () => timed<unknown>(pushes, 1, undefined, () => Promise.all([subject.next(), file()])),
    );
    floor.close();
    subject.close();
    return [
      ...figures(`pages of 100 out of 100,000 cases over HTTP, ${what}`, listed),
      ...figures('cases filed over HTTP', filed),
      compare({ what: '… from a write to a second client', turns: part(pushed, 'p50'), unit: ms }),
    ];
  } finally {
    for (const side of [desk, bare]) side?.close();
    for (const { process: server } of processes) server.kill('SIGTERM');
    await Promise.all(processes.map(({ ended }) => ended));
  }
}

const part = (turns: Turns<Taken>, which: keyof Taken): Turns<number> => ({
  floor: turns.floor.map(taken => taken[which]),
  subject: turns.subject.map(taken => taken[which]),
});
const perSecond = (each: number): string => `${(1_000 / each).toFixed(0)} / s`;
const figures = (what: string, turns: Turns<Taken>): Figure[] => [
  compare({ what: `${what}, ${String(workers)} at once`, turns: part(turns, 'each'), unit: perSecond, most: 3 }),
  compare({ what: '… p50', turns: part(turns, 'p50'), unit: ms, most: 3 }),
  compare({ what: '… p99', turns: part(turns, 'p99'), unit: ms, most: 3 }),
];

export function filing(ask: Ask, token: string): () => Promise<string> {
  return () =>
    ask({ path: '/v1/cases', body, headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() } });
}

function barePages(ask: Ask): () => Promise<Taken> {
  interface Row {
    readonly updated_at: number;
    readonly number: number;
  }
  const newest: Row = { updated_at: Number.MAX_SAFE_INTEGER, number: 2 ** 31 - 1 };
  return () =>
    timed(pages, workers, newest, async ({ updated_at, number }) => {
      const path = `/items?at=${String(updated_at)}&number=${String(number)}`;
      return (JSON.parse(await ask({ path })) as Row[]).at(-1) ?? newest;
    });
}

function deskPages(ask: Ask, token: string): () => Promise<Taken> {
  const headers = { authorization: `Bearer ${token}` };
  return () =>
    timed(pages, workers, '', async cursor => {
      const path = `/v1/cases?limit=100${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
      return (JSON.parse(await ask({ path, headers })) as Page<CaseSummary>).next ?? '';
    });
}
