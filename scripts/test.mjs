// Runs every check of the project. The last line is always `N passed, N failed`.
// Usage: npm test -- [--lane unit,package,host,ui] [--grep TITLE] [--bail] [--vscode 4.110.0] [PART OF A PATH...]
// Naming a lane, a title or a path leaves out types, lint and the coverage of the rules.
import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap.mjs';
import { coverRules } from './coverage.mjs';
import { runHostLane } from './host-lane.mjs';
import { runFiles } from './lane-run.mjs';
import { findTests, isStory, lanes } from './lanes.mjs';
import { packageExtension } from './package.mjs';
import { cache, versions } from './paths.mjs';
import { runNode } from './process.mjs';
import { addUpAtExit, fails, nothing, passes, step, total } from './steps.mjs';
import { typecheck } from './typecheck.mjs';
import { unlessUnchanged } from './unchanged.mjs';

/** @typedef {import('./steps.mjs').Outcome} Outcome */
/** @typedef {[name: string, work: () => Promise<Outcome>]} Step */

const { values, positionals: paths } = parseArgs({
  allowPositionals: true,
  options: {
    lane: { type: 'string', default: lanes.join() },
    grep: { type: 'string' },
    bail: { type: 'boolean', default: false },
    vscode: { type: 'string', default: versions.current },
  },
});
const { grep, bail, vscode: editor } = values;
const isPart = grep !== undefined || paths.length > 0;
const isWhole = !isPart && values.lane === lanes.join();
/** Of a part it is no matter that a lane has nothing in it. */
const choice = { bail, ...(isPart && { grep: grep ?? '' }) };
const isChosen = (/** @type {string} */ file) => paths.length === 0 || paths.some(part => file.includes(part));

// Many processes of a run load the same files: what one has compiled, the next one takes.
process.env['NODE_COMPILE_CACHE'] ??= join(cache, 'compiled');

/** @type {Record<import('./lanes.mjs').Lane, (files: string[]) => Step[]>} */
const stepsOf = {
  unit: files => [
    ...unitStep('Unit, with servers', files.filter(startsServers)),
    ...unitStep(
      'Unit',
      files.filter(file => !startsServers(file)),
    ),
  ],
  package: files => [['Package', () => runFiles(files, { ...choice, timeout: 60_000, boundMs: 300_000 })]],
  host: () => [[`Host, VS Code ${editor}`, () => runHostLane(editor, { ...choice, chosen: isChosen })]],
  ui: files => longestFirst(files).flatMap(file => editorsFor(file).map(version => uiStep(file, version))),
};

/** Suites that take over a minute and do not look it: they wait for windows, servers and networks. */
const long = ['reach', 'storage', 'connections', 'team'];
const isLong = (/** @type {string} */ file) => long.includes(basename(file, '.ui.test.ts'));

/** None that takes long is left to run by itself at the end; else the longest text mostly takes the longest. @param {string[]} files */
const longestFirst = files =>
  files.toSorted((a, b) => Number(isLong(b)) - Number(isLong(a)) || statSync(b).size - statSync(a).size);

/** Tests that start databases, desks and processes to be killed wait much; apart from the others they share the machine well. */
const startsServers = (/** @type {string} */ file) =>
  /^test\/(server|stores|connectors)\/|^test\/outbox\/kills/.test(file);

/** @param {string} name @param {string[]} files @returns {Step[]} */
function unitStep(name, files) {
  if (files.length === 0) return [];
  const run = async () => {
    if (files.some(file => file.includes('/postgres'))) console.log(`On ${await postgres()}.`);
    return runFiles(files, { ...choice, timeout: 10_000, boundMs: 600_000 });
  };
  return [[name, run]];
}

/** Which PostgreSQL the tests run on; where there is none, they say so themselves. */
async function postgres() {
  const { findPrograms } = await import('../test/stores/postgresServer.ts');
  return findPrograms().then(
    ({ what }) => what,
    () => 'no PostgreSQL',
  );
}

