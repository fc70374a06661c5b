// A real VS Code from the npm registry alone: the package `code-server` ships the editor's server and web workbench whole
// (4.139.1 is VS Code 1.139.1). Its post-install builds native parts, so install scripts stay off and the two parts that
// would be missed are replaced.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { once } from './once.mjs';
import { cache, root, trees } from './paths.mjs';
import { npm, run, start } from './process.mjs';
import { quietSettings } from './settings.mjs';

const startBoundMs = 60_000;

/** Without this the workbench looks for extensions on the network, whatever the settings say. */
const noGallery = '{}';

/**
 * The Node a tree needs where ours does not do: under Node 24 the extension host of VS Code 1.110 hangs at the first ESM
 * extension. The package with the bare program needs no install script.
 * @type {Record<string, string>}
 */
const nodeOf = { '4.110.0': '22.23.3' };
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/**
 * Installs the web build of VS Code if it is not here yet (about a minute and 600 MB).
 * @param {string} version
 */
export async function ensureVSCode(version) {
  const ownNode = nodeOf[version];
  const tree = await once(join(trees, `web-${version}`), async folder => {
    console.log(`Installing the web build of VS Code ${version} from npm, once (about a minute).`);
    const packages = [`code-server@${version}`, ...(ownNode ? [`${nodePackage}@${ownNode}`] : [])];
    await npm(['install', '--prefix', folder, '--ignore-scripts', '--engine-strict=false', ...packages], folder);
    await npm(['install', '--omit=dev', '--ignore-scripts'], editorOf(folder));
    await npm(['install', '--omit=dev', '--ignore-scripts'], join(editorOf(folder), 'extensions'));
    for (const name of ['spdlog', 'native-watchdog']) {
      const replaced = join(editorOf(folder), 'node_modules', '@vscode', name, 'index.js');
      await copyFile(join(root, 'scripts', 'stand-ins', `${name}.cjs`), replaced);
    }
  });
  return {
    server: join(editorOf(tree), 'out', 'server-main.js'),
    node: ownNode ? join(tree, 'node_modules', nodePackage, 'bin', 'node') : process.execPath,
  };
}

/** What of the extensions that VS Code brings along Casebook is seen beside: colours, icons, languages of the example, signing in. */
const neededBuiltIns = [
  'javascript',
  'json',
  'log',
  'markdown-basics',
  'microsoft-authentication',
  'theme-defaults',
  'theme-seti',
  'typescript-basics',
];

/**
 * A folder with the built-in extensions that are needed. All hundred take an editor a third of the work of its start.
 * @param {string} version
 */
export async function neededBuiltInsOf(version) {
  await ensureVSCode(version);
  const all = join(editorOf(join(trees, `web-${version}`)), 'extensions');
  return once(join(cache, 'extensions', `${version}-built-in`), async folder => {
    await mkdir(folder, { recursive: true });
    for (const name of [...neededBuiltIns, 'node_modules'])
      await symlink(join(all, name), join(folder, name), 'junction');
  });
}

/** @param {string} tree */
const editorOf = tree => join(tree, 'node_modules', 'code-server', 'lib', 'vscode');

/** @param {string} profile @param {string} extensions */
const foldersOf = (profile, extensions) => [
  `--user-data-dir=${join(profile, 'user')}`,
  `--server-data-dir=${join(profile, 'server')}`,
  `--extensions-dir=${extensions}`,
  '--accept-server-license-terms',
  '--telemetry-level=off',
];

/** @param {string} profile */
const settingsFile = profile => join(profile, 'user', 'User', 'settings.json');

/**
 * @typedef {object} VSCodeOptions
 * @property {string} version
 * @property {string} profile folder of user data and server data; made when missing
 * @property {string} [extensions] folder of installed extensions
 * @property {string} [builtIns] folder of built-in extensions, in place of all that VS Code brings along
 * @property {Record<string, unknown>} [settings] user settings of a new profile, over those that keep the editor quiet
 * @property {number} [port] 0 for a free one
 * @property {boolean} [smokeDriver] allow extension-host tests; hides toasts
 * @property {NodeJS.ProcessEnv} [env]
 */

/**
 * Starts the server and waits until it listens. The page must be opened by the address given here: `localhost` and
 * `127.0.0.1` are both secure contexts (webviews need one for their service worker), but they are two origins.
 * Webviews come from this same server, nothing is fetched from outside.
 * @param {VSCodeOptions} options
 */
export async function startVSCode(options) {
  const { version, profile, extensions = join(profile, 'extensions'), port = 0, env = {} } = options;
  const { server, node } = await ensureVSCode(version);
  const folders = foldersOf(profile, extensions);
  if (!existsSync(settingsFile(profile))) await writeSettings(profile, options.settings ?? {});
  const flags = [...folders, '--host=127.0.0.1', `--port=${port}`, '--without-connection-token'];
  if (options.builtIns) flags.push(`--builtin-extensions-dir=${options.builtIns}`);
  if (options.smokeDriver) flags.push('--enable-smoke-test-driver');

  /** @type {(port: number) => void} */
  let listening = () => {};
  /** @type {Promise<number>} */
  const listens = new Promise(resolve => (listening = resolve));
  let output = '';
  const program = start(node, [server, ...flags], {
    env: { ...env, EXTENSIONS_GALLERY: noGallery },
    onOutput: text => {
      if (output.length < 100_000) output += text;
      const found = /listening on (\d+)/.exec(output);
      if (found) listening(Number(found[1]));
    },
  });
  const late = setTimeout(() => void program.stop(), startBoundMs);
  const actual = await Promise.race([listens, program.exit.then(() => 0)]);
  clearTimeout(late);
  if (actual === 0) throw new Error(`VS Code ${version} did not start.\n${output}`);
  return { url: `http://127.0.0.1:${actual}/`, port: actual, pid: program.pid, exit: program.exit, stop: program.stop };
}

/**
 * Installs a packaged extension through the editor's own command line.
 * @param {string} version
 * @param {string} vsix
 * @param {string} extensions folder of installed extensions
 */
export async function installExtension(version, vsix, extensions) {
  const { server, node } = await ensureVSCode(version);
  const profile = `${extensions}.installer`;
  await run(node, [server, ...foldersOf(profile, extensions), `--install-extension=${vsix}`, '--force']);
  await rm(profile, { recursive: true, force: true });
}

/**
 * A folder that holds exactly this packaged extension, made once for each content of the file.
 * @param {string} version
 * @param {string} vsix
 */
export async function extensionsWith(version, vsix) {
  const content = createHash('sha256')
    .update(await readFile(vsix))
    .digest('hex')
    .slice(0, 12);
  return once(join(cache, 'extensions', `${version}-${content}`), folder => installExtension(version, vsix, folder));
}

/**
 * Writes the user settings of a profile; an editor that runs takes them up.
 * @param {string} profile
 * @param {Record<string, unknown>} settings over those that keep the editor quiet
 */
export async function writeSettings(profile, settings) {
  const file = settingsFile(profile);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
}
