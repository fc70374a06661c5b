import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { describe, it } from 'mocha';
import type { StreamEvent } from '../../src/connectors/team/eventStream.ts';
import { eventsOf } from '../../src/connectors/team/eventStream.ts';
import { bytes, source } from '../desk/build.ts';

async function read(pieces: readonly Uint8Array[]): Promise<{ events: StreamEvent[]; ids: string[] }> {
  const [events, ids]: [StreamEvent[], string[]] = [[], []];
  for await (const event of eventsOf(source('', pieces).chunks(), id => ids.push(id))) events.push(event);
  return { events, ids };
}

describe('A stream of events', () => {
  const change = { name: 'change', data: '{}' };
  const rows: readonly (readonly [string, string, readonly StreamEvent[], readonly string[]])[] = [
    ['an event', 'event: change\nid: 1\ndata: {}\n\n', [change], ['1']],
    ['another way to end lines', 'event:change\r\ndata:{}\r\n\r\n', [change], []],
    ['the oldest way to end lines', 'event:change\rdata:{}\r\r:\n', [change], []],
    ['data of several lines', 'data: a\ndata:  b\ndata\n\n', [{ name: 'message', data: 'a\n b\n' }], []],
    ['comments', ': hello\n\n: still here\n\n', [], []],
    ['a place without an event', ': hello\nid: 7\n\n', [], ['7']],
    ['an event without data', 'event: change\n\ndata: 1\n\n', [{ name: 'message', data: '1' }], []],
    ['a field nobody knows', 'retry: 1\nfoo\nevent: change\ndata: {}\n\n', [change], []],
    ['an event that was cut', 'event: change\ndata: {}\n', [], []],
    ['a byte order mark', '\ufeffevent: change\ndata: {}\n\n', [change], []],
    ['text of all alphabets', 'data: שלום 邮件 😀\n\n', [{ name: 'message', data: 'שלום 邮件 😀' }], []],
  ];
  for (const [name, text, events, ids] of rows) {
    it(`is read wherever it is cut: ${name}`, async () => {
      assert.deepEqual(await read([bytes(text)]), { events, ids });
      assert.deepEqual(await read([...bytes(text)].map(byte => Uint8Array.of(byte))), { events, ids });
      const whole = bytes(text);
      await fc.assert(
        fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), async (a, b) => {
          const [from, to] = [Math.min(a, b), Math.max(a, b)];
          const pieces = [whole.subarray(0, from), whole.subarray(from, to), whole.subarray(to)];
          assert.deepEqual(await read(pieces), { events, ids });
        }),
        { numRuns: 50 },
      );
    });
  }

  for (const [name, piece] of [
    ['a line', 'x'],
    ['an event', 'data: x\n'],
  ] as const) {
    it(`${name} without an end is not kept`, async () => {
      let sent = 0;
      function* endless(): Generator<Uint8Array> {
        for (; sent < 10_000; sent++) yield bytes(piece.repeat(1_000));
      }
      const reading = read([...[]]).then(async () => {
        for await (const _ of eventsOf(source('', endless()).chunks(), () => undefined)) assert.ok(_);
      });
      await assert.rejects(reading);
      assert.ok(sent < 100);
    });
  }
});
