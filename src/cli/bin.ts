#!/usr/bin/env node
import type { Writable } from 'node:stream';
import { main } from './main.ts';

/** Writes with backpressure; a reader that went away (`casebook … | head`) is no error. */
function writer(stream: Writable): (text: string) => Promise<boolean> {
  let gone = false;
  let waiting: ((more: boolean) => void) | undefined;
  const settle = (more: boolean): void => {
    const settled = waiting;
    waiting = undefined;
    settled?.(more);
  };
  stream.on('drain', () => settle(true));
  stream.on('error', () => {
    gone = true;
    settle(false);
  });
  return text =>
    new Promise(resolve => {
      if (gone) resolve(false);
      else if (stream.write(text)) resolve(true);
      else waiting = resolve;
    });
}

const io = {
  // Opened only by what reads it.
  get stdin() {
    return process.stdin;
  },
  out: writer(process.stdout),
  err: writer(process.stderr),
  now: () => Date.now(),
  get zone() {
    return Intl.DateTimeFormat().resolvedOptions().timeZone;
  },
  fetch: globalThis.fetch,
  env: process.env,
};
process.exitCode = await main(process.argv.slice(2), io);
