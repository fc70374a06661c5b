import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Standing } from '../desk/admission.ts';
import { maxPolicyLength, policyFiles, readPolicy } from '../policy/policy.ts';
import type { Timing } from '../stores/waiting.ts';
import type { Log } from './log.ts';

/** What a tenant says about itself; the role is the caller's. */
export type TenantStanding = Omit<Standing, 'role'>;

/** As the settings have it where nobody says otherwise. */
const usual: TenantStanding = { advancedAgreement: false, directSubscriptions: 1, partnerSubscriptions: 0 };
/** Milliseconds between two looks at the file. */
const lookAgain = 5_000;

async function textOf(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return size > maxPolicyLength ? ' '.repeat(maxPolicyLength + 1) : await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

/**
 * Follows the policy file of a tenant, the same file its members have in their workspaces. Without one the standing is
 * the usual one; a file with a fault leaves the last good one in force, and its faults are logged by code and place.
 */
export function followStanding(folder: string, clock: Timing['clock'], log: Log): () => Promise<TenantStanding> {
  const path = join(folder, policyFiles[0]);
  let standing = usual;
  let seen: string | undefined;
  let next = -Infinity;

  async function look(): Promise<void> {
    try {
      const { mtimeMs, size } = await stat(path);
      const version = `${mtimeMs} ${size}`;
      if (version === seen) return;
      seen = version;
      const reading = readPolicy(await textOf(path));
      if (!reading.ok) {
        for (const { code, key, line } of reading.faults) log.error('policy', { code, key, line });
        return;
      }
      const { advancedAgreement, directSubscriptions, partnerSubscriptions, highestSeverity } = reading.policy;
      standing = {
        advancedAgreement: advancedAgreement ?? usual.advancedAgreement,
        directSubscriptions: directSubscriptions ?? usual.directSubscriptions,
        partnerSubscriptions: partnerSubscriptions ?? usual.partnerSubscriptions,
        highestSeverity,
      };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        seen = undefined;
        standing = usual;
      } else log.error('policy', { code: 'unreadable' });
    }
  }

  return async () => {
    if (clock() >= next) {
      next = clock() + lookAgain;
      await look();
    }
    return standing;
  };
}
