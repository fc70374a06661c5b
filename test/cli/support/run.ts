import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'mocha';
import * as z from 'zod/mini';
import type { Exit } from '../../../src/cli/io.ts';
import { main } from '../../../src/cli/main.ts';
import { outputs } from '../../../src/cli/output.ts';

/** What a test may set of the world around a call. */
export interface World {
  readonly stdin?: readonly (string | Uint8Array)[];
  readonly env?: Readonly<Record<string, string>>;
  readonly zone?: string;
  readonly now?: number;
  /** Told each time something is written; false says that nobody reads any more. */
  readonly reads?: () => boolean;
}
export interface Ran {
  readonly exit: Exit;
  readonly out: string;
  readonly err: string;
}

/** One call in this process. */
export async function casebook(args: readonly string[], world: World = {}): Promise<Ran> {
  const { stdin = [], env = {}, zone = 'Europe/Prague', now = Date.parse('2026-03-04T02:00:00Z') } = world;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (const chunk of stdin) {
      await Promise.resolve();
      yield typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk;
    }
  }
  let [out, err] = ['', ''];
  const exit = await main(args, {
    stdin: chunks(),
    out: text => {
      out += text;
      return Promise.resolve(world.reads?.() ?? true);
    },
    err: text => {
      err += text;
      return Promise.resolve(true);
    },
    now: () => now,
    zone,
    fetch: globalThis.fetch,
    env,
  });
  return { exit, out, err };
}

/** The answer of a call in JSON, which fits its schema, keys in its order. */
export async function answer<Schema extends z.ZodMiniType>(
  schema: Schema,
  args: readonly string[],
  exit: Exit = 0,
  world: World = {},
): Promise<z.output<Schema>> {
  assert.ok(Object.values(outputs).some(one => one === schema));
  const ran = await casebook([...args, '--json'], world);
  assert.deepEqual([ran.exit, ran.err], [exit, '']);
  const json: unknown = JSON.parse(ran.out);
  const parsed = z.parse(schema, json);
  assert.equal(JSON.stringify(parsed), JSON.stringify(json), 'keys in the order of the schema');
  return parsed;
}

/** The one sentence of a call that cannot be used. */
export async function complaint(args: readonly string[], world: World = {}): Promise<string> {
  const { exit, out, err } = await casebook(args, world);
  assert.deepEqual([exit, out], [2, '']);
  assert.match(err, /^casebook: [^\n]{8,}\n$/);
  assert.doesNotMatch(err.slice(0, -1), /[\p{Cc}\u202a-\u202e\u2066-\u2069]|undefined|[{}]/u);
  return err.slice('casebook: '.length, -1);
}

/** A folder for the files of a suite. */
export function folder(): { readonly path: string; file(name: string, content: unknown): string } {
  const path = mkdtempSync(join(tmpdir(), 'casebook-cli-'));
  after(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    file(name, content) {
      const at = join(path, name);
      const raw = typeof content === 'string' || content instanceof Uint8Array;
      writeFileSync(at, raw ? content : JSON.stringify(content));
      return at;
    },
  };
}
