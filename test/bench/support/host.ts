// The bench's end of the line to the probe, which runs inside each extension host (probe/extension.js).
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const connectMs = 120_000;
const endMs = 10_000;

export interface Delays {
  p99: number;
  max: number;
  /** Stretches between two ticks of the event loop that took much time on the processor, longest first. */
  stretches: { at: number; wallMs: number; processorMs: number }[];
}

export interface Activation {
  ms: number;
  /** Of which this long on a processor. */
  processorMs: number;
  /** Bytes it added to the heap. */
  heap: number;
}

/** An extension host, measured from inside. Times are milliseconds. */
export interface Host {
  activate(id: string): Promise<unknown>;
  /** Activates an extension and answers what that took. */
  measureActivation(id: string): Promise<Activation>;
  execute(command: string, ...args: unknown[]): Promise<unknown>;
  /** Bytes of heap in use after garbage collection. */
  heap(): Promise<number>;
  /** Returns when the host has nothing to do. */
  quiet(): Promise<unknown>;
  startDelays(): Promise<unknown>;
  stopDelays(): Promise<Delays>;
  startProfile(): Promise<unknown>;
  /** Writes what the processor did since to a `.cpuprofile` file. */
  stopProfile(path: string): Promise<unknown>;
  /** Returns when the host has ended; one that does not end by itself is killed. */
  end(): Promise<void>;
}

interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}

/** Waits for hosts on a port of this machine; `next` resolves to the one that connects next. */
export async function listenForHosts(): Promise<{ port: number; next(): Promise<Host>; close(): void }> {
  const arrived: ((socket: Socket) => void)[] = [];
  const server = createServer(socket => arrived.shift()?.(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    next: async () => {
      const { promise, resolve } = Promise.withResolvers<Socket>();
      arrived.push(resolve);
      const late = pause(connectMs, undefined, { ref: false }).then(() => {
        throw new Error('No extension host answered.');
      });
      return hostOver(await Promise.race([promise, late]));
    },
    close: () => void server.close(),
  };
}

function hostOver(socket: Socket): Host {
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  createInterface({ input: socket }).on('line', line => {
    const answer = JSON.parse(line) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  const gone = once(socket, 'close');
  socket.on('error', () => undefined);
  void gone.then(() => {
    for (const [id, settle] of waiting) settle({ id, error: 'The extension host ended.' });
  });

  async function ask<T>(task: string, ...args: unknown[]): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const id = asked++;
    waiting.set(id, resolve);
    socket.write(`${JSON.stringify({ id, task, args })}\n`);
    const { value, error } = await promise;
    if (error !== undefined) throw new Error(error);
    return value as T;
  }

  return {
    activate: id => ask('activate', id),
    measureActivation: id => ask('measureActivation', id),
    execute: (command, ...args) => ask('execute', command, ...args),
    heap: () => ask('heap'),
    quiet: () => ask('quiet'),
    startDelays: () => ask('startDelays'),
    stopDelays: () => ask('stopDelays'),
    startProfile: () => ask('startProfile'),
    stopProfile: path => ask('stopProfile', path),
    async end() {
      const bound = setTimeout(() => socket.destroy(), endMs);
      await gone;
      clearTimeout(bound);
    },
  };
}
