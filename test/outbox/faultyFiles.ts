import * as nodeFs from 'node:fs/promises';
import type { FileSystem } from '../../src/outbox/files.ts';

export type Call = keyof FileSystem;
const calls: readonly Call[] = ['link', 'mkdir', 'open', 'readdir', 'readFile', 'rename', 'stat', 'unlink'];
export const injected = (code: string): Error => Object.assign(new Error('injected'), { code });

/** A file system that asks before each call; what `before` throws, or rejects with, is what the call fails with. */
export function watched(before: (call: Call, nth: number) => unknown): FileSystem {
  let nth = 0;
  const wrap = <Name extends Call>(name: Name): FileSystem[Name] => {
    const real = nodeFs[name] as (...values: never[]) => Promise<unknown>;
    const call = async (...values: never[]): Promise<unknown> => {
      await before(name, nth++);
      return real(...values);
    };
    return call as FileSystem[Name];
  };
  return Object.fromEntries(calls.map(name => [name, wrap(name)])) as unknown as FileSystem;
}
