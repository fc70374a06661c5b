// Tries Casebook out: packages it, installs it into a profile of its own and opens the example workspace. The profile is
// kept, so cases survive a restart.
// Usage: npm start -- [--port N] [--no-open] | [--desktop]
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main } from './main.mjs';
import { packageExtension } from './package.mjs';
import { cache, exampleWorkspace, versions } from './paths.mjs';
import { run } from './process.mjs';
import { installExtension, startVSCode } from './vscode.mjs';

const windows = process.platform === 'win32';
const profile = join(cache, 'start');

async function startInBrowser({ port = 0, open = true }) {
  const version = versions.current;
  const vsix = await packageExtension();
  const extensions = join(profile, 'extensions');
  await rm(extensions, { recursive: true, force: true });
  await installExtension(version, vsix, extensions);

  const server = await startVSCode({ version, profile, extensions, port });
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.stop());
  const url = `${server.url}?folder=${encodeURIComponent(exampleWorkspace)}`;
  console.log(`Casebook runs in VS Code at\n${url}\nCtrl+C ends it.`);
  if (open) openInBrowser(url);
  await server.exit;
}

/** Opens the address where there is a screen; it was printed, so it is no matter if this fails. */
function openInBrowser(/** @type {string} */ url) {
  const screen = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'];
  const [file, ...args] =
    process.platform === 'darwin' ? ['open'] : windows ? ['cmd', '/c', 'start', ''] : screen ? ['xdg-open'] : [];
  if (file === undefined) return;
  const opener = spawn(file, [...args, url], { detached: true, stdio: 'ignore' });
  opener.on('error', () => {});
  opener.unref();
}

async function startOnDesktop() {
  const code = (/** @type {string[]} */ args) => (windows ? run('cmd', ['/c', 'code', ...args]) : run('code', args));
  await code(['--version']).catch(() => {
    throw new Error('There is no `code` on the PATH. Install VS Code with its command, or leave out --desktop.');
  });
  const vsix = await packageExtension();
  const folders = ['user', 'extensions'].map(name => join(cache, 'start-desktop', name));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const [user = '', extensions = ''] = folders;
  const own = ['--user-data-dir', user, '--extensions-dir', extensions];
  await code([...own, '--install-extension', vsix, '--force']);
  await code([...own, '--new-window', exampleWorkspace]);
}

await main(import.meta, async () => {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      desktop: { type: 'boolean' },
      port: { type: 'string', default: '0' },
      open: { type: 'boolean', default: true },
    },
  });
  if (values.desktop) return startOnDesktop();
  await startInBrowser({ port: Number(values.port), open: values.open });
});
