// Microsoft Graph in the installed extension, in every state it can be in. Its hosts are fixed in the extension and stay
// so: a proxy of the test stands in for the network, which the editor is told of as it is told of any other.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { clouds, scopesOf } from '../../src/connectors/graph/clouds.ts';
import type { CloudId } from '../../src/desk/words.ts';
import { createTimes } from '../../src/views/times.ts';
import { root } from '../connectors/support/graph.ts';
import { keptOf, keptText } from '../../src/health/kept.ts';
import { storageOf } from '../support/storage.ts';
import { startTlsProxy, type TlsProxy } from '../support/tlsProxy.ts';
import { eventually, openWorkbench, type Workbench } from '../support/workbench.ts';
import {
  agreementMissing,
  good,
  overview,
  refusals,
  rowsAlone,
  rowsOfGood,
  tomorrow,
  later,
  type Answer,
} from './support/graphAnswers.ts';

const hour = 3_600_000;
const hostOf = (cloud: CloudId): string => new URL(clouds[cloud].graph).host;
/** Where Graph answers in these tests; what the last shows is no certificate of its own. */
const [worldwide, china, usGov] = [hostOf('worldwide'), hostOf('china'), hostOf('usGovL4')];

describe('service health of Microsoft Graph', () => {
  let workbench: Workbench;
  let proxy: TlsProxy;
  let answer: Answer;
  /** What was asked since the test began, and what should have signed in there. */
  let asked: { host: string; path: string; prefer: unknown; authorization: unknown }[];
  const signedIn = new Map<string, string>();

  before(async () => {
    proxy = await startTlsProxy([worldwide, china, usGov], [worldwide, china], ({ headers, url = '' }, response) => {
      const { host = '', authorization, prefer } = headers;
      asked.push({ host, path: decodeURIComponent(url), prefer, authorization });
      const { status = 200, headers: more = {}, body = {} } = answer(decodeURIComponent(url).slice(root.length + 1));
      response.writeHead(status, { 'Content-Type': 'application/json', ...more });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    });
    const workspace = await mkdtemp(join(tmpdir(), 'casebook-graph-'));
    const trusted = join(workspace, 'trusted.pem');
    await writeFile(trusted, proxy.certificate);
    workbench = await openWorkbench({
      workspace,
      settings: { 'http.proxy': proxy.url, 'http.systemCertificates': false, 'casebook.services': [] },
      env: { NODE_EXTRA_CA_CERTS: trusted },
      beside: [join(import.meta.dirname, 'support', 'microsoft')],
    });
    await workbench.openView();
  });
  after(async () => {
    await workbench.close();
    proxy.close();
  });
  beforeEach(() => {
    answer = good;
    asked = [];
  });
  afterEach(() => {
    const known = [worldwide, china, usGov].map(host => `${host}:443`);
    assert.deepEqual(
      proxy.tunnels.filter(one => !known.includes(one)),
      [],
    );
    for (const { host, path, prefer, authorization } of asked) {
      assert.ok(path.startsWith(`${root}/`), path);
      assert.deepEqual([prefer, authorization], ['odata.maxpagesize=100', `Bearer ${signedIn.get(host) ?? ''}`], path);
    }
  });

  const rows = (): Promise<string[]> => workbench.lines('Service health');
  const shows = (expected: readonly string[]): Promise<void> =>
    eventually(async () => assert.deepEqual(await rows(), expected));
  /** The one source has no row of its own: the title of the view tells its name, or how old is what cannot be read. */
  const showsGood = (problem: readonly string[] = [], title = /^Microsoft 365 · as of /): Promise<void> =>
    eventually(async () => {
      assert.deepEqual(await rows(), [...problem, ...rowsAlone]);
      const view = await workbench.view('Service health');
      assert.match(await view.locator('.pane-header .description').innerText(), title);
    });
  const threeHoursOld = /^read 3 hours ago$/;
  const row = (label: string) => workbench.row('Service health', label);
  const press = (button: string): Promise<void> =>
    workbench.dialog().getByRole('button', { name: button, exact: true }).click();
  const paths = (): string[] => asked.map(({ path }) => path.slice(root.length + 1));

  /** Chooses a cloud and how to sign in there, up to the question whether that is right. */
  const choose = async (cloud: CloudId, how: string): Promise<void> => {
    await workbench.command('Casebook: Connect a health source…');
    await workbench.quickPick(clouds[cloud].name);
    await workbench.quickPick(how);
    const dialog = workbench.dialog();
    await dialog.getByText(clouds[cloud].graph).waitFor();
    await dialog.getByText('ServiceHealth.Read.All, ServiceMessage.Read.All').waitFor();
  };
  const connectWithToken = async (cloud: CloudId, token: string): Promise<void> => {
    await choose(cloud, 'With an application token');
    assert.deepEqual(asked, []);
    signedIn.set(hostOf(cloud), token);
    await press('Connect');
    await workbench.inputBox(token);
    await workbench.toast(`Connected to ${clouds[cloud].name}.`).waitFor();
  };
  const remove = async (name: string): Promise<void> => {
    await press('Remove a health source');
    await workbench.dialog().getByText(name).waitFor();
    await press('Remove');
  };

  const source = 'graph:worldwide';
  const kept = (): string => {
    const name = createHash('sha256').update(source).digest('hex').slice(0, 16);
    return join(storageOf(workbench), 'health', `health-${name}.json`);
  };
  /** As if what is kept were three hours older, so that it is read again now. */
  const threeHoursLater = async (): Promise<void> => {
    const [now, then] = [Date.now(), Date.now() - 3 * hour];
    const known = keptOf(await readFile(kept(), 'utf8'));
    assert.ok(known?.reading);
    const reading = { ...known.reading, asOf: then, noticesAsOf: then };
    await writeFile(`${kept()}.test`, keptText({ ...known, reading, tried: then, due: now }));
    await rename(`${kept()}.test`, kept());
  };

  it('is read with an application token, page by page, and the token goes to the host of the cloud alone', async () => {
    await connectWithToken('worldwide', 's3cr3t');
    await showsGood();
    assert.deepEqual(paths(), [overview, `${overview}&$skiptoken=2`, 'messages?$orderby=lastModifiedDateTime desc']);
    for (const file of [kept(), join(storageOf(workbench), '..', '..', 'settings.json')]) {
      assert.doesNotMatch(await readFile(file, 'utf8'), /s3cr3t/);
    }
    await workbench.screenshot('graph-good');
  });

  it('tells by when something must be done, the soonest first, then what starts and what is new', async () => {
    await (await row('Message center')).click();
    const times = createTimes('en');
    const at = (time: string): string => times.moment(Date.parse(time), Date.now());
    await shows([
      ...rowsAlone,
      `  Certificates change | action required by ${at(tomorrow)} · Exchange Online`,
      `  Old authentication ends | action required by ${at(later)} · Exchange Online`,
      `  New buttons | starts ${at(tomorrow)} · Exchange Online`,
      '  News | Exchange Online',
    ]);
    await workbench.screenshot('graph-notices');
    await (await row('Message center')).click();
    await showsGood();
  });

  it('opens an incident with its posts, newest first, and leads to the portal of its cloud', async () => {
    await (await row('Users cannot send mail')).click();
    const frame = await workbench.pageFrame('EX900001 Users cannot send mail');
    const posts = frame.getByText(/^(Later|Sooner)$/);
    await eventually(async () => assert.deepEqual(await posts.allInnerTexts(), ['Later', 'Sooner']));
    assert.deepEqual(paths(), ['issues/EX900001']);
    await workbench.screenshot('graph-incident');
    await (await row('Users cannot send mail')).click({ button: 'right' });
    const item = workbench.page.getByRole('menuitem', { name: 'Open in the portal' });
    // A menu takes no click in its first moments.
    await eventually(async () => {
      if (await item.isVisible()) await item.click();
      assert.equal(await item.isVisible(), false);
    });
    await workbench.dialog().getByText(clouds.worldwide.portal).waitFor();
    await press('Cancel');
    // An open page asks for its incident whenever what was read changes.
    await workbench.command('View: Close All Editors');
  });

  it('counts the incidents of a favourite service in the badge', async () => {
    await (await row('Exchange Online')).hover();
    await (await row('Exchange Online')).getByRole('button', { name: 'Add to favourites' }).click();
    const badge = workbench.page.locator(
      '.part.activitybar .action-item:has(.action-label[aria-label^="Casebook"]) .badge-content',
    );
    await eventually(async () => assert.equal(await badge.innerText(), '1'));
    await workbench.screenshot('graph-badge');
    await (await row('Exchange Online')).getByRole('button', { name: 'Remove from favourites' }).click();
    await eventually(async () => assert.equal(await badge.isVisible(), false));
    await showsGood();
  });

  for (const {
    what,
    reply,
    says: [label = '', why = '', step = ''],
    requests = 1,
  } of refusals) {
    it(`keeps what was read, with its age, where ${what}, says so, and offers a way out`, async () => {
      answer = path => (path.startsWith('healthOverviews') ? reply : { status: 500 });
      await threeHoursLater();
      await showsGood([label], threeHoursOld);
      assert.equal(asked.length, requests);
      await (await row(label)).click();
      await workbench.dialog().getByText(label).waitFor();
      await workbench.dialog().getByText(why).waitFor();
      await workbench.dialog().getByRole('button', { name: step }).waitFor();
      await workbench.screenshot(`graph-${what.replaceAll(' ', '-')}`);
      await press('Cancel');
    });
  }

  it('gives an administrator what to agree to', async () => {
    answer = () => agreementMissing;
    await threeHoursLater();
    await (await row('The organisation has not agreed that service health may be read from Microsoft 365.')).click();
    await press('Copy for the administrator');
    await eventually(async () => {
      const copied = await workbench.page.evaluate<string>('navigator.clipboard.readText()');
      for (const part of [clouds.worldwide.portal, ...scopesOf(clouds.worldwide)])
        assert.ok(copied.includes(part), copied);
    });
  });

  it('is read as soon as somebody tries again with a network', async () => {
    proxy.online(false);
    const away = 'Microsoft 365 cannot be reached.';
    await threeHoursLater();
    await showsGood([away], threeHoursOld);
    assert.deepEqual(asked, []);
    await workbench.screenshot('graph-offline');
    proxy.online(true);
    await (await row(away)).click();
    await showsGood();
    assert.equal(asked.length, 3);
  });

  it('is left alone until the time it asks for, also by who tries again', async () => {
    answer = () => ({ status: 429, headers: { 'Retry-After': '7200' } });
    const inTwoHours = (): string => createTimes('en').moment(Date.now() + 2 * hour, Date.now());
    const says = (time: string): string => `Microsoft 365 asks not to be read before ${time}.`;
    const first = inTwoHours();
    await threeHoursLater();
    const label = await eventually(async () => {
      const [problem = ''] = await rows();
      assert.ok([says(first), says(inTwoHours())].includes(problem), problem);
      return problem;
    });
    await showsGood([label], threeHoursOld);
    await workbench.screenshot('graph-throttled');
    answer = good;
    await (await row(label)).click();
    await workbench.command('Casebook: Refresh');
    assert.equal(asked.length, 1);
  });

  it('is asked nothing while nobody is signed in, and read as soon as somebody is', async () => {
    // Here secrets live as long as the window.
    await workbench.reload();
    await workbench.openView();
    await (await row('Users cannot send mail')).waitFor();
    await threeHoursLater();
    const label = 'Nobody is signed in at Microsoft 365.';
    await showsGood([label], threeHoursOld);
    assert.deepEqual(asked, []);
    await workbench.screenshot('graph-signed-out');
    await (await row(label)).click();
    await workbench.dialog().getByText(clouds.worldwide.graph).waitFor();
    await press('Connect');
    signedIn.set(worldwide, 'an0ther');
    await workbench.inputBox('an0ther');
    await showsGood();
    assert.equal(asked.length, 3);
  });

  it('says that another cloud has no such service, which got a token of its own, and is removed', async () => {
    answer = () => ({ status: 404 });
    await connectWithToken('china', 't0k3n-of-china');
    const label = 'There is no service health at Microsoft 365 21Vianet.';
    await shows([...rowsOfGood, 'Microsoft 365 21Vianet', `  ${label}`]);
    assert.deepEqual(
      asked.map(({ host }) => host),
      [china],
    );
    await workbench.screenshot('graph-no-service');
    await (await row(label)).click();
    await remove('Microsoft 365 21Vianet');
    await showsGood();
  });

  it('sends no token to a host that shows no certificate of its own', async () => {
    await connectWithToken('usGovL4', 's3cr3t');
    const label = 'Microsoft 365 US Government L4 cannot be reached.';
    await shows([...rowsOfGood, 'Microsoft 365 US Government L4', `  ${label}`]);
    assert.ok(proxy.tunnels.includes(`${usGov}:443`));
    assert.deepEqual(asked, []);
    await workbench.command('Casebook: Remove a health source');
    await workbench.quickPick('Microsoft 365 US Government L4');
    await press('Remove');
    await showsGood();
  });

  it('is read with a Microsoft account once its owner agreed, and not before', async () => {
    await workbench.command('Casebook: Remove a health source');
    await press('Remove');
    await shows([]);
    await choose('worldwide', 'With a Microsoft account');
    await press('Connect');
    await workbench.dialog().getByText("The extension 'Casebook' wants to sign in using Microsoft.").waitFor();
    await press('Allow');
    const dialog = workbench.dialog();
    await dialog.getByText('Permissions requested').waitFor();
    for (const scope of scopesOf(clouds.worldwide)) await dialog.getByText(scope).waitFor();
    await workbench.screenshot('graph-microsoft-consent');
    await press('Cancel');
    await workbench.toast('Microsoft did not sign you in, so nothing was changed.').waitFor();
    assert.deepEqual([await rows(), asked], [[], []]);

    await choose('worldwide', 'With a Microsoft account');
    await press('Connect');
    signedIn.set(worldwide, Buffer.from(scopesOf(clouds.worldwide).join(' ')).toString('base64url'));
    await press('Allow');
    await press('Accept');
    await workbench.toast('Connected to Microsoft 365.').waitFor();
    await showsGood();
    await workbench.command('Microsoft: Sign out');
    asked = [];
    await threeHoursLater();
    const label = 'Nobody is signed in at Microsoft 365.';
    await (await row(label)).waitFor();
    assert.deepEqual(asked, []);
    await (await row(label)).click();
    await press('Connect');
    await press('Allow');
    await press('Accept');
    await showsGood();
  });
});
