// A browser to drive: $CHROME_PATH, else an installed Chromium, Chrome or Edge, else the npm package @sparticuz/chromium
// (Linux x64, headless), unpacked once. That one finds every library it needs on a plain Debian; for a barer machine its
// own set of libraries is put behind the system's.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { once } from './once.mjs';
import { cache, root } from './paths.mjs';
import { run } from './process.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * What playwright-core switches off, since the last list a browser is given counts; and the fetching of scripts behind a
 * page, which compiles a script while it arrives although it lies in the folder compiled.
 */
const withoutFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'BackgroundResourceFetch',
];

/**
 * What a page that is looked at for seconds does better without: a process of its own for painting, and compiling what it
 * will never run often enough.
 */
export const frugalFlags = ['--in-process-gpu', '--js-flags=--no-turbofan --no-maglev'];

/** @returns {Promise<{ executablePath: string, env: NodeJS.ProcessEnv }>} */
export async function findBrowser() {
  const given = process.env['CHROME_PATH'];
  if (given) return { executablePath: given, env: {} };
  const installed = installedBrowsers().find(existsSync);
  if (installed) return { executablePath: installed, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return unpackedBrowser();
  throw new Error('No browser found. Install Chrome, Chromium or Edge, or set CHROME_PATH to one.');
}

/** Starts a headless browser; the caller closes it. */
export async function openBrowser() {
  const { chromium } = await import('playwright-core');
  return chromium.launch(await launchOptions());
}

/**
 * Starts a frugal headless browser that keeps in a folder what it stores, and knows the server at a port of this machine by a
 * name that is the same whatever the port; the caller closes it.
 * @param {{ folder: string, name: string, port: number }} at
 * @param {import('playwright-core').BrowserContextOptions} [options]
 */
export async function openBrowserIn({ folder, name, port }, options = {}) {
  const { chromium } = await import('playwright-core');
  const { args, ...launch } = await launchOptions(`MAP ${name} 127.0.0.1:${port}, `);
  const features = `--disable-features=${withoutFeatures.join()}`;
  return chromium.launchPersistentContext(folder, { ...launch, args: [...args, ...frugalFlags, features], ...options });
}

/** Nothing but what the tests ask for goes over the network. @param {string} [first] a rule that goes before */
async function launchOptions(first = '') {
  const { executablePath, env } = await findBrowser();
  const only = `--host-resolver-rules=${first}MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost`;
  return { executablePath, args: [...flags, only], env: { ...definedEnv(), ...definedEnv(env) } };
}

function installedBrowsers() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      name => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const places = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData']
      .map(name => process.env[name] ?? '')
      .filter(Boolean);
    return places.flatMap(place => [
      join(place, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(place, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
  const places = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return names.flatMap(name => places.map(place => join(place, name)));
}

/** The package unpacks into the folder for temporary files, and its libraries only where it believes to run in a cloud. */
async function unpackedBrowser() {
  const manifest = JSON.parse(
    await readFile(join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json'), 'utf8'),
  );
  const folder = await once(join(cache, `chromium-${manifest.version}`), async unfinished => {
    console.log('Unpacking Chromium, once.');
    const script = "(await import('@sparticuz/chromium')).default.executablePath()";
    const env = { TMPDIR: unfinished, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
    await run(process.execPath, ['--input-type=module', '--eval', `await ${script}`], { env });
  });
  const libraries = [process.env['LD_LIBRARY_PATH'], join(folder, 'al2023', 'lib')].filter(Boolean).join(':');
  return { executablePath: join(folder, 'chromium'), env: { LD_LIBRARY_PATH: libraries } };
}

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Record<string, string>}
 */
function definedEnv(env = process.env) {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
