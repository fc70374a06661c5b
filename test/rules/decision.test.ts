import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { assertNever } from '../../src/rules/decision.ts';

describe('assertNever', () => {
  it('is loud about a value that no case handles, and does not repeat it', () => {
    const stray: unknown = 'secret';
    assert.throws(() => assertNever(stray as never), { message: 'unexpected value of type string' });
  });
});
