import { basename } from 'node:path';
import type { FileSystem } from '../../src/outbox/files.ts';
import { turn, until } from '../support/fakeTime.ts';
import { injected, type Call } from './faultyFiles.ts';

/** The names of a folder in memory; what `before` throws, or waits for, is what a call does first. */
export interface Memory {
  readonly names: Set<string>;
  readonly calls: Call[];
  before: (call: Call) => unknown;
  readonly fs: FileSystem;
  /** Resolves when no call is on its way. */
  settled(): Promise<void>;
}

export function createMemory(): Memory {
  const names = new Set<string>();
  let running = 0;
  const call =
    <Values extends readonly string[], Value>(name: Call, work: (...values: Values) => Value) =>
    async (...values: Values): Promise<Value> => {
      running++;
      memory.calls.push(name);
      try {
        await memory.before(name);
        await turn();
        return work(...values);
      } finally {
        running--;
      }
    };
  const gone = (path: string): void => {
    if (!names.delete(basename(path))) throw injected('ENOENT');
  };
  const fs = {
    readdir: call('readdir', () => [...names]),
    mkdir: call('mkdir', () => undefined),
    open: call('open', (path: string) => {
      names.add(basename(path));
      return { close: () => Promise.resolve() };
    }),
    rename: call('rename', (from: string, to: string) => {
      gone(from);
      names.add(basename(to));
    }),
    unlink: call('unlink', gone),
  };
  const memory: Memory = {
    ...{ names, calls: [], before: () => undefined, fs: fs as unknown as FileSystem },
    async settled() {
      for (let quiet = 0; quiet < 3; quiet++) {
        await until(() => running === 0);
        await turn();
      }
    },
  };
  return memory;
}
