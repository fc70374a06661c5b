import assert from 'node:assert/strict';
import type { TimelineEvent } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { ok } from '../../src/desk/errors.ts';
import { Following } from '../../src/host/following.ts';
import { TeamNews } from '../../src/teamNews.ts';
import { answering, type Asked } from '../commands/support/answers.ts';
import { aDetail, idOf } from '../views/support/builders.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';
import { world } from '../views/support/sources.ts';

describe('what is told of a team desk', () => {
  /** Half past eight in the evening on the clock of this machine. */
  const evening = new Date(2026, 2, 4, 20, 30).getTime();
  const minute = 60_000;
  const night = { start: '22:00', end: '07:00' };
  let person: Asked;
  let clock: number;
  let place: ReturnType<typeof world>;
  let desk: Desk;
  let state: Map<string, unknown>;
  let asked: number[];
  let news: TeamNews;
  beforeEach(async () => {
    clock = evening;
    asked = [];
    state = new Map();
    const memory = memoryDesk();
    const detail = (number: number) => {
      const at = evening + number;
      const event: TimelineEvent = {
        ...{ kind: 'informationRequested', seq: 2, at, by: { name: 'Ben' }, status: 'actionRequired', text: 'Which?' },
      };
      const of = aDetail({ number, id: idOf(number), status: 'actionRequired', updatedAt: at });
      return { ...of, timeline: [...of.timeline, event] };
    };
    desk = {
      ...memory,
      capabilities: () => ({ ...memory.capabilities(), person: 'Ada' }),
      list: () => Promise.resolve(ok({ items: asked.map(detail) })),
      get: id => Promise.resolve(ok(detail(asked.find(number => idOf(number) === id) ?? 0))),
    };
    place = world(memory);
    const following = new Following({
      get: (key: string) => state.get(key),
      update: (key: string, value: unknown) => Promise.resolve(void state.set(key, value)),
    });
    news = new TeamNews({ now: () => clock, following, services: () => place.sources });
    person = answering();
    await tell();
  });
  afterEach(() => {
    assert.deepEqual(person.left(), []);
    person.restore();
  });
  const tell = (): Promise<void> => news.tell([{ id: 'ours', name: 'Ours', desk }]);
  /** Support asks for something in one more case; the user turns away from what is told. */
  async function ask(number: number): Promise<string[]> {
    asked.push(number);
    person.restore();
    person = answering(undefined);
    await tell();
    const { shown } = person;
    person.restore();
    person = answering();
    return shown;
  }
  const told = (number: number): string[] => [`info: Support asks for something in case ${number}.`];

  it('is nothing at first, then each thing once', async () => {
    assert.deepEqual(person.shown, []);
    assert.deepEqual(await ask(1), told(1));
    await tell();
    assert.deepEqual(person.shown, []);
  });

  it('is one message a minute, whatever happens meanwhile', async () => {
    assert.deepEqual(await ask(1), told(1));
    for (const [number, later, shown] of [
      [2, 1, []],
      [3, minute - 2, []],
      [4, 1, told(4)],
      [5, minute - 1, []],
      [6, 1, told(6)],
    ] as const) {
      clock += later;
      assert.deepEqual(await ask(number), shown, `case ${number}`);
    }
  });

  it('is one message for several things', async () => {
    asked.push(1, 2);
    assert.deepEqual(await ask(3), ['info: 3 cases need your action']);
  });

  it('is nothing in quiet hours, not even when they end', async () => {
    place.settings = { quietHours: night };
    assert.deepEqual(await ask(1), told(1));
    clock = new Date(2026, 2, 4, 22, 0).getTime();
    assert.deepEqual(await ask(2), []);
    clock = new Date(2026, 2, 5, 6, 59).getTime();
    assert.deepEqual(await ask(3), []);
    clock = new Date(2026, 2, 5, 7, 0).getTime();
    await tell();
    assert.deepEqual(person.shown, []);
    assert.deepEqual(await ask(4), told(4));
  });
});
