// Waiting on conditions, never on time.
import { setTimeout as pause } from 'node:timers/promises';

/** Repeats `attempt` until it no longer throws, and resolves to what it returned; rejects with its last error. */
export async function eventually<T>(attempt: () => T | Promise<T>, boundMs = 30_000): Promise<T> {
  const end = Date.now() + boundMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > end) throw error;
      await pause(50);
    }
  }
}
