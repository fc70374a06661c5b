import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { BatchLine } from '../../src/cli/output.ts';
import { casebook, complaint, folder, type World } from './support/run.ts';

async function batch(stdin: World['stdin'], ...more: string[]): Promise<BatchLine[]> {
  const { exit, out, err } = await casebook(['target', '--batch', ...more], { stdin: stdin ?? [] });
  assert.deepEqual([exit, err], [0, '']);
  return out
    .split('\n')
    .slice(0, -1)
    .map(line => {
      const json: unknown = JSON.parse(line);
      const parsed = z.parse(BatchLine, json);
      assert.equal(JSON.stringify(parsed), JSON.stringify(json));
      return parsed;
    });
}
const aim = { profile: 'm365China', severity: 'B', category: 'technical', opened: '2026-03-07T03:00+08:00' };
const office = { zone: 'UTC', days: ['monday'], hours: ['09:00-10:00'] };

describe('casebook target --batch', () => {
  const files = folder();

  it('answers each line in order, by offer or by calendar, and passes the id through', async () => {
    const lines = [
      { id: 'a', ...aim },
      { id: 2, ...aim, reading: 'supportDay' },
      { ...aim, profile: 'o365Enterprise2013', plan: 'standard', severity: 'C' },
      { id: 4, ...aim, holidays: [{ date: '2026-03-09', name: 'x' }] },
      { id: 5, calendar: office, amount: '90m', opened: '2026-03-02T09:30Z' },
      { id: 6, amount: '1d', opened: '2026-03-02T09:30', zone: 'UTC' },
    ];
    const calendar = files.file('calendar.json', { ...office, days: ['tuesday'] });
    const answers = await batch([lines.map(line => JSON.stringify(line)).join('\n')], '--calendar', calendar);
    assert.deepEqual(
      answers.map(({ id, due, code, reading }) => [id, due, code, reading]),
      [
        ['a', '2026-03-09T16:00:00Z', null, 'weekday'],
        [2, '2026-03-07T16:00:00Z', null, 'supportDay'],
        [null, null, 'noneStated', null],
        [4, '2026-03-10T16:00:00Z', null, 'weekday'],
        [5, '2026-03-09T10:00:00Z', null, null],
        [6, '2026-03-04T00:00:00Z', null, null],
      ],
    );
    assert.ok(answers.every(({ field, message }) => field === null && message === null));
  });

  for (const [name, line, code, field] of [
    ['no JSON', '{', 'notJson', null],
    ['an empty line', '', 'notJson', null],
    ['an array', '[]', 'notObject', null],
    ['null', 'null', 'notObject', null],
    ['a missing field', JSON.stringify({ ...aim, opened: undefined }), 'fieldMissing', 'opened'],
    ['a word of no list', JSON.stringify({ ...aim, severity: 'D' }), 'fieldChoice', 'severity'],
    ['a wrong type', JSON.stringify({ ...aim, opened: 5 }), 'fieldInvalid', 'opened'],
    ['a field nobody knows', JSON.stringify({ ...aim, due: 1 }), 'fieldUnknown', 'due'],
    ['__proto__', `{"__proto__":{"a":1},${JSON.stringify(aim).slice(1)}`, 'fieldUnknown', '__proto__'],
    ['an impossible date', JSON.stringify({ ...aim, opened: '2026-02-30T10:00Z' }), 'instant', 'opened'],
    ['no zone', JSON.stringify({ ...aim, opened: '2026-02-20T10:00' }), 'instantZone', 'opened'],
    ['a zone that is none', JSON.stringify({ ...aim, zone: 'Mars/Olympus' }), 'zone', 'zone'],
    [
      'an impossible holiday',
      JSON.stringify({ ...aim, holidays: [{ date: '2026-13-01' }] }),
      'impossibleDate',
      'holidays[0].date',
    ],
    ['no calendar', JSON.stringify({ amount: '1h', opened: aim.opened }), 'fieldMissing', 'calendar'],
    ['no amount', JSON.stringify({ calendar: office, opened: aim.opened }), 'fieldMissing', 'amount'],
    ['a bad amount', JSON.stringify({ calendar: office, amount: '1w', opened: aim.opened }), 'amount', 'amount'],
    [
      'a calendar that is none',
      JSON.stringify({ calendar: 7, amount: '1h', opened: aim.opened }),
      'fieldInvalid',
      'calendar',
    ],
    [
      'empty hours',
      JSON.stringify({
        calendar: { zone: 'UTC', week: { friday: ['10:00-10:00'] } },
        amount: '1h',
        opened: aim.opened,
      }),
      'hoursEmpty',
      'calendar.week.friday[0]',
    ],
  ] as const) {
    it(`${name}: an answer that names the field, and the next line is answered`, async () => {
      const [bad, good, ...others] = await batch([`${line}\n${JSON.stringify({ id: 1, ...aim })}\n`]);
      assert.deepEqual([bad?.due, bad?.code, bad?.field], [null, code, field]);
      assert.match(bad?.message ?? '', /(line 1|^(opened|zone|amount):).*\.$/);
      assert.equal(good?.due, '2026-03-09T16:00:00Z');
      assert.deepEqual(others, []);
    });
  }

  it('keeps the id of a bad line', async () => {
    const [bad] = await batch([JSON.stringify({ id: 'x', ...aim, severity: 'D' })]);
    assert.equal(bad?.id, 'x');
  });

  it('reads lines however they are cut into chunks, also inside a letter, with CRLF and a byte order mark', async () => {
    const text = `\ufeff${JSON.stringify({ id: 'ž', ...aim })}\r\n${JSON.stringify({ id: 'פ', ...aim })}`;
    const bytes = new TextEncoder().encode(text);
    const answers = await batch(Array.from(bytes, byte => Uint8Array.of(byte)));
    assert.deepEqual(
      answers.map(({ id, due }) => [id, due]),
      [
        ['ž', '2026-03-09T16:00:00Z'],
        ['פ', '2026-03-09T16:00:00Z'],
      ],
    );
  });

  it('refuses an endless line in one answer and goes on', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const stdin = [...Array.from({ length: 6 }, () => megabyte), '\n', JSON.stringify({ id: 1, ...aim })];
    const answers = await batch(stdin);
    assert.deepEqual(
      answers.map(({ id, code }) => [id, code]),
      [
        [null, 'fileTooLarge'],
        [1, null],
      ],
    );
  });

  it('writes what people wrote as escapes, not as orders to the terminal', async () => {
    const id = '\u009b31m\u202eevil';
    const { out } = await casebook(['target', '--batch'], { stdin: [JSON.stringify({ id, ...aim })] });
    assert.doesNotMatch(out, /[\u0080-\u009f\u202a-\u202e]/);
    assert.equal(z.parse(BatchLine, JSON.parse(out)).id, id);
  });

  it('stops reading, without a word, once nobody reads the answers', async () => {
    let reads = 0;
    const stdin = Array.from({ length: 100 }, () => `${JSON.stringify(aim)}\n`);
    const { exit, err } = await casebook(['target', '--batch'], { stdin, reads: () => (reads += 1) < 3 });
    assert.deepEqual([exit, err, reads], [0, '', 3]);
  });

  it('takes no option that stands in the lines', async () => {
    assert.match(await complaint(['target', '--batch', '--severity', 'A']), /--batch and --severity/);
  });
});
