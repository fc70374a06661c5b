// A repository cannot name a desk or a source of health: not in either form of its settings, wherever they stand, trusted or not.
import { strict as assert } from 'node:assert';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

let capture: Server;
let touched = 0;
const evil = () => ({
  ...{ id: 'evil', name: 'Evil desk', kind: 'team', signIn: 'token' },
  origin: `http://127.0.0.1:${(capture.address() as AddressInfo).port}`,
});
const page = () => ({ kind: 'statuspage', name: 'Evil page', origin: evil().origin });
const forms = {
  dotted: () => ({ 'casebook.connections': [evil()], 'casebook.healthSources': [page()] }),
  nested: () => ({ casebook: { connections: [evil()], healthSources: [page()] } }),
} as const;

/** Where settings stand: puts them there and answers what to open. */
type Place = (workspace: string, settings: object) => Promise<string>;
const folderSettings = async (workspace: string, settings: object): Promise<void> => {
  await mkdir(join(workspace, '.vscode'), { recursive: true });
  await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify(settings));
};
async function workspaceFile(workspace: string, folders: readonly string[], settings: object): Promise<string> {
  const file = join(dirname(workspace), 'evil.code-workspace');
  await writeFile(file, JSON.stringify({ folders: folders.map(path => ({ path })), settings }));
  return `workspace=${encodeURIComponent(file)}`;
}
const places: Record<string, Place> = {
  'the settings of a folder': async (workspace, settings) => {
    await folderSettings(workspace, settings);
    return `folder=${encodeURIComponent(workspace)}`;
  },
  'a workspace file': (workspace, settings) => workspaceFile(workspace, [workspace], settings),
  'a folder of several': async (workspace, settings) => {
    const other = join(dirname(workspace), 'other');
    await mkdir(other, { recursive: true });
    await folderSettings(workspace, settings);
    return workspaceFile(workspace, [other, workspace], {});
  },
};

for (const trust of [true, false]) {
  describe(`connections of a ${trust ? 'restricted' : 'trusted'} workspace`, () => {
    let workbench: Workbench;
    let shown = '';
    let indent = 10;
    before(async () => {
      touched = 0;
      capture = createServer(socket => {
        touched++;
        socket.destroy();
      });
      await new Promise<void>(resolve => capture.listen(0, '127.0.0.1', resolve));
      workbench = await openWorkbench({ trust });
    });
    after(async () => {
      await workbench.close();
      await new Promise(resolve => capture.close(resolve));
    });

    const signIn = () =>
      workbench.page.locator('.part.sidebar .monaco-list-row', { hasText: 'You are not signed in to this desk' });

    for (const [where, place] of Object.entries(places)) {
      for (const [form, settings] of Object.entries(forms)) {
        it(`are never used from ${where}, ${form}`, async () => {
          const { workspace, page } = workbench;
          // A setting that it may decide shows that the editor has read the file.
          indent++;
          const marker = { 'editor.detectIndentation': false, 'editor.tabSize': indent };
          const write = () => place(workspace, { ...settings(), ...marker });
          // Emptied and not removed: of a folder that comes back at once, the editor may hear nothing any more.
          await folderSettings(workspace, {});
          const opened = await write();
          if (opened !== shown) {
            const { origin, host } = new URL(page.url());
            const open = JSON.stringify([['openFile', `vscode-remote://${host}${join(workspace, 'README.md')}`]]);
            await page.goto(`${origin}/?${opened}&payload=${encodeURIComponent(open)}`);
            await workbench.ready();
            shown = opened;
          }
          await eventually(async () => {
            // Right after a window opened, the editor may miss that a file changed: it is written until it is read.
            await write();
            await eventually(
              async () => assert.match((await workbench.statusBar()).join(), new RegExp(`: ${indent}\\b`)),
              3_000,
            );
          }, 30_000);
          // A window that was sent elsewhere may load once more, which ends what was asked of it.
          const rows = await eventually(async () => {
            await workbench.openView();
            await workbench.command('Casebook: Refresh');
            return [await workbench.tree('Cases'), await workbench.tree('Service health')];
          });
          assert.doesNotMatch(JSON.stringify(rows), /not signed in|Evil desk|Evil page/);
          assert.equal(touched, 0);
        });
      }
    }

    it("are used from the user's own settings", async () => {
      await workbench.changeSettings({ 'casebook.connections': [evil()] });
      // Right after a window opened, the editor may miss that the file changed; a new window reads it.
      await workbench.reload();
      await workbench.openView();
      await signIn().waitFor();
    });
  });
}
