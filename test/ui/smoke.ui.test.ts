import assert from 'node:assert/strict';
import { openWorkbench, type Workbench } from '../support/workbench.ts';

describe('the installed extension', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });
  after(() => workbench.close());

  it('shows its two views in the side bar', async () => {
    await workbench.openView();
    for (const title of ['Cases', 'Service health']) await workbench.view(title);
    await workbench.screenshot('smoke');
  });

  it('offers its commands in the palette', async () => {
    await workbench.command('Casebook: Show log');
  });

  it('raises no toast by itself', async () => {
    assert.deepEqual(await workbench.notifications(), []);
  });
});
