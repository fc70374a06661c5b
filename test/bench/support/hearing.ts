// Clients that wait to hear of a write: the one of the team desk, and a bare one.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHttpClient } from '../../../src/connectors/http/client.ts';
import { systemTime } from '../../../src/connectors/http/time.ts';
import { openTeamDesk, type TeamDesk } from '../../../src/connectors/team/desk.ts';
import { value } from '../../desk/build.ts';

export interface Hearing {
  /** Settles with the next thing that is heard. */
  next(): Promise<void>;
  close(): void;
}

/** The client of the team desk, as the extension opens it. */
export async function openClient(origin: string, token: string): Promise<TeamDesk> {
  const http = createHttpClient({
    ...{ origin, fetch: globalThis.fetch, time: systemTime },
    token: () => Promise.resolve(token),
  });
  return value(await openTeamDesk({ http, time: systemTime, id: randomUUID }));
}

/** Waits in line for what is told. */
function line(): { readonly heard: () => void; readonly next: () => Promise<void> } {
  const waiting: (() => void)[] = [];
  return {
    heard: () => waiting.shift()?.(),
    next: () => new Promise(resolve => waiting.push(resolve)),
  };
}

/** The client once it hears of writes, which are made until it does. */
export async function connect(origin: string, token: string, write: () => Promise<unknown>): Promise<Hearing> {
  const desk = await openClient(origin, token);
  const { heard, next } = line();
  const ears = { open: false };
  const first = next().then(() => (ears.open = true));
  desk.onDidChange(heard);
  while (!ears.open) {
    await write();
    await Promise.race([first, sleep(50)]);
  }
  // What else was told of these writes has come by then.
  await sleep(500);
  return { next, close: () => desk.close() };
}

/** Reads a stream of events and looks for the end of each. */
export async function hearing(url: string): Promise<Hearing> {
  const stop = new AbortController();
  const stream = await fetch(`${url}/events`, { signal: stop.signal });
  const { heard, next } = line();
  void (async () => {
    for await (const piece of stream.body ?? [])
      if (new TextDecoder().decode(piece as Uint8Array).includes('\n\n')) heard();
  })().catch(() => undefined);
  return { next, close: () => stop.abort() };
}
