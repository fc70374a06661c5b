import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { createHttpClient } from '../../src/connectors/http/client.ts';
import { longestPause, retryAfter } from '../../src/connectors/http/retryAfter.ts';
import { createFakeTime, turn } from '../support/fakeTime.ts';
import { get } from './support/bench.ts';

const now = Date.UTC(2026, 10, 26, 9);
const day = 24 * 60 * 60 * 1_000;
const http = (ahead: number): string => new Date(now + ahead).toUTCString();

describe('What a server says about when to come back', () => {
  const rows: readonly (readonly [string, Readonly<Record<string, string>>, number | undefined])[] = [
    ['nothing', {}, undefined],
    ['seconds', { 'Retry-After': '7' }, 7_000],
    ['seconds with a fraction', { 'Retry-After': '1.5' }, 1_500],
    ['a date', { 'Retry-After': http(7_000) }, 7_000],
    ['a date, by its own clock that is a day ahead', { 'Retry-After': http(day + 7_000), Date: http(day) }, 7_000],
    ['a date, by its own clock that is a day behind', { 'Retry-After': http(7_000 - day), Date: http(-day) }, 7_000],
    ['a date in the past', { 'Retry-After': http(-1_000) }, undefined],
    ['milliseconds', { 'retry-after-ms': '1500' }, 1_500],
    ["milliseconds of the cloud's own", { 'x-ms-retry-after-ms': '2500' }, 2_500],
    ['part of a millisecond', { 'retry-after-ms': '0.2' }, 1],
    ['both in milliseconds, of which the longer holds', { 'retry-after-ms': '10', 'x-ms-retry-after-ms': '20' }, 20],
    [
      'all three, of which the longest holds',
      { 'retry-after-ms': '10', 'x-ms-retry-after-ms': '20', 'Retry-After': '1' },
      1_000,
    ],
    ['rubbish beside milliseconds', { 'retry-after-ms': '10', 'Retry-After': 'soon' }, 10],
    ['zero', { 'Retry-After': '0', 'retry-after-ms': '0' }, undefined],
    ['less than nothing', { 'Retry-After': '-7', 'retry-after-ms': '-1' }, undefined],
    ['a year', { 'Retry-After': String((365 * day) / 1_000) }, 365 * day],
    ['more than there is', { 'Retry-After': '999999999999999' }, 36_500 * day],
    ['a word', { 'Retry-After': 'soon' }, undefined],
    ['an empty text', { 'Retry-After': '' }, undefined],
    ['another notation', { 'Retry-After': '1e3', 'retry-after-ms': '0x10' }, undefined],
    ['no end', { 'Retry-After': 'Infinity' }, undefined],
    ['two numbers', { 'Retry-After': '3, 7' }, undefined],
    ['a date as programs write it', { 'Retry-After': '2030-01-01T00:00:00Z' }, undefined],
    ['a date that is none', { 'Retry-After': 'Xxx, 99 Yyy 2026 99:99:99 GMT' }, undefined],
  ];
  for (const [name, headers, expected] of rows) {
    it(`${name}: ${expected === undefined ? 'nothing' : `${String(expected)} ms`}`, () => {
      assert.equal(retryAfter(new Headers(headers), now), expected);
    });
  }

  const amount = fc.oneof(fc.nat(120), fc.nat(100_000), fc.constantFrom(0, -1, 3_600, 3_601, 31_536_000)).map(String);
  const told: fc.Arbitrary<Readonly<Record<string, string>>> = fc.record(
    {
      'retry-after-ms': fc.oneof(fc.nat(90_000).map(String), fc.string({ unit: 'grapheme-ascii' })),
      'x-ms-retry-after-ms': fc.nat(90_000).map(String),
      'retry-after': fc.oneof(amount, fc.integer({ min: -day, max: 2 * day }).map(http), fc.constantFrom('soon', '')),
    },
    { requiredKeys: [] },
  );
  const answer = fc.record({ status: fc.constantFrom(429, 503, 500, 408, 200), told, then: fc.nat(5_000_000) });

  /** What a server that was told so must hold to, reckoned here once more from the plainest reading. */
  const owed = (headers: Readonly<Record<string, string>>, at: number): number => {
    const parts = [headers['retry-after-ms'], headers['x-ms-retry-after-ms']].map(text =>
      text !== undefined && /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0,
    );
    const text = headers['retry-after'] ?? '';
    parts.push(/^\d+$/.test(text) ? Number(text) * 1_000 : text.endsWith('GMT') ? Date.parse(text) - at : 0);
    return Math.min(Math.max(0, ...parts), longestPause);
  };

  it('is never taken for less than it is', () => {
    fc.assert(
      fc.property(told, headers => {
        assert.ok(Math.min(retryAfter(new Headers(headers), now) ?? 0, longestPause) >= owed(headers, now));
      }),
      { numRuns: 10_000 },
    );
  });

  it('is held to: nobody is asked before the time is up, whoever asks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
        async (script, chance) => {
          const time = createFakeTime(now, () => Number(chance.next().value));
          let [next, notBefore, early] = [0, 0, 0];
          const fetch = async (): Promise<Response> => {
            if (time.monotonic() < notBefore) early++;
            const { status, told } = script[Math.min(next++, script.length - 1)] ?? { status: 200, told: {} };
            await turn();
            const at = time.monotonic() + (status === 200 ? 0 : owed(told, time.now()));
            // Who asked in the same moment could not know.
            void turn().then(() => {
              notBefore = Math.max(notBefore, at);
            });
            return new Response('{}', { status, headers: { 'content-type': 'application/json', ...told } });
          };
          const client = createHttpClient({
            origin: 'https://desk.test',
            token: () => Promise.resolve('t'),
            fetch,
            time,
          });
          for (const { then } of script) {
            const two = [1, 2].map(() => client.json(get('/x'), z.object({})));
            await time.pass(30_000);
            await Promise.all(two);
            await time.pass(then);
          }
          assert.equal(early, 0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
