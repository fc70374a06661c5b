import { readPolicy, type Policy } from '../policy/policy.ts';
import { BadUse } from './fault.ts';
import { readText } from './files.ts';

export type { Policy };

/** Reads a team's policy file; the first thing that does not hold is a fault that names file, line and key. */
export async function loadPolicy(file: string): Promise<Policy> {
  const read = readPolicy(await readText(file));
  if (read.ok) return read.policy;
  const [{ code, key, line, facts } = { code: 'notJson', key: '', line: 1, facts: [] }] = read.faults;
  throw new BadUse('policy', { file, line, key, fault: code, facts: facts.join(', ') });
}
