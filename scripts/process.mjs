// Starting programs, always on a leash (leash.mjs), so that none outlives the script that started it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './paths.mjs';

const leash = fileURLToPath(new URL('leash.mjs', import.meta.url));

/**
 * @typedef {object} StartOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] added to the environment of this process
 * @property {boolean} [show] let the program write to this terminal
 * @property {(text: string) => void} [onOutput]
 */

/**
 * Starts a program. `exit` resolves to its exit code, `stop()` ends it with everything it started.
 * @param {string} file
 * @param {string[]} args
 * @param {StartOptions} [options]
 */
export function start(file, args, { cwd = root, env = {}, show = false, onOutput = () => {} } = {}) {
  const output = show ? 'inherit' : 'pipe';
  const child = spawn(process.execPath, [leash, file, ...args], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', output, output],
    detached: true,
    windowsHide: true,
  });
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', onOutput);
  /** @type {Promise<number>} */
  const exit = new Promise(resolve => child.once('close', code => resolve(code ?? 1)));
  const stop = () => {
    child.stdin?.end();
    return exit;
  };
  return { pid: child.pid ?? 0, exit, stop };
}

/**
 * Runs a program to its end and resolves to what it wrote; rejects with that text when it fails or takes too long.
 * @param {string} file
 * @param {string[]} args
 * @param {StartOptions & { boundMs?: number }} [options]
 */
export async function run(file, args, { boundMs = 600_000, ...options } = {}) {
  let output = '';
  const program = start(file, args, { ...options, onOutput: text => (output += text) });
  let late = false;
  const bound = setTimeout(() => {
    late = true;
    void program.stop();
  }, boundMs);
  const code = await program.exit;
  clearTimeout(bound);
  if (late) throw new Error(`${output}\nStopped after ${boundMs / 1000} s.`);
  if (code !== 0) throw new Error(output.trim() || `${file} ended with exit code ${code}.`);
  return output;
}

/**
 * Runs a script of this project or of one of its packages.
 * @param {string} script path below the project's root
 * @param {string[]} [args]
 * @param {StartOptions & { boundMs?: number }} [options]
 */
export function runNode(script, args = [], options = {}) {
  return run(process.execPath, [join(root, script), ...args], options);
}

/**
 * Runs npm, the same one that runs us where there is one.
 * @param {string[]} args
 * @param {string} cwd
 */
export function npm(args, cwd) {
  const quiet = [...args, '--no-audit', '--no-fund', '--loglevel=error'];
  const script = process.env['npm_execpath'];
  if (script?.endsWith('.js')) return run(process.execPath, [script, ...quiet], { cwd });
  return process.platform === 'win32' ? run('cmd', ['/c', 'npm', ...quiet], { cwd }) : run('npm', quiet, { cwd });
}
