import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'mocha';
import type { Desk } from '../../src/desk/desk.ts';
import type { DeskRole } from '../../src/desk/lifecycle.ts';
import { describeAccess } from './conformanceAccess.ts';
import { describeHealth } from './conformanceHealth.ts';
import { describeFiles } from './conformanceFiles.ts';
import { describeLists } from './conformanceLists.ts';
import { describeWrites } from './conformanceWrites.ts';

/** A person at the desk under test. */
export interface Somebody {
  readonly name?: string;
  readonly roles?: readonly DeskRole[];
}
/** A desk to be tested, empty at first, with a clock of the test's own. */
export interface Bench {
  /** The desk as somebody sees it; the same cases for everybody. */
  desk(who?: Somebody): Desk;
  now(): number;
  /** Lets time pass. */
  pass(ms: number): void;
  close(): Promise<void>;
}
export type OpenBench = () => Promise<Bench>;
/** The bench of the running test. */
export type Current = () => Bench;

export const everyRole: readonly DeskRole[] = ['requester', 'reviewer', 'agent'];

/** What any desk must do, whatever is behind it: the same suite for the local desk, a team desk and each client. */
export function describeDesk(name: string, open: OpenBench): void {
  describe(name, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await open();
    });
    afterEach(() => bench.close());
    const current: Current = () => bench;
    describeWrites(current);
    describeLists(current);
    describeFiles(current);
    describeAccess(current);
    describeHealth(current);

    it('says what it can do by role', () => {
      assert.deepEqual(bench.desk().capabilities().roles, everyRole);
      assert.equal(bench.desk().capabilities().fileBytes, 25 * 1024 * 1024);
      assert.deepEqual(bench.desk({ roles: ['reviewer'] }).capabilities().actions, ['annotate']);
    });
  });
}
