// Which test runs where: the end of a file's name says its lane.
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** @typedef {'unit' | 'package' | 'host' | 'ui'} Lane */

/** @type {Lane[]} */
export const lanes = ['unit', 'package', 'host', 'ui'];

/**
 * The lane of a file, or nothing when it is no test.
 * @param {string} file
 * @returns {Lane | undefined}
 */
export function laneOf(file) {
  if (!file.endsWith('.test.ts')) return undefined;
  return lanes.find(lane => file.endsWith(`.${lane}.test.ts`)) ?? 'unit';
}

/** UI tests that tell a whole story also run on the oldest editor the manifest promises. */
export const isStory = (/** @type {string} */ file) => file.endsWith('.story.ui.test.ts');

/** All test files below test/ and src/, as paths from the root, and those that look like a test but have no lane. */
export async function findTests() {
  const files = (await Promise.all(['test', 'src'].map(filesBelow))).flat().sort();
  const tests = Object.groupBy(files, file => laneOf(file) ?? 'none');
  /** @type {string[]} */
  const lost = [];
  for (const file of tests.none ?? []) {
    if (
      /\.[cm]?[jt]sx?$/.test(file) &&
      !file.endsWith('.bench.ts') &&
      looksLikeTest(await readFile(join(root, file), 'utf8'))
    ) {
      lost.push(file);
    }
  }
  return { tests, lost };
}

/** A test calls these at the left margin; a suite that several tests share wraps them in a function. */
const looksLikeTest = (/** @type {string} */ text) => /^(describe|it)(\.\w+)?\(/m.test(text);

/** @param {string} folder */
async function filesBelow(folder) {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  return files.map(file => file.slice(root.length).replaceAll('\\', '/'));
}
