// Service health of others: published to a file of the workspace, believed for its key, read only where one trusts.
import assert from 'node:assert/strict';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { HealthReading } from '../../src/desk/healthReading.ts';
import { snapshotLife } from '../../src/desk/health.ts';
import { readSnapshot, signSnapshot } from '../../src/health/snapshot.ts';
import { component, incident } from '../connectors/support/statuspage.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const approved = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64');
const reading: HealthReading = {
  ...{ source: 'graph:china', name: '', asOf: Date.now() - 60_000, partial: false, services: [], notices: [] },
  issues: [
    {
      ...{ id: 'EX123456', services: ['Exchange Online'], title: 'Delays in mail flow', classification: 'incident' },
      ...{ status: 'serviceDegradation', resolved: false, feature: '', impact: '', posts: [{ text: 'Mail waits.' }] },
    },
  ],
};
const snapshot = signSnapshot(
  reading,
  { by: 'Ada Novak', label: 'Our cloud', key: 'ada', privateKey: key, life: snapshotLife },
  Date.now(),
);

describe('snapshots of service health', () => {
  let workbench: Workbench;
  const page = createServer((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    const parts = { components: [component('API', 'partial_outage')], incidents: [incident()] };
    response.end(JSON.stringify({ page: { name: 'Example' }, ...parts, scheduled_maintenances: [] }));
  });
  before(async () => {
    page.listen(0, '127.0.0.1');
    await once(page, 'listening');
    const origin = `http://127.0.0.1:${String((page.address() as AddressInfo).port)}`;
    workbench = await openWorkbench({
      trust: true,
      settings: {
        'casebook.person': 'Jana',
        'casebook.healthKeys': { ada: approved },
        'casebook.healthSources': [{ kind: 'statuspage', name: 'Example', origin }],
      },
    });
    await writeFile(join(workbench.workspace, 'casebook.health.json'), snapshot ?? '');
    await workbench.openView();
  });
  after(async () => {
    await workbench.close();
    page.closeAllConnections();
    page.close();
  });

  const rows = async (): Promise<string[]> =>
    (await workbench.tree('Service health')).flatMap(({ label, description, children }) => [
      `${label} | ${description}`,
      ...children.map(child => child.label),
    ]);
  const someRow = (form: RegExp): Promise<void> =>
    eventually(async () => {
      const shown = await rows();
      assert.ok(
        shown.some(one => form.test(one)),
        shown.join('\n'),
      );
    });

  it('are not read in a folder nobody trusts', async () => {
    await workbench.command('Casebook: Refresh');
    await someRow(/^API \| Service interruption · 1 open incident$/);
    assert.doesNotMatch((await rows()).join('\n'), /Our cloud|casebook\.health\.json/);
  });

  it('say who saw it and when once the folder is trusted, also on the page of an incident', async () => {
    await workbench.command('Workspaces: Manage Workspace Trust');
    await workbench.page.getByRole('button', { name: 'Trust', exact: true }).first().click();
    await someRow(/^Our cloud \| 1 open incident · seen by Ada Novak, /);
    await workbench.command('Casebook: Open incident');
    await workbench.page.locator('.quick-input-list').getByText('EX123456').first().click();
    const frame = await workbench.pageFrame('EX123456 Delays in mail flow');
    await frame.getByText(/^seen by Ada Novak, /).waitFor();
    await frame.getByText('Mail waits.').waitFor();
    await workbench.screenshot('snapshot');
  });

  it('show nothing that was changed after it was signed', async () => {
    const changed = (snapshot ?? '').replace('Delays', 'No delays');
    await writeFile(join(workbench.workspace, 'casebook.health.json'), changed);
    await someRow(/was changed after it was signed/);
    const frame = await workbench.pageFrame('EX123456 Delays in mail flow');
    await frame.getByText('This incident is not there any more').waitFor();
    assert.doesNotMatch((await rows()).join('\n'), /Our cloud/);
    await workbench.screenshot('snapshot-changed');
  });

  it('are published once the policy names the key', async () => {
    await workbench.command('Casebook: Publish service health');
    await workbench.toast('The policy does not name your key yet').getByRole('button', { name: 'Copy key' }).click();
    await workbench.toast('Your key is on the clipboard.').waitFor();
    const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
    const own = (JSON.parse(`{${copied}}`) as { healthKeys: Record<string, string> }).healthKeys;
    assert.deepEqual(Object.keys(own), ['Jana']);
    await writeFile(join(workbench.workspace, 'casebook.policy.json'), JSON.stringify({ healthKeys: own }));
    await eventually(async () => {
      await workbench.command('Notifications: Clear All Notifications');
      await workbench.command('Casebook: Publish service health');
      await workbench.quickPick('casebook.health.json', 3_000);
    });
    await workbench.toast('Published.').waitFor();
    const text = await readFile(join(workbench.workspace, 'casebook.health.json'), 'utf8');
    const read = readSnapshot(text, own, Date.now());
    assert.ok(read.ok, JSON.stringify(read));
    assert.deepEqual([read.value.by, read.value.label, read.value.reading.issues.length], ['Jana', 'Example', 1]);
    // What is read here is not shown a second time.
    await someRow(/^API \| Service interruption · 1 open incident$/);
    await eventually(async () => assert.doesNotMatch((await rows()).join('\n'), /seen by|signed/));
  });

  it('are all there is for who reads no source', async () => {
    await workbench.changeSettings({ 'casebook.healthSources': [] });
    // A setting of the person is read when the window opens.
    await workbench.reload();
    await workbench.openView();
    await someRow(/^Example \| 1 open incident · seen by Jana, /);
  });
});
