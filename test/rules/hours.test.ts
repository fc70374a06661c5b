import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { minutesOfDay, supportHours } from '../../src/rules/hours.ts';
import type { Profile } from '../../src/rules/profile.ts';
import { maxInstant } from '../../src/rules/zone.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';

const beijing = (text: string): number => Date.parse(`${text}:00+08:00`);
const technical = { category: 'technical', severity: 'B' } as const;

describe('supportHours, m365China', () => {
  for (const [check, now, state, then] of [
    ['T-26', '2026-03-07T08:59', 'closed', '2026-03-07T09:00'],
    ['T-26', '2026-03-07T09:00', 'open', '2026-03-07T24:00'],
    ['T-26', '2026-03-07T23:59', 'open', '2026-03-07T24:00'],
    ['T-26', '2026-03-07T24:00', 'closed', '2026-03-08T09:00'],
    ['T-27', '2026-12-25T12:00', 'open', '2026-12-25T24:00'],
    ['T-27', '2026-10-01T12:00', 'open', '2026-10-01T24:00'],
  ] as const) {
    it(`${check}: technical B and C at ${now} Beijing time: ${state} (C-26)`, () => {
      const expected = {
        ...(state === 'open' ? { state, closesAt: beijing(then) } : { state, nextOpening: beijing(then) }),
        zone: 'Asia/Shanghai',
        facts: ['C-26', 'A-03'],
      };
      assert.deepEqual(supportHours(technical, m365China, beijing(now)), expected);
      assert.deepEqual(supportHours({ category: 'technical', severity: 'C' }, m365China, beijing(now)), expected);
      assert.deepEqual(supportHours({ category: 'technical' }, m365China, beijing(now)), expected);
    });
  }
  it('without a severity they are those of C, also where the rows name every severity', () => {
    const [atAnyTime, byDay] = m365China.hours;
    const named: Profile = { ...m365China, hours: [atAnyTime, { ...byDay, severities: ['B', 'C'] }] };
    const night = beijing('2026-03-07T03:00');
    assert.deepEqual(supportHours({ category: 'technical' }, named, night), {
      state: 'closed',
      nextOpening: beijing('2026-03-07T09:00'),
      zone: 'Asia/Shanghai',
      facts: ['C-26', 'A-03'],
    });
  });
  it('severity A is open at any time (C-25)', () => {
    assert.deepEqual(supportHours({ category: 'technical', severity: 'A' }, m365China, beijing('2026-03-07T03:00')), {
      state: 'open',
      closesAt: undefined,
      zone: 'Asia/Shanghai',
      facts: ['C-25'],
    });
  });
  for (const [category, zone, facts] of [
    ['billing', 'Asia/Shanghai', ['C-10', 'A-06']],
    ['preSales', null, ['C-08', 'A-06']],
  ] as const) {
    it(`A-06: ${category} states days and no times`, () => {
      const expected = { state: 'statedWithoutTimes', weekdays: [0, 1, 2, 3, 4], zone, facts };
      assert.deepEqual(supportHours({ category }, m365China, beijing('2026-03-07T12:00')), expected);
    });
  }
  it('A-06: computed once a team has set the times', () => {
    const query = { category: 'billing', businessHours: [540, 1080] } as const;
    const more = { zone: 'Asia/Shanghai', facts: ['C-10', 'A-06'] };
    assert.deepEqual(supportHours(query, m365China, beijing('2026-03-06T17:59')), {
      state: 'open',
      closesAt: beijing('2026-03-06T18:00'),
      ...more,
    });
    assert.deepEqual(supportHours(query, m365China, beijing('2026-03-06T18:00')), {
      state: 'closed',
      nextOpening: beijing('2026-03-09T09:00'),
      ...more,
    });
  });
  it('A-06: pre-sales needs a zone as well', () => {
    const query = { category: 'preSales', businessHours: [540, 1080] } as const;
    const now = Date.parse('2026-03-06T08:30:00Z');
    assert.equal(supportHours(query, m365China, now).state, 'statedWithoutTimes');
    assert.deepEqual(supportHours({ ...query, zone: 'Europe/Prague' }, m365China, now), {
      state: 'open',
      closesAt: Date.parse('2026-03-06T17:00:00Z'),
      zone: 'Europe/Prague',
      facts: ['C-08', 'A-06'],
    });
    assert.deepEqual(supportHours({ category: 'preSales', zone: 'Europe/Prague' }, m365China, now), {
      state: 'statedWithoutTimes',
      weekdays: [0, 1, 2, 3, 4],
      zone: 'Europe/Prague',
      facts: ['C-08', 'A-06'],
    });
  });
});

describe('supportHours, o365Enterprise2013', () => {
  it('is open at any time (E-13)', () => {
    const answer = supportHours(technical, o365Enterprise2013, 0);
    assert.deepEqual(answer, { state: 'open', closesAt: undefined, zone: 'UTC', facts: ['E-13'] });
  });
  it('states none for billing', () => {
    assert.deepEqual(supportHours({ category: 'billing' }, o365Enterprise2013, 0), {
      state: 'unknown',
      code: 'notStated',
      facts: ['E-01', 'E-02'],
    });
  });
});

describe('supportHours, bad input', () => {
  const local: Profile = { ...m365China, hours: [{ ...m365China.hours[1], zone: null }] };
  const query = { category: 'billing', businessHours: [540, 1080] } as const;
  for (const [what, input, profile, now, code] of [
    ['no instant', technical, m365China, Number.NaN, 'impossibleInstant'],
    ['no instant where no times are stated', { category: 'billing' }, m365China, Number.NaN, 'impossibleInstant'],
    ['the last moment of time, closed', technical, m365China, maxInstant, 'impossibleInstant'],
    ['hours local to a place not given (A-07)', technical, local, 0, 'zoneNeeded'],
    ['an unknown zone', { ...technical, zone: 'Mars/Olympus' }, local, 0, 'unknownZone'],
    ['hours beyond a day', { ...query, businessHours: [540, 2000] }, m365China, 0, 'impossibleHours'],
    ['hours that end before they start', { ...query, businessHours: [540, 60] }, m365China, 0, 'impossibleHours'],
  ] as const) {
    it(`${what}: ${code}`, () => {
      const answer = supportHours(input, profile, now);
      assert.ok(answer.state === 'unknown');
      assert.equal(answer.code, code);
    });
  }
});

describe('minutesOfDay', () => {
  for (const [time, minutes] of [
    ['00:00', 0],
    ['09:30', 570],
    ['24:00', 1440],
  ] as const) {
    it(`${time} is ${minutes} (A-03)`, () => assert.equal(minutesOfDay(time), minutes));
  }
});