const editorsFor = (/** @type {string} */ file) =>
  editor === versions.current && isStory(file) ? [editor, versions.oldest] : [editor];

/** @returns {Step} */
function uiStep(/** @type {string} */ file, /** @type {string} */ version) {
  const options = { ...choice, timeout: 120_000, boundMs: 600_000, env: { CASEBOOK_VSCODE: version } };
  const run = async () => {
    const { shownBefore } = await import('../test/support/browser.ts');
    await shownBefore(version);
    return runFiles(['test/support/failed.ts', file], options);
  };
  return [`UI, VS Code ${version}, ${basename(file, '.ui.test.ts')}`, run];
}

/** @param {Step[]} steps */
async function runSteps(steps) {
  for (const [name, work] of steps) if (!bail || total.failed === 0) await step(name, work);
}

/**
 * Most steps wait for much of their time, so two share the machine well. Suites that assert how soon something happens
 * (*.alone.ui.test.ts) are not among them.
 *
 * @param {Step[]} steps
 */
async function runPairs(steps) {
  const waiting = [...steps];
  const next = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) await runSteps([one]);
  };
  await Promise.all([next(), next()]);
}

/** Looks at files alone, so it has nothing to say twice of the same. @param {string} name @param {() => Promise<void>} work @returns {Step} */
const ofFiles = (name, work) => [name, async () => unlessUnchanged(name.toLowerCase(), work).then(() => passes)];

/** @type {Step[]} */
const checks = [
  ofFiles('Types', async () => {
    const messages = await typecheck();
    if (messages) throw new Error(messages);
  }),
  ofFiles('Lint', async () => {
    await runNode('node_modules/eslint/bin/eslint.js', ['.']);
    await runNode('node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']);
  }),
  ['Coverage of the rules', async () => coverRules().then(() => passes)],
];

async function runAll() {
  const { tests, lost } = await findTests();
  if (lost.length > 0)
    await step('Names', async () => fails('These look like tests, but fit no lane:', lost.join('\n')));

  const wanted = values.lane.split(',');
  const unknown = wanted.filter(name => !lanes.some(lane => lane === name));
  if (unknown.length > 0) throw new Error(`There is no lane ${unknown.join()}. The lanes are ${lanes.join(', ')}.`);
  const [unit = [], pack = [], host = [], ui = []] = lanes.map(lane => {
    const files = (tests[lane] ?? []).filter(isChosen);
    if (!wanted.includes(lane) || (isPart && files.length === 0)) return [];
    return files.length > 0 ? stepsOf[lane](files) : [emptyLane(lane)];
  });
  /** @type {Promise<string> | undefined} */
  let packaging;
  const packaged = () => (packaging ??= packageExtension());
  /** @type {Step} */
  const build = ['Build and package', () => packaged().then(() => nothing)];
  const needy = (/** @type {Step[]} */ steps) =>
    steps.map(([name, work]) => /** @type {Step} */ ([name, () => packaged().then(work, lacksPackage)]));
  const alone = ui.filter(([name]) => name.endsWith('.alone'));
  const packagedSteps = [...pack, ...host, ...ui.filter(one => !alone.includes(one))];
  const first = packagedSteps.length + alone.length > 0 ? [build] : [];
  await runPairs([...first, ...unit, ...(isWhole ? checks : []), ...needy(packagedSteps)]);
  await runSteps(needy(alone));
}

/** @returns {Step} */
const emptyLane = (/** @type {string} */ lane) => [
  lane,
  async () => fails('The lane is empty.', 'No file has its name.'),
];
const lacksPackage = async () => fails('Not run.', 'There is no package to test.');

/** @returns {never} */
function giveUp(/** @type {Error} */ error) {
  console.error(error.message);
  process.exit(1);
}

await bootstrap().catch(error => {
  addUpAtExit();
  giveUp(error);
});
addUpAtExit();
process.on('uncaughtException', giveUp);
await runAll();
