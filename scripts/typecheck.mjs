// Type-checks every tsconfig.json of the project, two at a time.
// Usage: npm run typecheck
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from './main.mjs';
import { root } from './paths.mjs';
import { runNode } from './process.mjs';

const atOnce = 2;

/** Resolves to the compiler's messages, empty when there are none. */
export async function typecheck() {
  const projects = await findProjects();
  /** @type {string[]} */
  const messages = [];
  const worker = async () => {
    for (let project = projects.shift(); project; project = projects.shift()) {
      await runNode('node_modules/typescript/bin/tsc', ['-p', project]).catch(error => messages.push(error.message));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  // A file that two projects include is reported by both.
  return [...new Set(messages.join('\n').split('\n'))].join('\n');
}

async function findProjects() {
  const rooms = (await readdir(join(root, 'src'), { withFileTypes: true })).filter(entry => entry.isDirectory());
  return ['.', 'scripts', ...rooms.map(room => join('src', room.name))].filter(folder =>
    existsSync(join(root, folder, 'tsconfig.json')),
  );
}

await main(import.meta, async () => {
  const messages = await typecheck();
  if (messages) throw new Error(messages);
});
