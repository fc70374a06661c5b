import * as z from 'zod/mini';
import { parsed } from '../outbox/notes.ts';
import type { Folder } from '../outbox/files.ts';
import type { Instant } from '../rules/decision.ts';

const Lease = z.object({ until: z.int() });
/** Longer than a reading can take, in milliseconds. */
export const leaseMilliseconds = 2 * 60_000;

/**
 * Does `work` in one window at a time, and answers whether it was done here. Each holder makes a file with the next
 * number, which only one can make; a lease ends when its work does, or by the clock where its window died. Two can hold one
 * only after the clock jumped, and then both read.
 */
export async function underLease(
  folder: Folder,
  name: string,
  now: Instant,
  work: () => Promise<void>,
): Promise<boolean> {
  const prefix = `${name}.lease-`;
  const taken = (await folder.names())
    .filter(one => one.startsWith(prefix))
    .map(one => ({ file: one, number: Number(one.slice(prefix.length)) }))
    .filter(({ number }) => Number.isSafeInteger(number))
    .sort((a, b) => b.number - a.number);
  const [latest] = taken;
  const held = Lease.safeParse(latest && parsed((await folder.read(latest.file)) ?? ''));
  if (held.success && held.data.until > now && held.data.until <= now + leaseMilliseconds) return false;
  const own = `${prefix}${(latest?.number ?? 0) + 1}`;
  if (!(await folder.create(own, JSON.stringify({ until: now + leaseMilliseconds })))) return false;
  for (const { file } of taken) await folder.remove(file);
  try {
    await work();
  } finally {
    await folder.replace(own, JSON.stringify({ until: 0 }));
  }
  return true;
}
