// Makes docs/screenshot.png: the views beside an open case, in a real VS Code, over a few invented cases.
// Usage: npm run screenshot
import { randomUUID } from 'node:crypto';
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { main } from './main.mjs';
import { packageExtension } from './package.mjs';
import { root } from './paths.mjs';

const hour = 3_600_000;
const title = 'Mail to partners is late';
const common = {
  profile: /** @type {const} */ ('m365China'),
  category: /** @type {const} */ ('technical'),
  impact: '',
  resource: '',
};
const person = { contact: 'ann@example.com', zone: 'Europe/Prague', places: [], files: [] };

/** @param {string} folder the extension's storage folder */
async function fill(folder) {
  const { createLedgerDesk } = await import('../src/desk/ledger.ts');
  const { openSqliteStore } = await import('../src/stores/sqlite/store.ts');
  let clock = Date.now() - 30 * hour;
  const now = () => clock;
  const opened = await openSqliteStore(folder, { now });
  if (!opened.ok) throw new Error(opened.error.code);
  const actor = { name: 'Ann Novák', roles: /** @type {const} */ (['requester', 'reviewer', 'agent']) };
  const desk = createLedgerDesk({ store: opened.value.store, actor, admit: () => undefined, now, id: randomUUID });
  /**
   * @param {Pick<import('../src/desk/case.ts').NewCase, 'title' | 'text' | 'service' | 'severity'>} draft
   * @param {import('../src/desk/case.ts').CaseAction[]} actions
   */
  const story = async (draft, actions) => {
    let done = await desk.file({ ...common, ...person, ...draft }, { key: randomUUID() });
    for (const action of actions) {
      clock += hour / 2;
      if (done.ok) done = await desk.act(done.value.id, action, { key: randomUUID(), revision: done.value.revision });
    }
    if (!done.ok) throw new Error(done.error.code);
    clock += hour;
  };
  await story(
    {
      title: 'Licences of the Brno office',
      text: 'Twelve seats.',
      service: 'Microsoft 365 Apps for enterprise',
      severity: 'C',
    },
    [{ kind: 'close', reason: 'solved', text: '' }],
  );
  await story(
    { title: 'Directory sync stopped', text: 'Since the update.', service: 'Directory synchronization', severity: 'B' },
    [{ kind: 'requestInformation', text: 'Which version of the sync client is installed?' }],
  );
  await story(
    { title: 'Calendar invites arrive twice', text: 'In the whole team.', service: 'Exchange Online', severity: 'C' },
    [{ kind: 'recordFirstResponse', respondedAt: clock, text: '' }],
  );
  await desk.recordIncident(
    {
      service: 'Exchange Online',
      title: 'Outside mail is slow',
      classification: 'incident',
      status: 'investigating',
      text: 'Queues grow.',
    },
    { key: randomUUID() },
  );
  await story(
    {
      title,
      text: 'Since 08:10 every message to an outside address waits.',
      service: 'Exchange Online',
      severity: 'B',
    },
    [
      { kind: 'recordVendorNumber', vendorNumber: '21V-48213' },
      { kind: 'annotate', text: 'The queue holds 412 messages; the oldest is from 08:12.', files: [] },
    ],
  );
  desk.close();
}

await main(import.meta, async () => {
  await packageExtension();
  const { openWorkbench } = await import('../test/support/workbench.ts');
  const workbench = await openWorkbench({ theme: 'Default Light Modern', settings: { 'casebook.queries': [] } });
  await workbench.page.setViewportSize({ width: 1280, height: 800 });
  await fill(join(dirname(workbench.workspace), 'user', 'User', 'globalStorage', 'casebook.casebook'));
  await workbench.openView();
  await workbench.command('Casebook: Refresh');
  await (await workbench.row('Cases', title)).click();
  const frame = await workbench.pageFrame(`Case 4: ${title}`);
  await frame.getByRole('heading', { name: title }).waitFor();
  await (await workbench.row('Service health', 'Exchange Online')).waitFor();
  await copyFile(await workbench.screenshot('readme'), join(root, 'docs', 'screenshot.png'));
  process.exit(0);
});
