// A leash: runs a program as a process group of its own, and ends the whole group when standard input closes. It closes
// when the starter asks, and also when the starter crashes or is killed, so no process outlives it.
// Usage: node leash.mjs FILE ARGUMENTS... (see start() in process.mjs)
import { spawn, spawnSync } from 'node:child_process';

const graceMs = 5000;
const windows = process.platform === 'win32';
const [file = '', ...args] = process.argv.slice(2);

const child = spawn(file, args, { stdio: ['ignore', 'inherit', 'inherit'], windowsHide: true });
let ending = false;

child.on('error', error => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  if (ending) endNow();
  // What it started goes with it.
  if (!windows) process.kill(-process.pid, 'SIGTERM');
  process.exit(code ?? (signal === null ? 1 : 128));
});

process.stdin.resume();
process.stdin.on('close', () => {
  ending = true;
  if (windows) return endNow();
  setTimeout(endNow, graceMs);
  process.kill(-process.pid, 'SIGTERM');
});
process.on('SIGTERM', () => {});

function endNow() {
  if (windows) spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  else process.kill(-process.pid, 'SIGKILL');
}
