import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { CalendarTarget, Target } from '../../src/cli/output.ts';
import { readings } from '../../src/rules/profile.ts';
import { answer, casebook, folder } from './support/run.ts';

const iso = (text: string): string =>
  new Date(Date.parse(text.includes('Z') ? text : `${text}:00+08:00`)).toISOString().replace('.000Z', 'Z');
const china = (severity: string, opened: string, ...more: string[]): string[] => [
  ...['target', '--profile', 'm365China', '--category', 'technical'],
  ...['--severity', severity, '--opened', opened, ...more],
];

describe('casebook target', () => {
  const files = folder();

  it('T-24: severity A is one elapsed hour (C-20, C-25)', async () => {
    const target = await answer(Target, china('A', '2026-03-06T19:30:00Z'));
    assert.equal(target.due, '2026-03-06T20:30:00Z');
    assert.equal(target.reading, 'elapsed');
    assert.equal(target.dueInZone, '2026-03-07T04:30:00+08:00');
    assert.equal(target.dueInUserZone, '2026-03-06T21:30:00+01:00');
    assert.deepEqual(target.others, []);
    assert.ok(target.facts.includes('C-20') && target.facts.includes('C-25'));
  });

  // The table of A-01, in Beijing time: BD-1, BD-2, BD-3.
  for (const [opened, severity, ...dues] of [
    ['2026-03-04T10:00', 'B', '2026-03-05T10:00', '2026-03-05T10:00', '2026-03-05T24:00'],
    ['2026-03-04T10:00', 'C', '2026-03-07T10:00', '2026-03-09T10:00', '2026-03-09T24:00'],
    ['2026-03-06T20:00', 'B', '2026-03-07T20:00', '2026-03-09T20:00', '2026-03-09T24:00'],
    ['2026-03-06T20:00', 'C', '2026-03-09T20:00', '2026-03-11T20:00', '2026-03-11T24:00'],
    ['2026-03-07T03:00', 'B', '2026-03-07T24:00', '2026-03-09T24:00', '2026-03-09T24:00'],
    ['2026-03-08T23:30', 'B', '2026-03-09T23:30', '2026-03-09T24:00', '2026-03-09T24:00'],
    ['2026-09-30T22:00', 'B', '2026-10-01T22:00', '2026-10-01T22:00', '2026-10-01T24:00'],
  ] as const) {
    it(`T-25: severity ${severity} opened ${opened} Beijing time is the row of A-01`, async () => {
      for (const [place, reading] of readings.entries()) {
        const target = await answer(Target, china(severity, `${opened}+08:00`, '--reading', reading));
        assert.equal(target.due, iso(dues[place] ?? ''), reading);
        assert.equal(target.reading, reading);
        assert.deepEqual(
          target.others.map(other => [other.reading, other.due]),
          readings.flatMap((other, at) => (other === reading ? [] : [[other, iso(dues[at] ?? '')]])),
        );
      }
    });
  }

  it('T-25: holidays of the policy move the weekday readings, and give its profile and reading', async () => {
    const holidays = [1, 2, 3, 4, 5, 6, 7].map(day => ({ date: `2026-10-0${day}`, name: 'National Day' }));
    const policy = files.file('policy.json', { profile: 'm365China', reading: 'weekday', holidays });
    const args = ['target', '--severity', 'B', '--category', 'technical', '--opened', '2026-09-30T22:00+08:00'];
    const target = await answer(Target, [...args, '--policy', policy]);
    assert.equal(target.due, iso('2026-10-08T22:00'));
    const other = await answer(Target, [...args, '--policy', policy, '--reading', 'endOfWeekday']);
    assert.equal(other.due, iso('2026-10-08T24:00'), 'an option wins');
  });

  for (const [check, plan, severity, hours] of [
    ['T-33', 'standard', 'A', 1],
    ['T-33', 'standard', 'B', 8],
    ['T-33', 'standard', 'C', undefined],
    ['T-34', 'premium', 'A', 1],
    ['T-34', 'premium', 'B', 2],
    ['T-34', 'premium', 'C', 4],
  ] as const) {
    it(`${check}: ${plan} ${severity} is ${hours ?? 'no'} elapsed hours (E-13)`, async () => {
      const target = await answer(Target, [
        ...['target', '--profile', 'o365Enterprise2013', '--plan', plan, '--severity', severity],
        ...['--category', 'technical', '--opened', '2026-03-07T23:30:00Z'],
      ]);
      const opened = Date.parse('2026-03-07T23:30:00Z');
      assert.equal(target.due && Date.parse(target.due), hours === undefined ? null : opened + hours * 3_600_000);
      assert.equal(target.code, hours === undefined ? 'noneStated' : null);
    });
  }

  for (const [profile, category, code] of [
    ['m365Business', 'technical', 'noSeverities'],
    ['m365VolumeLicensing', 'billing', 'noSeverities'],
    ['m365China', 'billing', 'notForCategory'],
    ['o365Enterprise2013', 'technical', 'unknownPlan'],
  ] as const) {
    it(`${profile}, ${category}: no target, and says so (${code})`, async () => {
      const args = ['--profile', profile, '--category', category, '--severity', 'B', '--opened', '2026-03-04T10:00Z'];
      const target = await answer(Target, ['target', ...args]);
      assert.deepEqual([target.due, target.code], [null, code]);
      const { out } = await casebook(['target', ...args]);
      assert.match(out, /^No target\n\S.*\.\nFacts: /);
    });
  }

  it('says to a person: both zones, the reading, the start of the clock, the other readings, the facts', async () => {
    const { exit, out } = await casebook(china('B', '2026-03-07T03:00+08:00'));
    assert.equal(exit, 0);
    assert.deepEqual(out.split('\n'), [
      'Target for the first response',
      '  Mon 2026-03-09 24:00 Asia/Shanghai (UTC+08:00)',
      '  Mon 2026-03-09 17:00 Europe/Prague (UTC+01:00)',
      'Counted as: Monday to Friday, 09:00–24:00 (weekday).',
      'The clock starts Mon 2026-03-09 09:00 Asia/Shanghai (UTC+08:00).',
      'Under other readings of the rule',
      '  Sat 2026-03-07 24:00 Asia/Shanghai (UTC+08:00): every day counts, 09:00–24:00',
      '  Mon 2026-03-09 24:00 Asia/Shanghai (UTC+08:00): end of the last weekday',
      'Facts: C-18, C-20, C-26, A-01, A-02',
      '',
    ]);
  });

  it('takes the first of a time that the clocks show twice, and says so', async () => {
    const args = china('A', '2026-10-25T02:30', '--zone', 'Europe/Prague');
    const target = await answer(Target, args);
    assert.deepEqual([target.opened, target.openedTwice], ['2026-10-25T00:30:00Z', true]);
    assert.match((await casebook(args)).out, /showed 2026-10-25T02:30 twice; the first/);
    const plain = await answer(Target, china('A', '2026-10-25T03:30', '--zone', 'Europe/Prague'));
    assert.deepEqual([plain.opened, plain.openedTwice], ['2026-10-25T02:30:00Z', false]);
  });

  it('takes 24:00 as the end of its day (A-03)', async () => {
    const target = await answer(Target, china('A', '2026-03-04T24:00+08:00'));
    assert.equal(target.opened, '2026-03-04T16:00:00Z');
  });
});

