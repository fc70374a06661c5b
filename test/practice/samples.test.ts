import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { admitByRules } from '../../src/desk/admission.ts';
import type { CaseSummary } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { isActive } from '../../src/desk/health.ts';
import { createLedgerDesk } from '../../src/desk/ledger.ts';
import { createDraftStore } from '../../src/outbox/drafts.ts';
import { nextSupportOpening, practiceStart } from '../../src/practice/clock.ts';
import { fillPractice } from '../../src/practice/fill.ts';
import { profiles } from '../../src/rules/profiles/index.ts';
import type { Holiday } from '../../src/rules/profile.ts';
import { remainingOpenTime } from '../../src/rules/target.ts';
import { openSqliteStore } from '../../src/stores/sqlite/store.ts';
import { createStrings } from '../../src/strings/strings.ts';
import { caseTarget } from '../../src/views/caseTarget.ts';

const hour = 3_600_000;
const beijing = (text: string): number => Date.parse(`${text}+08:00`);
const goldenWeek: Holiday[] = Array.from({ length: 7 }, (_, at) => ({ date: `2026-10-0${at + 1}`, name: '' }));

const valueOf = <Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown },
): Value => {
  if (result.ok) return result.value;
  throw new Error(JSON.stringify(result.error));
};

describe('where practice begins', () => {
  for (const [what, now, start, opening] of [
    ['in the night', '2026-03-04T03:10', '2026-03-04T03:10', '2026-03-04T09:00'],
    ['in support hours', '2026-03-04T09:00', '2026-03-04T08:00', '2026-03-05T09:00'],
    ['late in the evening', '2026-03-04T23:59', '2026-03-04T08:00', '2026-03-05T09:00'],
    ['at 24:00', '2026-03-05T00:00', '2026-03-05T00:00', '2026-03-05T09:00'],
  ] as const) {
    it(`is when support is closed, ${what}`, () => {
      assert.equal(practiceStart(beijing(now)), beijing(start));
      assert.equal(nextSupportOpening(beijing(now)), beijing(opening));
    });
  }
});

describe('the sample cases', () => {
  let folder: string;
  let desk: Desk;
  const clock = { now: 0 };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'practice-'));
    const { store } = valueOf(await openSqliteStore(folder, { now: () => clock.now, durability: 'OFF' }));
    desk = createLedgerDesk({
      store,
      actor: { name: 'Ada', roles: ['requester', 'reviewer', 'agent'] },
      admit: admitByRules(() => ({
        role: 'admin',
        advancedAgreement: true,
        directSubscriptions: 1,
        partnerSubscriptions: 0,
      })),
      now: () => clock.now,
      id: randomUUID,
    });
  });
  afterEach(async () => {
    desk.close();
    await rm(folder, { recursive: true, force: true });
  });

  const fill = async (start: number, holidays: readonly Holiday[] = []): Promise<readonly CaseSummary[]> => {
    const drafts = createDraftStore(join(folder, 'drafts'), { now: () => clock.now, id: randomUUID });
    const writer = { strings: createStrings('en'), zone: 'Europe/Prague', holidays };
    valueOf(await fillPractice({ desk, drafts, clock, id: randomUUID }, start, writer));
    assert.equal(valueOf(await drafts.list()).length, 2);
    drafts.dispose();
    return valueOf(await desk.list({}, { limit: 200 })).items;
  };
  const titled = (cases: readonly CaseSummary[], part: string): CaseSummary => {
    const found = cases.find(({ title }) => title.includes(part));
    assert.ok(found, part);
    return found;
  };

  it('stand in every status, every severity and both ways to be closed', async () => {
    const cases = await fill(beijing('2026-03-04T08:00'));
    assert.deepEqual(
      cases.map(({ status, closeReason }) => closeReason ?? status).sort(),
      [
        ...['actionRequired', 'noLongerNeeded', 'open', 'open', 'open', 'reopened', 'resolved', 'solved'],
        ...['waitingForSupport', 'waitingForSupport'],
      ].sort(),
    );
    const severities = cases.map(of => of.severitySet ?? of.severityProposed);
    for (const severity of ['A', 'B', 'C'] as const) assert.ok(severities.includes(severity), severity);
    const asked = valueOf(await desk.get(titled(cases, 'Guests').id)).timeline.at(-2);
    assert.equal(asked?.kind, 'informationRequested');
  });

  it('have timelines in the order of time that end before practice begins', async () => {
    const start = beijing('2026-03-04T08:00');
    const cases = await fill(start);
    const byNumber = cases.toSorted((a, b) => a.number - b.number);
    assert.deepEqual(
      byNumber,
      byNumber.toSorted((a, b) => a.openedAt - b.openedAt),
    );
    for (const { id } of cases) {
      const times = valueOf(await desk.get(id)).timeline.map(({ at }) => at);
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      );
      assert.ok((times.at(-1) ?? Infinity) < start);
    }
  });

  it('name two incidents, one that goes on', async () => {
    await fill(beijing('2026-03-04T08:00'));
    const incidents = valueOf(await desk.incidents());
    assert.deepEqual(
      incidents.map(({ status, posts }) => [isActive(status), posts.length]),
      [
        [true, 2],
        [false, 2],
      ],
    );
  });

  // A week, both ends of a night, and a week of holidays.
  const starts = [
    ...Array.from({ length: 7 }, (_, at) => `2026-03-0${at + 1}T08:00`),
    '2026-03-04T00:00',
    '2026-03-07T08:59',
    '2026-10-06T08:00',
    '2026-10-09T05:30',
  ];
  for (const start of starts) {
    it(`have a target in every state when practice begins ${start}`, async () => {
      const now = beijing(start);
      const cases = await fill(now, goldenWeek);
      for (const [part, state, nextDay] of [
        ['warehouse', 'running', 'overdue'],
        ['Inbox rules', 'overdue', 'overdue'],
        ['twice', 'pastOneReading', undefined],
        ['Large files', 'running', undefined],
        ['Search', 'met', 'met'],
        ['Guests', 'met', 'met'],
      ] as const) {
        const of = titled(cases, part);
        for (const reading of ['weekday', 'supportDay', 'endOfWeekday'] as const) {
          const at = (instant: number) => {
            const target = caseTarget(of, { reading, holidays: goldenWeek }, instant);
            return target.kind === 'due' ? target.state : target.kind;
          };
          assert.equal(at(now), state, `${part} ${reading}`);
          if (nextDay !== undefined) assert.equal(at(now + 24 * hour), nextDay, part);
          if (part !== 'Large files') continue;
          const input = { openedAt: of.openedAt, severity: 'B', category: of.category, reading, holidays: goldenWeek };
          const left = remainingOpenTime({ ...input, severity: 'B' }, profiles.m365China, now);
          assert.equal(left?.running, false, 'its clock stands still');
          assert.ok(left.left > 0);
        }
      }
    });
  }
});
