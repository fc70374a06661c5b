import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Config } from './config.ts';
import { createLog, faultFields, gatherLines } from './log.ts';
import { startDesk } from './start.ts';

/** Longest time, in milliseconds, that what was accepted may take once the desk is told to stop. */
const grace = 30_000;

const lines = gatherLines(text => process.stdout.write(text));
const log = createLog(lines.add, () => Date.now());
process.on('exit', () => lines.now());

async function configIn(folder: string): Promise<Config> {
  try {
    return Config.parse(JSON.parse(await readFile(join(folder, 'desk.json'), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Config.parse({});
    throw error;
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: 'data' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4700' },
    },
  });
  const { data } = values;
  const database = process.env['DATABASE_URL'] || undefined;
  const desk = await startDesk({
    ...{ data, host: values.host, port: Number(values.port), log, now: () => Date.now(), id: randomUUID },
    ...{ config: await configIn(data), ...(database !== undefined && { database }) },
  });
  if (!desk.ok) throw new Error(desk.error.code);
  log.info('listening', { address: desk.value.address, storage: database === undefined ? 'sqlite' : 'postgres' });

  let stopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping) return;
    stopping = true;
    log.info('stopping', { signal });
    setTimeout(() => process.exit(1), grace).unref();
    void desk.value.stop().then(() => {
      log.info('stopped');
      // Nothing that is still open matters any more.
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}

process.on('unhandledRejection', error => log.error('unhandled', faultFields(error)));
await main().catch((error: unknown) => {
  log.error('notStarted', { ...faultFields(error), why: error instanceof Error ? error.message : '' });
  process.exitCode = 1;
});
