// Sources of service health in the installed extension: connected by hand, in every state, with hostile texts, in Hebrew.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import { keptText } from '../../src/health/kept.ts';
import { component, incident } from '../connectors/support/statuspage.ts';
import { becameMore, corpusOf, forbidden, openTrap, scriptRan, watchRequests, type Trap } from '../support/hostile.ts';
import { storageOf } from '../support/storage.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';

type Reply = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };
const labels = '.label-name, .label-description';
const hour = 3_600_000;

/** A page of status; each answers on a port, so an origin, of its own. */
interface Page {
  readonly origin: string;
  readonly server: Server;
  asked: number;
  reply: (file: string) => Reply;
}
async function openPage(reply: (file: string) => Reply): Promise<Page> {
  const server = createServer((request, response) => {
    page.asked++;
    const { status = 200, headers = {}, body } = page.reply((request.url ?? '').replace('/api/v2/', ''));
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const page: Page = { origin, server, asked: 0, reply };
  return page;
}

const soon = new Date(Date.now() + 50 * hour).toISOString();
const maintenance = {
  ...incident({ id: 'm1', name: 'New disks', status: 'scheduled', impact: 'maintenance' }),
  scheduled_for: soon,
};
const summaryOf = (name: string, incidents: readonly unknown[], components: readonly unknown[] = []) => ({
  page: { name },
  components: [component('API', 'partial_outage'), component('Site', 'operational'), ...components],
  incidents,
  scheduled_maintenances: [],
});
const good = (file: string): Reply => ({
  body:
    file === 'summary.json'
      ? summaryOf('Example', [
          incident(),
          incident({ id: 'i2', name: 'Answers are slow', impact: 'none', status: 'monitoring' }),
        ])
      : file === 'incidents.json'
        ? { incidents: [incident({ id: 'i0', name: 'Was down', status: 'resolved' })] }
        : { scheduled_maintenances: [maintenance] },
});

describe('sources of service health', () => {
  let workbench: Workbench;
  let trap: Trap;
  const pages: Page[] = [];
  const open = async (reply: (file: string) => Reply): Promise<Page> => {
    const page = await openPage(reply);
    pages.push(page);
    return page;
  };
  const setting = (name: string, { origin }: Page) => ({ kind: 'statuspage', name, origin });
  let example: Page;

  before(async () => {
    trap = await openTrap();
    example = await open(good);
    const workspace = await mkdtemp(join(tmpdir(), 'casebook-health-'));
    const own = { 'casebook.services': ['API'], 'casebook.defaultService': 'API' };
    workbench = await openWorkbench({ workspace, settings: { 'workbench.hover.delay': 1, ...own } });
    await workbench.openView();
  });
  after(async () => {
    await workbench.close();
    trap.close();
    for (const { server } of pages) {
      server.closeAllConnections();
      server.close();
    }
  });

  const rows = (): Promise<string[]> => workbench.lines('Service health');
  /**
   * Changes settings while no window is open. One that is about to close might still act on them, and leave a reading
   * half done that the next window then waits for.
   */
  const change = async (settings: Record<string, unknown>): Promise<void> => {
    const url = workbench.page.url();
    await workbench.page.goto('about:blank');
    await workbench.changeSettings(settings);
    await workbench.page.goto(url);
    await workbench.ready();
    await workbench.openView();
  };
  const row = (label: string) => workbench.row('Service health', label);

  it('are not there at first, which is said, and one is connected after its origin was shown', async () => {
    await eventually(async () =>
      assert.deepEqual(await rows(), ['API | no incident recorded', 'Microsoft 365 service health is not connected']),
    );
    await (await row('Microsoft 365 service health is not connected')).click();
    await workbench.quickPick('A status page…');
    await workbench.inputBox(`${example.origin}/`);
    const dialog = workbench.dialog();
    await dialog.getByText(example.origin).waitFor();
    await workbench.screenshot('health-consent');
    assert.equal(example.asked, 0);
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await workbench.toast('Connected to Example.').waitFor();
    await eventually(async () =>
      assert.deepEqual(await rows(), [
        'API | Service interruption · 1 open incident, 1 open advisory',
        '  Requests fail | Incident · Restoring service · i1',
        '  Answers are slow | Advisory · Verifying service · i2',
        '  Was down | Incident · Resolved · i0',
        'Site | Service operational',
        'Planned maintenance | 1',
      ]),
    );
    const view = await workbench.view('Service health');
    assert.match(await view.locator('.pane-header .description').innerText(), /^Example · as of \d\d:\d\d$/);
    await workbench.screenshot('health-light');
  });

  it('tell of Microsoft before anything is asked: least permissions, the host of the cloud, the setting it needs', async () => {
    await workbench.command('Casebook: Connect a health source…');
    await workbench.quickPick('Microsoft 365 21Vianet');
    await workbench.quickPick('With a Microsoft account');
    const toast = workbench.toast('its setting must say ChinaCloud');
    await toast.getByRole('button', { name: 'Open setting' }).waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.command('Casebook: Connect a health source…');
    await workbench.quickPick('Microsoft 365 21Vianet');
    await workbench.quickPick('With an application token');
    const dialog = workbench.dialog();
    await dialog.getByText('https://microsoftgraph.chinacloudapi.cn').waitFor();
    await dialog.getByText('ServiceHealth.Read.All, ServiceMessage.Read.All').waitFor();
    await dialog.getByText('An administrator of your organisation must agree').waitFor();
    await workbench.screenshot('health-consent-graph');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  });

  it('open the page of an incident from its row, with what was posted', async () => {
    await (await row('Requests fail')).click();
    const frame = await workbench.pageFrame('i1 Requests fail');
    await frame.getByText('The cause is known.').waitFor();
  });

  it('warn on the New case page of what goes on', async () => {
    await workbench.command('Casebook: New case');
    const frame = await eventually(async () => {
      const label = await workbench.page.locator('.tab.active .label-name').innerText();
      assert.match(label, /^New case/);
      return workbench.pageFrame(label);
    });
    await frame.getByRole('textbox', { name: 'Title' }).fill('Requests to the API fail');
    await frame.getByText(/^Requests fail · Restoring service/).waitFor();
    await workbench.screenshot('health-gate');
  });

  it('let a service be a favourite, which the badge counts, and an incident be muted until it ends', async () => {
    const act = async (label: string, action: string): Promise<void> => {
      await (await row(label)).hover();
      await (await row(label)).getByRole('button', { name: action }).click();
    };
    await act('API', 'Add to favourites');
    const badge = workbench.page.locator(
      '.part.activitybar .action-item:has(.action-label[aria-label^="Casebook"]) .badge-content',
    );
    await eventually(async () => assert.equal(await badge.innerText(), '1'));
    await act('Requests fail', 'Mute until it ends');
    await eventually(async () => {
      assert.ok((await rows()).includes('  Requests fail | Incident · Restoring service · i1 · muted'));
      assert.equal(await badge.isVisible(), false);
    });
    await workbench.screenshot('health-muted');
    await act('Requests fail', 'Unmute');
    await eventually(async () => assert.equal(await badge.innerText(), '1'));
  });

  it('are narrowed to services by name, and copied as text', async () => {
    await workbench.command('Casebook: Filter services');
    await workbench.inputBox('sit');
    const view = await workbench.view('Service health');
    await view.getByText('Filter: sit. 1 of 2').waitFor();
    await eventually(async () => assert.ok(!(await rows()).some(one => one.includes('Requests fail'))));
    await workbench.command('Casebook: Filter services');
    await workbench.inputBox('');
    await eventually(async () => assert.ok((await rows()).some(one => one.includes('Requests fail'))));
    await workbench.command('Casebook: Copy service health as text');
    await eventually(async () => {
      const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
      assert.match(
        copied,
        /^Example · \d{4}-\d\d-\d\d \d\d:\d\d UTC\nAPI · Service interruption\ni1 · API · Restoring service · Requests fail\n/,
      );
    });
  });

  it('lead to the page of the source itself and nowhere else', async () => {
    const opened = workbench.page.context().waitForEvent('page');
    await (await row('Requests fail')).click({ button: 'right' });
    const item = workbench.page.getByRole('menuitem', { name: 'Open in the portal' });
    // A menu takes no click in its first moments. The editor asks about other hosts, not about this machine.
    await eventually(async () => {
      if (await item.isVisible()) await item.click();
      assert.equal(await item.isVisible(), false);
    });
    const page = await opened;
    // In a browser, ports of this machine are reached through the editor's server.
    assert.match(page.url(), new RegExp(`[:/]${new URL(example.origin).port}/incidents/i1$`));
    await page.close();
  });

  it('have a row for each thing that can go wrong, and keep what was read with its age', async () => {
    const html: Reply = { headers: { 'Content-Type': 'text/html' }, body: '<p>Sign in to the network' };
    const late = await open(() => ({ status: 500 }));
    const [busy, away, captive, elsewhere, closed, half, ahead] = await Promise.all([
      open(() => ({ status: 429, headers: { 'Retry-After': '3600' } })),
      open(() => ({ status: 503 })),
      open(() => html),
      open(() => ({ status: 404 })),
      open(() => ({ status: 401 })),
      open(file => (file === 'summary.json' ? good(file) : html)),
      open(file => ({ ...good(file), headers: { Date: new Date(Date.now() + 24 * hour).toUTCString() } })),
    ] as const);
    // What a window read three hours ago, while the page is out of order since.
    const source = `statuspage:${late.origin}`;
    const name = `health-${createHash('sha256').update(source).digest('hex').slice(0, 16)}.json`;
    const folder = join(storageOf(workbench), 'health');
    await mkdir(folder, { recursive: true });
    const reading = {
      ...{ source, name: 'Late', asOf: Date.now() - 3 * hour, partial: false, issues: [], notices: [] },
      services: [{ id: 'x', name: 'Mail', status: 'serviceOperational' }],
    };
    const kept = keptText({ format: 2, source, reading, tried: reading.asOf, due: reading.asOf, slower: 1 });
    await writeFile(join(folder, name), kept);
    const all = { Late: late, Busy: busy, Away: away, Captive: captive, Elsewhere: elsewhere, Closed: closed };
    const more = { Half: half, Ahead: ahead };
    await workbench.page.setViewportSize({ width: 1400, height: 2400 });
    await change({
      'casebook.healthSources': Object.entries({ ...all, ...more }).map(([label, page]) => setting(label, page)),
    });
    await eventually(async () => {
      const shown = (await rows()).map(one => one.replace(/\w+ \d\d:\d\d/, 'T'));
      const from = (label: string, count: number): string[] => {
        const at = shown.findIndex(one => one.startsWith(label));
        return shown.slice(at, at + count);
      };
      assert.deepEqual(
        [
          ...from('Late', 3),
          ...Object.keys(all)
            .slice(1)
            .flatMap(label => from(label, 2)),
          ...from('Half', 2),
          ...from('Ahead', 2),
        ],
        [
          'Late | no open incident recorded · read 3 hours ago',
          '  Late cannot be reached.',
          '  Mail | Service operational',
          ...['Busy', '  Busy asks not to be read before T.'],
          ...['Away', '  Away cannot be reached.'],
          ...['Captive', '  Captive answered with something that is no service health.'],
          ...['Elsewhere', '  There is no service health at Elsewhere.'],
          ...['Closed', '  Nobody is signed in at Closed.'],
          'Half | 1 open incident, 1 open advisory',
          '  Half has more than could be read: something is missing here',
          'Ahead | 1 open incident, 1 open advisory',
          '  The clocks of this computer and of Ahead differ: times can be wrong',
        ],
      );
    });
    await workbench.screenshot('health-states');
    await (await row('There is no service health at Elsewhere.')).click();
    const dialog = workbench.dialog();
    await dialog.getByText('Check that it is the right cloud or address').waitFor();
    await dialog.getByRole('button', { name: 'Remove a health source' }).click();
    await workbench.dialog().getByText('the sign-in there are deleted').waitFor();
    await workbench.dialog().getByRole('button', { name: 'Remove', exact: true }).click();
    await eventually(async () => assert.ok(!(await rows()).some(one => one.startsWith('Elsewhere'))));
  });

  it('say in Hebrew what they say, each part in its own direction, in the dark too', async () => {
    await change({ 'casebook.language': 'he', 'workbench.colorTheme': 'Default Dark Modern' });
    await eventually(async () => {
      const parts = (await rows()).flatMap(one => one.trim().split(/ \| | · /));
      const spoken = parts.filter(part => /\p{Script=Hebrew}/u.test(part));
      assert.ok(spoken.length > 10);
      assert.deepEqual(
        spoken.filter(part => !/^[\u2067\u2068].*\u2069$/.test(part)),
        [],
      );
    });
    await workbench.screenshot('health-hebrew-dark');
  });

  it('show hostile texts as text', async () => {
    const requests = watchRequests(workbench.page);
    const corpus = corpusOf(trap.url);
    const evil = await open(file => ({
      body:
        file === 'summary.json'
          ? summaryOf(
              corpus[0] ?? '',
              corpus.map((text, at) =>
                incident({
                  id: `${String(at)} ${text}`,
                  name: text,
                  status: at % 2 === 0 ? text : 'investigating',
                  impact: text,
                }),
              ),
              corpus.map(text => component(text, text)),
            )
          : {
              incidents: [],
              scheduled_maintenances: corpus.map((text, at) => ({ ...maintenance, id: `m${String(at)}`, name: text })),
            },
    }));
    await change({ 'casebook.language': 'en', 'casebook.healthSources': [setting('Evil', evil)] });
    // Every row has room, or those further down are not in the document: the window that is open now grows, the other
    // view is folded, and the editor has laid that out.
    await workbench.page.setViewportSize({ width: 1400, height: 9000 });
    await (await workbench.view('Cases')).locator('.pane-header').click();
    const view = await workbench.view('Service health');
    await eventually(async () => assert.ok(((await view.boundingBox())?.height ?? 0) > 8000));
    const all = (count: number): Promise<void> =>
      eventually(async () => {
        const shown = await rows();
        assert.equal(shown.length, count, shown.join('\n'));
      });
    // Of 42 services, 40 incidents and 40 maintenances 20 each at first; a service with as many incidents is folded. Each
    // step waits until the last one is done.
    await all(22);
    for (const [label, count] of [
      ['API', 43],
      ['Show more', 62],
      ['Show more', 83],
      ['Planned maintenance', 104],
      ['Show more', 123],
    ] as const) {
      await (await row(label)).click();
      await all(count);
    }
    await eventually(async () => {
      const shown = await view.locator('.monaco-list-row .label-name').allInnerTexts();
      assert.equal(shown.length, 123);
      assert.deepEqual(
        shown.filter(text => forbidden.test(text)),
        [],
      );
    });
    assert.deepEqual(await becameMore(workbench.page, labels), []);
    await view.locator('.monaco-list-row', { hasText: '<img src=x' }).first().hover();
    await workbench.screenshot('health-hostile');
    assert.equal(await scriptRan(workbench.page), false);
    assert.deepEqual([requests, trap.asked], [[], []]);
  });
});
