// What the extension host spends its time on, as a file that Chrome's and VS Code's own tools open.
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

let session;

export async function startProfile() {
  session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
}

/** @param {string} path */
export async function stopProfile(path) {
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  await writeFile(path, JSON.stringify(profile));
}
