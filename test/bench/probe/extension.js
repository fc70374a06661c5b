// Connects to the bench that started this editor and does what it asks: one task a line, as JSON.
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';
import { startDelays, stopDelays } from './delays.js';
import { collectedHeap } from './heap.js';
import { processorMs } from './processor.js';
import { startProfile, stopProfile } from './profile.js';
import { quiet } from './quiet.js';

function dormant(id) {
  const extension = vscode.extensions.getExtension(id);
  if (extension === undefined) throw new Error(`${id} is not installed.`);
  if (extension.isActive) throw new Error(`${id} is active already.`);
  return extension;
}

/** Loads an extension and runs its `activate()`; answers what that took. Nothing it set off for later has run by then. */
async function measureActivation(id) {
  const extension = dormant(id);
  const before = collectedHeap();
  const [start, ran] = [performance.now(), processorMs()];
  await extension.activate();
  const took = { ms: performance.now() - start, processorMs: processorMs() - ran };
  return { ...took, heap: collectedHeap() - before };
}

const tasks = {
  activate: async id => void (await dormant(id).activate()),
  execute: (command, ...args) => vscode.commands.executeCommand(command, ...args),
  heap: collectedHeap,
  measureActivation,
  quiet,
  startDelays,
  stopDelays,
  startProfile,
  stopProfile,
};

async function answer({ id, task, args }) {
  try {
    return { id, value: await tasks[task](...args) };
  } catch (error) {
    return { id, error: String(error?.stack ?? error) };
  }
}

export function activate() {
  const port = Number(process.env['CASEBOOK_BENCH_PORT']);
  if (!port) return;
  const socket = connect(port, '127.0.0.1');
  createInterface({ input: socket }).on('line', async line => {
    socket.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
  });
  // The editor would keep this host for hours, in case its window comes back.
  socket.on('close', () => process.kill(process.pid, 'SIGKILL'));
}
