// What the local desk adds to SQLite, on 100,000 cases.
import type { CaseAction } from '../../../src/desk/case.ts';
import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CaseQuery, Desk } from '../../../src/desk/desk.ts';
import { summaryColumns } from '../../../src/stores/rows.ts';
import { filledDesk, openDesk, someCases, troubles } from '../support/desk.ts';
import { compare, ms, type Bench, type Figure } from '../support/figure.ts';
import { median, takeTurns } from '../support/turns.ts';

const size = 100_000;
const page = 200;
/** Pages read, and cases saved, one after another in each turn. */
const batch = 20;
const pageSql = `SELECT ${summaryColumns} FROM cases WHERE (updated_at, number) < (?, ?)
  ORDER BY updated_at DESC, number DESC LIMIT ${page}`;

type Work = () => Promise<unknown> | undefined;

async function perItem(work: Work): Promise<number> {
  const begin = performance.now();
  await work();
  return (performance.now() - begin) / batch;
}

export async function list({ runs = 31, selfCheck }: Bench, folder: string): Promise<Figure[]> {
  const copy = join(folder, 'desk');
  await cp(await filledDesk(size), copy, { recursive: true });
  const database = new DatabaseSync(join(copy, 'desk.sqlite'));
  const notes = new DatabaseSync(join(folder, 'notes.sqlite'));
  const statement = database.prepare(pageSql);
  const bare = () => {
    let place: unknown[] = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
    for (let read = 0; read < batch; read++) {
      const last = statement.all(...(place as number[])).at(-1);
      place = [last?.['updated_at'], last?.['number']];
    }
    return undefined;
  };
  const desk = await openDesk(copy);
  const against = async (floor: Work, subject: Work) => {
    const work = [() => perItem(floor), () => perItem(selfCheck ? floor : subject)] as const;
    await takeTurns(3, ...work);
    return takeTurns(runs, ...work);
  };
  try {
    const what = `page of ${page} out of ${size.toLocaleString('en')} cases`;
    const pages = await against(bare, () => readPages(desk));
    const figures = [compare({ what, turns: pages, unit: ms, most: 3 })];
    if (selfCheck) return figures;
    notes.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE notes (text TEXT)');
    return [...figures, ...(await others(desk, copy, notes, against))];
  } finally {
    desk.close();
    database.close();
    notes.close();
  }
}

/** Figures without a budget. */
async function others(
  desk: Desk,
  folder: string,
  database: DatabaseSync,
  against: (floor: Work, subject: Work) => ReturnType<typeof takeTurns<number>>,
): Promise<Figure[]> {
  const alone = async (what: string, works: readonly (() => Promise<unknown>)[]): Promise<Figure> => {
    const taken: number[] = [];
    for (const work of works) {
      const begin = performance.now();
      await work();
      taken.push(performance.now() - begin);
    }
    return { what, floor: '', casebook: ms(median(taken)) };
  };
  const often = (work: () => Promise<unknown>) => Array.from({ length: 11 }, () => work);
  // Each search is another one, since the desk remembers the latest.
  const search = (...texts: readonly string[]) =>
    texts.map(text => () => answered(desk.list({ text }, { limit: page })));
  const cases = await Promise.all(someCases(folder, batch).map(id => answered(desk.get(id))));
  const saveNotes = async () => {
    for (const one of cases) {
      const action: CaseAction = { kind: 'annotate', text: noteOn(one.id), files: [] };
      one.revision = (await answered(desk.act(one.id, action, { key: randomUUID(), revision: one.revision }))).revision;
    }
  };
  const insert = database.prepare('INSERT INTO notes (text) VALUES (?)');
  const insertNotes = () => {
    for (const { id } of cases) {
      database.exec('BEGIN IMMEDIATE');
      insert.run(noteOn(id));
      database.exec('COMMIT');
    }
    return undefined;
  };
  return [
    await alone(
      '… found by 2 words in 1 case',
      search(...troubles.map((word, index) => `${word} ${40_000 + ((index * 7) % 8)}`)),
    ),
    await alone('… found by 1 word in 12,500 cases', search(...troubles)),
    await alone(
      '… of one group of the view',
      often(() => answered(desk.list({ status: ['waitingForSupport'] }, { limit: page }))),
    ),
    await alone(
      'cases counted by status',
      often(() => answered(desk.count({}, 'status'))),
    ),
    compare({ what: 'one note saved', turns: await against(insertNotes, saveNotes), unit: ms }),
  ];
}

async function answered<Value>(
  asked: Promise<{ ok: true; value: Value } | { ok: false; error: unknown }>,
): Promise<Value> {
  const answer = await asked;
  if (!answer.ok) throw new Error(`The desk refused: ${JSON.stringify(answer.error)}`);
  return answer.value;
}

async function readPages(desk: Desk): Promise<void> {
  let cursor: string | undefined;
  const query: CaseQuery = {};
  for (let read = 0; read < batch; read++) {
    const answer = await answered(desk.list(query, { limit: page, ...(cursor !== undefined && { cursor }) }));
    cursor = answer.next;
  }
}

const noteOn = (id: string) => `A note on ${id}.`;
