import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { writeUnderKills } from './kills.ts';

describe('Three windows that write to a desk while they are killed', () => {
  it('lose no note, double none and keep the order of each case', async function () {
    this.timeout(120_000);
    const seed = Number(process.env['CASEBOOK_SEED'] ?? Date.now() % 2 ** 31);
    const plan = { seed, windows: 3, notes: 300, kills: 25, dropped: 0.05, boundMs: 60_000 };
    const account = await writeUnderKills(plan).catch((error: unknown) => {
      throw new Error(`CASEBOOK_SEED=${seed}`, { cause: error });
    });
    const { lost, doubled, outOfOrder, kills, repeats } = account;
    const said = `CASEBOOK_SEED=${seed}: ${JSON.stringify(account)}`;
    assert.deepEqual({ lost, doubled, outOfOrder }, { lost: 0, doubled: 0, outOfOrder: 0 }, said);
    // Otherwise nothing was shown.
    assert.ok(kills >= 25 && repeats > 0, said);
  });
});
