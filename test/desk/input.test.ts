import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { parseInput } from '../../src/desk/input.ts';
import { refusal, value } from './build.ts';

describe('What comes from outside', () => {
  /** A schema, and how often it has parsed. */
  function counted() {
    const count = { parsed: 0 };
    const trimmed = z.transform((text: string) => {
      count.parsed++;
      return text.trim();
    });
    return { schema: z.object({ title: z.pipe(z.string(), trimmed) }), count };
  }

  it('is parsed once by each schema, however many borders it crosses', () => {
    const [one, other] = [counted(), counted()];
    const input = { title: ' Mail ' };
    const first = value(parseInput(one.schema, input));
    assert.deepEqual(first, { title: 'Mail' });
    assert.equal(value(parseInput(one.schema, first)), first);
    assert.deepEqual(value(parseInput(other.schema, first)), first);
    assert.deepEqual(value(parseInput(one.schema, input)), first);
    assert.deepEqual([one.count.parsed, other.count.parsed], [2, 1]);
  });

  it('is parsed again where only a copy of it was parsed', () => {
    const schema = z.object({ title: z.string() });
    const parsed = value(parseInput(schema, { title: 'Mail' }));
    assert.deepEqual(refusal(parseInput(schema, { ...parsed, title: 7 })), {
      code: 'invalid',
      issues: [{ path: 'title', code: 'invalid' }],
    });
  });
});