describe('casebook target --calendar', () => {
  const files = folder();
  const daily = Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map(day => [day, ['09:00-12:00', '13:00-17:00']]),
  );
  const week = { zone: 'Europe/Prague', week: daily, holidays: [{ date: '2026-04-06', name: 'Easter Monday' }] };
  const days = { zone: 'Europe/Prague', days: Object.keys(daily), hours: ['09:00-12:00', '13:00-17:00'] };

  for (const [name, calendar, amount, opened, due] of [
    ['open time over lunch', week, '4h', '2026-04-01T09:00+02:00', '2026-04-01T14:00:00+02:00'],
    ['minutes', week, '90m', '2026-04-01T11:00+02:00', '2026-04-01T13:30:00+02:00'],
    [
      'hours and minutes over a weekend and a holiday',
      week,
      '2h30m',
      '2026-04-03T16:00+02:00',
      '2026-04-07T10:30:00+02:00',
    ],
    [
      'an amount that ends at closing time ends there',
      week,
      '7h',
      '2026-04-01T09:00+02:00',
      '2026-04-01T17:00:00+02:00',
    ],
    [
      'working days end at 24:00 and leave the holiday out',
      week,
      '2d',
      '2026-04-03T10:00+02:00',
      '2026-04-09T00:00:00+02:00',
    ],
    ['the same without holidays, by days and hours', days, '2d', '2026-04-03T10:00+02:00', '2026-04-08T00:00:00+02:00'],
    ['over the change to summer time', days, '7h', '2026-03-27T16:00+01:00', '2026-03-30T16:00:00+02:00'],
  ] as const) {
    it(name, async () => {
      const file = files.file('calendar.json', calendar);
      const target = await answer(CalendarTarget, [
        ...['target', '--calendar', file, '--amount', amount, '--opened', opened, '--zone', 'UTC'],
      ]);
      assert.equal(target.dueInZone, due);
      assert.equal(target.due, iso(new Date(due).toISOString()));
      const { out } = await casebook(['target', '--calendar', file, '--amount', amount, '--opened', opened]);
      assert.match(out, /^Target for the first response\n {2}\w{3} 2026-\d\d-\d\d \d\d:\d\d Europe\/Prague/);
    });
  }

  it('says when a time never comes', async () => {
    const file = files.file('never.json', { zone: 'UTC', week: {} });
    const args = ['target', '--calendar', file, '--amount', '1h', '--opened', '2026-04-01T09:00Z'];
    const target = await answer(CalendarTarget, args);
    assert.deepEqual([target.due, target.code], [null, 'never']);
  });
});
