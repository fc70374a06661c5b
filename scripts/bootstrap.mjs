// Makes a fresh clone ready: packages as the lock file says, and the project's own Node. Nothing happens when all is well.
// A script that people run calls this first and imports packages only afterwards.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exclusively } from './once.mjs';
import { cache, root } from './paths.mjs';
import { npm, run, start } from './process.mjs';

const oldestNode = 20;
const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Returns once this process runs on the project's Node with all packages in place. */
export async function bootstrap() {
  const major = Number.parseInt(process.versions.node, 10);
  if (major < oldestNode)
    throw new Error(`Casebook needs Node ${oldestNode} or newer to start; this is ${process.version}.`);
  if (!(await isInstalled())) await exclusively(join(cache, 'install.lock'), install);
  const own = JSON.parse(await readFile(join(root, 'node_modules', 'node', 'package.json'), 'utf8')).version;
  if (major < Number.parseInt(own, 10)) process.exit(await runAgainOnOwnNode());
}

async function install() {
  if (await isInstalled()) return;
  console.log('Installing packages as package-lock.json says (npm ci).');
  await npm(['ci'], root);
  // Where npm runs no install scripts, the program is still missing.
  if (!existsSync(ownNode))
    await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: join(root, 'node_modules', 'node') });
}

/** npm writes its own record last, so it exists only after a whole install. */
async function isInstalled() {
  const wanted = await packagesIn('package-lock.json');
  const present = await packagesIn(join('node_modules', '.package-lock.json'));
  const missing = Object.entries(wanted).filter(
    ([path, { version, optional }]) => path !== '' && !optional && present[path]?.version !== version,
  );
  return missing.length === 0 && existsSync(ownNode);
}

/**
 * @param {string} lockFile
 * @returns {Promise<Record<string, { version: string, optional?: boolean }>>}
 */
async function packagesIn(lockFile) {
  const path = join(root, lockFile);
  return existsSync(path) ? JSON.parse(await readFile(path, 'utf8')).packages : {};
}

async function runAgainOnOwnNode() {
  const program = start(ownNode, process.argv.slice(1), { show: true });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void program.stop());
  return program.exit;
}
