/** How long this thread has run on a processor: what others take of the machine does not count. */
export function processorMs() {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
