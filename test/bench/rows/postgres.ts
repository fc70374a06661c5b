// What a team desk adds to PostgreSQL, on 100,000 cases; what HTTP adds is measured elsewhere.
import { randomUUID } from 'node:crypto';
import type { CaseSummary } from '../../../src/desk/case.ts';
import type { Desk, Page } from '../../../src/desk/desk.ts';
import { summaryColumns } from '../../../src/stores/rows.ts';
import { newCase, value } from '../../desk/build.ts';
import { compare, ms, type Bench, type Figure } from '../support/figure.ts';
import { filledPostgres, type FilledPostgres } from '../support/postgres.ts';
import { median, takeTurns } from '../support/turns.ts';

const size = 100_000;
const page = 200;
/** Pages read and cases filed one after another in each turn. */
const batch = 20;
const writers = 16;

type Work = () => Promise<unknown>;
async function perItem(work: Work, items: number): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / items;
}

export async function postgres({ runs = 21, selfCheck }: Bench): Promise<Figure[]> {
  const filled = await filledPostgres(size);
  const { desk, pool, server } = filled;
  const against = async (what: string, items: number, floor: Work, subject: Work, most?: number): Promise<Figure> => {
    const work = [() => perItem(floor, items), () => perItem(selfCheck ? floor : subject, items)] as const;
    await takeTurns(3, ...work);
    const turns = await takeTurns(runs, ...work);
    return compare({ what, turns, unit: ms, ...(most !== undefined && { most }) });
  };
  try {
    await pool.query('CREATE TABLE bare (id text PRIMARY KEY, body text NOT NULL)');
    const insert = (): Promise<unknown> => pool.query('INSERT INTO bare VALUES ($1, $2)', [randomUUID(), body]);
    const file = async (): Promise<unknown> => value(await desk.file(newCase(), { key: randomUUID() }));
    const atOnce = (work: Work) => (): Promise<unknown> =>
      Promise.all(Array.from({ length: writers }, () => inTurn(batch, work)));
    const [what] = server.what.split(',');
    return [
      await against(
        `page of ${page} out of 100,000 cases, ${what ?? ''}`,
        batch,
        barePages(filled),
        deskPages(desk),
        3,
      ),
      await against(
        '… a case filed',
        batch,
        () => inTurn(batch, insert),
        () => inTurn(batch, file),
      ),
      await against(`… a case filed, ${writers} at once`, batch * writers, atOnce(insert), atOnce(file)),
      await alone('… found by 2 words in 1 case', () =>
        desk.list({ text: `mailbox ${40_000 + (asked++ % 8)}` }, { limit: page }),
      ),
      await alone('… found by 1 word in all cases', () => desk.list({ text: 'mailbox' }, { limit: page })),
      await alone('… counted by status', () => desk.count({}, 'status')),
    ];
  } finally {
    await filled.close();
  }
}

let asked = 0;
const body = JSON.stringify(newCase());
async function inTurn(count: number, work: Work): Promise<void> {
  for (let done = 0; done < count; done++) await work();
}

function barePages({ pool }: FilledPostgres): Work {
  const text = `SELECT ${summaryColumns} FROM casebook.cases WHERE tenant = 1 AND (updated_at, number) < ($1, $2)
    ORDER BY updated_at DESC, number DESC LIMIT ${page}`;
  return async () => {
    let place: unknown[] = [Number.MAX_SAFE_INTEGER, 2 ** 31 - 1];
    for (let read = 0; read < batch; read++) {
      const { rows } = await pool.query<Record<string, unknown>>(text, place);
      place = [rows.at(-1)?.['updated_at'], rows.at(-1)?.['number']];
    }
  };
}
function deskPages(desk: Desk): Work {
  return async () => {
    let cursor: string | undefined;
    for (let read = 0; read < batch; read++) {
      const found: Page<CaseSummary> = value(
        await desk.list({}, { limit: page, ...(cursor !== undefined && { cursor }) }),
      );
      cursor = found.next;
    }
  };
}

async function alone(what: string, work: () => ReturnType<Desk['list']> | ReturnType<Desk['count']>): Promise<Figure> {
  const taken: number[] = [];
  for (let run = 0; run < 11; run++) {
    const begin = performance.now();
    const answer = await work();
    taken.push(performance.now() - begin);
    if (!answer.ok) throw new Error(`The desk refused: ${answer.error.code}`);
  }
  return { what, floor: '', casebook: ms(median(taken)) };
}
