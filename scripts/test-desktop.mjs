// Runs the host lane in a desktop VS Code: the one at $VSCODE_PATH, else one that is downloaded.
// Usage: npm run test:desktop -- [VERSION]
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleHostTests } from './host-bundle.mjs';
import { settle } from './lane-run.mjs';
import { main } from './main.mjs';
import { packageExtension } from './package.mjs';
import { cache, exampleWorkspace, root } from './paths.mjs';

await main(import.meta, async () => {
  const { runTests } = await import('@vscode/test-electron');
  await packageExtension();
  const bundle = await bundleHostTests();
  const profile = join(cache, 'desktop');
  const workspace = join(profile, 'workspace');
  await rm(profile, { recursive: true, force: true });
  await mkdir(profile, { recursive: true });
  await cp(exampleWorkspace, workspace, { recursive: true });

  const executable = process.env['VSCODE_PATH'];
  const { passed, failed, failures } = await settle({}, resultFile =>
    runTests({
      ...(executable ? { vscodeExecutablePath: executable } : { version: process.argv[2] ?? 'stable' }),
      extensionDevelopmentPath: root,
      extensionTestsPath: bundle.index,
      extensionTestsEnv: { CASEBOOK_TEST_OPTIONS: JSON.stringify({ resultFile }) },
      launchArgs: [
        workspace,
        '--disable-extensions',
        '--disable-workspace-trust',
        '--user-data-dir',
        join(profile, 'user'),
      ],
    }),
  );
  await rm(bundle.folder, { recursive: true, force: true });
  for (const { title, error } of failures) console.log(`\n  ✖ ${title}\n${error}\n`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
});
