// Starts the team desk: builds it and keeps everything in a data folder, or in PostgreSQL where DATABASE_URL says so.
// What follows `token` is for `casebook desk token`, with the same data folder.
// Usage: npm run desk -- [--data DIR] [--port N] [--host ADDRESS]
//        npm run desk -- token create --person NAME --roles ROLES | token list | token revoke ID
//        npm run desk -- backup FOLDER, while the desk runs or not; FOLDER is then a data folder itself
import { spawn } from 'node:child_process';
import { cp, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { exclusively } from './once.mjs';
import { main } from './main.mjs';
import { cache, root } from './paths.mjs';
import { runNode } from './process.mjs';

const usualData = join(cache, 'desk');

/**
 * Runs a bundle as this terminal's own program: it gets the signals, and its exit code is ours.
 * @param {string} bundle
 * @param {string[]} args
 */
async function runBundle(bundle, args) {
  const program = spawn(process.execPath, ['--no-warnings', join(root, 'dist', bundle), ...args], { stdio: 'inherit' });
  // The terminal tells both of us; a signal sent to this process alone is handed on.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => program.kill(signal));
  process.exitCode = await new Promise(done => program.once('close', code => done(code ?? 1)));
}

/**
 * Copies a data folder as of about now. Databases come first, each whole as of one moment: content is never changed or
 * removed, so all that a database names is there when the files are copied after it.
 * @param {string} data
 * @param {string} folder
 */
async function backUp(data, folder) {
  const { DatabaseSync } = await import('node:sqlite');
  const entries = await readdir(data, { recursive: true, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(data.length + 1));
  const databases = files.filter(file => file.endsWith('.sqlite'));
  const working = /\.(sqlite|sqlite-(wal|shm|journal)|lock)$|(^|[/\\])partial-[^/\\]+$/;
  await mkdir(folder, { mode: 0o700 });
  for (const file of databases) {
    await mkdir(dirname(join(folder, file)), { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(join(data, file));
    database.prepare('VACUUM INTO ?').run(join(folder, file));
    database.close();
  }
  // Looked for again: files may have come since.
  await cp(data, folder, { recursive: true, force: false, filter: source => !working.test(source) });
  console.log(`${databases.length} databases and their files are in ${folder}.`);
}

await main(import.meta, async () => {
  const args = process.argv.slice(2);
  const at = args.indexOf('--data');
  const given =
    args.find(arg => arg.startsWith('--data='))?.slice('--data='.length) ?? (at >= 0 ? args[at + 1] : undefined);
  const data = resolve(process.env['INIT_CWD'] ?? '.', given ?? usualData);
  const rest = args.filter(
    (arg, index) => !arg.startsWith('--data=') && (at < 0 || (index !== at && index !== at + 1)),
  );
  if (rest[0] === 'backup') {
    if (rest[1] === undefined) throw new Error('Name the folder to back up into: npm run desk -- backup FOLDER');
    return backUp(data, resolve(process.env['INIT_CWD'] ?? '.', rest[1]));
  }
  await mkdir(data, { recursive: true, mode: 0o700 });
  await exclusively(join(cache, 'desk.lock'), () => runNode('scripts/build.mjs'));
  if (rest[0] === 'token') return runBundle('casebook.mjs', ['desk', ...rest, '--data', data]);
  await runBundle('server.js', ['--data', data, ...rest]);
});
