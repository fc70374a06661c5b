// Runs the rows one after another, prints their table and keeps every sample in .cache/bench.json.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageExtension } from '../../scripts/package.mjs';
import { cache, vsix } from '../../scripts/paths.mjs';
import { activation } from './rows/activation.ts';
import { delay } from './rows/delay.ts';
import { healthParts, healthTree } from './rows/health.ts';
import { libraries } from './rows/libraries.ts';
import { list } from './rows/list.ts';
import { pages } from './rows/pages.ts';
import { drain } from './rows/drain.ts';
import { postgres } from './rows/postgres.ts';
import { serverOnPostgres, serverOnSqlite } from './rows/server.ts';
import { size } from './rows/size.ts';
import { targets } from './rows/targets.ts';
import { tree } from './rows/tree.ts';
import { startEditor, type Editor } from './support/editor.ts';
import type { Bench, Figure } from './support/figure.ts';
import { table } from './support/table.ts';

interface Setting {
  /** A folder to write to. */
  readonly folder: string;
  /** Starts when first asked for. */
  readonly editor: () => Promise<Editor>;
}
type Row = (bench: Bench, setting: Setting) => Promise<Figure[]>;

const rows: Readonly<Record<string, Row>> = {
  size,
  targets,
  libraries,
  list: (bench, { folder }) => list(bench, folder),
  postgres,
  server: (bench, { folder }) => serverOnSqlite(bench, folder),
  'server-postgres': (bench, { folder }) => serverOnPostgres(bench, folder),
  drain: (bench, { folder }) => drain(bench, folder),
  activation: async (bench, { editor }) => activation(bench, await editor()),
  tree: async (bench, { editor }) => tree(bench, await editor()),
  health: async (bench, { folder }) => [
    ...(await healthParts(bench)),
    ...(await healthTree(bench, join(folder, 'health'))),
  ],
  pages: async (bench, { editor }) => pages(bench, await editor()),
  delay: async (bench, { editor }) => delay(bench, await editor()),
};

/** Answers whether every budget was kept. */
export async function bench(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      runs: { type: 'string' },
      'self-check': { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
    },
  });
  const wanted = values.only?.split(',') ?? Object.keys(rows);
  const unknown = wanted.filter(name => !Object.hasOwn(rows, name));
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Known: ${Object.keys(rows).join(', ')}.`);
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  if (runs !== undefined && !(Number.isInteger(runs) && runs > 0)) throw new Error('--runs takes a number above 0.');
  const selfCheck = values['self-check'];
  if (!selfCheck) await packageExtension();

  const [load = 0] = loadavg();
  if (load > availableParallelism())
    console.log(`The machine is busy with other things (load ${load.toFixed(1)}): ratios still tell, times do not.`);
  const folder = await makeFolder();
  const profiles = values.profile ? cache : undefined;
  let starting: Promise<Editor> | undefined;
  const editor = () => (starting ??= startEditor(folder, selfCheck ? undefined : vsix));
  const figures: Figure[] = [];
  try {
    for (const name of wanted) {
      console.log(`Measuring: ${name}`);
      figures.push(
        ...((await rows[name]?.({ runs, selfCheck, profiles }, { folder, editor }).catch(failure(name))) ?? []),
      );
    }
  } finally {
    await (await starting?.catch(() => undefined))?.close();
  }
  console.log(`\n${table(figures)}\n\nA ratio is the median over the runs of the ratio within a run.`);
  await writeFile(join(cache, 'bench.json'), JSON.stringify({ selfCheck, figures }, null, 2));
  return figures.every(({ ok }) => ok !== false);
}

/** A row that could not be measured is a budget that was not kept. */
const failure =
  (name: string) =>
  (error: unknown): Figure[] => {
    console.error(`${name}:`, error);
    return [{ what: `${name}: not measured`, floor: '', casebook: '', ok: false }];
  };

async function makeFolder(): Promise<string> {
  const parent = join(cache, 'bench');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'run-'));
  process.once('exit', () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });
  return folder;
}
