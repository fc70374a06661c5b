// Where things are. Everything the scripts write lives in two git-ignored folders: trees of VS Code, and the rest.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const cache = join(root, '.cache');
export const trees = join(root, '.vscode-test');
export const vsix = join(root, 'casebook.vsix');
export const exampleWorkspace = join(root, 'examples', 'workspace');

/** The editor the tests run on, and the oldest one the manifest promises (npm release names of its web build). */
export const versions = { current: '4.139.1', oldest: '4.110.0' };
