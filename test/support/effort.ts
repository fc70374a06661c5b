/**
 * The least processor time that work took in three runs, in microseconds, and never nothing: to be compared with that of
 * other work in the same test, because a second says nothing on a busy machine.
 */
export function effort(work: () => unknown): number {
  const runs = [0, 1, 2].map(() => {
    const { user } = process.cpuUsage();
    work();
    return process.cpuUsage().user - user;
  });
  return Math.max(50, Math.min(...runs));
}
