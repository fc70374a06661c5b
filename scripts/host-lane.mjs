// The host lane: the extension under development in the extension host of the web VS Code, with the suites beside it.
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openBrowser } from './browser.mjs';
import { bundleHostTests } from './host-bundle.mjs';
import { settle } from './lane-run.mjs';
import { cache, exampleWorkspace, root } from './paths.mjs';
import { startVSCode } from './vscode.mjs';

const boundMs = 240_000;

/**
 * @param {string} version
 * @param {import('./lane-run.mjs').Choice & { chosen?: (file: string) => boolean }} options
 */
export function runHostLane(version, { chosen, ...choice }) {
  return settle(choice, async resultFile => {
    const bundle = await bundleHostTests(chosen);
    const profile = await makeProfile();
    const workspace = join(profile, 'workspace');
    await cp(exampleWorkspace, workspace, { recursive: true });
    const env = { CASEBOOK_TEST_OPTIONS: JSON.stringify({ resultFile, ...choice }) };
    const server = await startVSCode({ version, profile, smokeDriver: true, env });
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await inTime(page, `${server.url}?${query(server.port, workspace, bundle.index)}`);
    } finally {
      await browser.close();
      await server.stop();
      for (const folder of [profile, bundle.folder]) await rm(folder, { recursive: true, force: true });
    }
  });
}

/**
 * Opens the page and waits until the test module reports its end through the two functions the workbench calls.
 * @param {import('playwright-core').Page} page
 * @param {string} url
 */
async function inTime(page, url) {
  /** @type {string[]} */
  const log = [];
  /** @type {Promise<void>} */
  const ended = new Promise((resolve, reject) => {
    setTimeout(reject, boundMs, new Error(`No end after ${boundMs / 1000} s.`)).unref();
    void page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      log.push(`${type}: ${args.join(' ')}`);
    });
    void page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) =>
      code === 0 ? resolve() : reject(new Error(`The extension host ended with code ${code}.`)),
    );
  });
  ended.catch(() => {});
  await page.goto(url);
  await ended.catch(error => {
    throw new Error([error.message, ...log.slice(-50)].join('\n'));
  });
}

/** @param {number} port @param {string} workspace @param {string} tests */
function query(port, workspace, tests) {
  const remote = (/** @type {string} */ path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(root.replace(/\/$/, ''))],
    ['extensionTestsPath', remote(tests)],
    ['skipWelcome', 'true'],
  ];
  return new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) });
}

async function makeProfile() {
  await mkdir(join(cache, 'profiles'), { recursive: true });
  return mkdtemp(join(cache, 'profiles', 'host-'));
}
