import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { isFiltered, parseLook } from '../../src/views/look.ts';
import { byStatus, standingOf } from '../../src/views/standing.ts';
import { statusText } from '../../src/views/statusBar.ts';
import { createTimes } from '../../src/views/times.ts';
import { day, english, hour, noon } from './support/builders.ts';

describe('the look that is kept', () => {
  const nothing = { filter: {}, grouping: 'status' };
  const kept: [what: string, value: unknown, look: object][] = [
    ['nothing', undefined, nothing],
    ['another type', 'status', nothing],
    ['an unknown grouping', { grouping: 'age' }, nothing],
    [
      'a whole look',
      { grouping: 'service', filter: { text: ' a ', status: ['open'], severity: ['none'], service: 'x' } },
      {
        grouping: 'service',
        filter: { text: 'a', status: ['open'], severity: ['none'], service: 'x' },
      },
    ],
    [
      'damaged parts',
      { filter: { text: 7, status: ['gone', 'closed'], severity: 'A', service: '  ' } },
      {
        filter: { status: ['closed'] },
        grouping: 'status',
      },
    ],
    ['empty lists', { filter: { status: [], severity: [] } }, nothing],
  ];
  for (const [what, value, look] of kept) it(`is read from ${what}`, () => assert.deepEqual(parseLook(value), look));

  it('filters only when something is left out', () => {
    assert.equal(isFiltered(parseLook({}).filter), false);
    assert.equal(isFiltered({ text: 'a' }), true);
  });
});

describe('the status bar item', () => {
  const of = (counts: Record<string, number>) =>
    statusText(standingOf(byStatus(Object.entries(counts).map(([value, count]) => ({ value, count })))), english);

  it('says in words what it counts', () => {
    assert.deepEqual(of({ actionRequired: 1, resolved: 1, open: 1, reopened: 0, closed: 9, unheardOf: 4 }), {
      name: 'Casebook: cases',
      text: '$(inbox) 2 · 1',
      tooltip: '2 cases need your action\n1 case waits for support\nSelect to show the cases.',
      accessibility: 'Casebook: 2 cases need your action, 1 case waits for support',
    });
  });

  it('is hidden while nothing needs the user and nothing waits', () => {
    assert.equal(of({}), undefined);
    assert.equal(of({ closed: 3 }), undefined);
  });
});

describe('times in words', () => {
  const times = createTimes('en', 'Europe/Prague');
  const moment = (...of: Parameters<typeof times.moment>) => times.moment(...of);
  const rows: [at: number, said: string][] = [
    [noon + 8 * hour, 'Wed 11:00'],
    [noon - 5 * day, 'Fri 03:00'],
    [noon + 6 * day, 'Mar 10 03:00'],
    [noon + 365 * day, 'Mar 4, 2027 03:00'],
  ];
  for (const [at, said] of rows) it(`says ${said}`, () => assert.equal(moment(at, noon), said));

  it('says 24:00 only for a day of the desk, on the same clock', () => {
    const midnight = Date.UTC(2026, 2, 4, 23);
    assert.equal(moment(midnight, noon), 'Thu 00:00');
    assert.equal(moment(midnight, noon, 'Asia/Shanghai'), 'Thu 00:00');
    assert.equal(moment(midnight, noon, 'Europe/Prague'), 'Wed 24:00');
    assert.equal(createTimes('fi', 'Europe/Prague').moment(midnight, noon, 'Europe/Prague'), 'ke 24.00');
  });

  it('says distances in the largest unit that fits', () => {
    assert.equal(times.distance(noon - 30_000, noon), 'this minute');
    assert.equal(times.distance(noon - 90 * 60_000, noon), '1 hour ago');
    assert.equal(times.distance(noon + 3 * day, noon), 'in 3 days');
    assert.equal(times.distance(noon - 400 * day, noon), 'last year');
  });
});
