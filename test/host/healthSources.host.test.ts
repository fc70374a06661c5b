import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clouds } from '../../src/connectors/graph/clouds.ts';
import { fail } from '../../src/desk/errors.ts';
import type { HealthFailure } from '../../src/desk/healthReading.ts';
import { cloudIds } from '../../src/desk/words.ts';
import type { HealthSourceSetting } from '../../src/host/settingsSchema.ts';
import { answering, type Answer, type Asked } from '../commands/support/answers.ts';
import { ground, type Ground } from '../commands/support/ground.ts';
import { anIncident, noon } from '../views/support/builders.ts';
import { aNotice, aReading, anIssue } from '../views/support/health.ts';

const china: HealthSourceSetting = { kind: 'graph', cloud: 'china', signIn: 'microsoft' };
const page: HealthSourceSetting = { kind: 'statuspage', name: 'Example', origin: 'https://status.example' };
const name = 'Microsoft 365 21Vianet';

describe('connecting a source of health', () => {
  let on: Ground;
  let person: Asked;
  let sessions: unknown[];
  let environment: string | undefined;
  const answer = (...answers: Answer[]) => (person = answering(...answers));
  const { getSession } = vscode.authentication;
  const { getConfiguration } = vscode.workspace;
  beforeEach(() => {
    on = ground();
    sessions = [];
    environment = undefined;
    Object.assign(vscode.authentication, {
      getSession: (...given: unknown[]) => {
        sessions.push(given);
        return Promise.resolve({ accessToken: 't0k3n' });
      },
    });
    Object.assign(vscode.workspace, {
      getConfiguration: (section: string) =>
        section.startsWith('microsoft') ? { get: () => environment } : getConfiguration(section),
    });
  });
  afterEach(() => {
    assert.deepEqual(person.left(), []);
    person.restore();
    Object.assign(vscode.authentication, { getSession });
    Object.assign(vscode.workspace, { getConfiguration });
  });
  const consents = (): string[] => person.shown.filter(text => text.startsWith('modal'));

  for (const cloud of cloudIds) {
    it(`says what is asked for and where before ${cloud} is signed in to, with the editor's own sign-in`, async () => {
      const { name: label, graph, provider } = clouds[cloud];
      environment = ({ environment: undefined, ...clouds[cloud] } as { environment?: string }).environment;
      answer(label, 'With a Microsoft account', 'Connect');
      if (cloud === 'worldwide') person.shown.length = 0;
      await on.run('casebook.connectHealth');
      const [consent = ''] = consents();
      assert.ok(consent.includes(`\n${graph}\n`), consent);
      assert.match(consent, /ServiceHealth\.Read\.All, ServiceMessage\.Read\.All.*administrator/s);
      const scopes = [`${graph}/ServiceHealth.Read.All`, `${graph}/ServiceMessage.Read.All`];
      assert.deepEqual(sessions, [[provider, scopes, { createIfNone: true }]]);
      assert.deepEqual(on.calls, [
        `connectHealth({"kind":"graph","cloud":"${cloud}","signIn":"microsoft"},{"signIn":"${provider}"})`,
      ]);
    });
  }

  it('says so where the editor signs in at another national cloud, and asks nothing there', async () => {
    environment = 'USGovernment';
    answer(name, 'With a Microsoft account', undefined);
    await on.run('casebook.connectHealth');
    assert.match(person.shown.at(-1) ?? '', /its setting must say ChinaCloud/);
    assert.deepEqual([sessions, on.calls, consents()], [[], [], []]);
  });

  it('keeps a token apart from the source, and shows it nowhere', async () => {
    answer(name, 'With an application token', 'Connect', ' s3cr3t ');
    await on.run('casebook.connectHealth');
    assert.deepEqual(on.calls, [
      'connectHealth({"kind":"graph","cloud":"china","signIn":"token"},{"signIn":"token","token":"s3cr3t"})',
    ]);
    assert.doesNotMatch(person.shown.join(), /s3cr3t/);
  });

  it('shows a look-alike of a status page as it is compared, and asks it for its name only after consent', async () => {
    answer('A status page', 'https://ѕtatus.example', 'Connect');
    await on.run('casebook.connectHealth');
    assert.match(consents()[0] ?? '', /https:\/\/xn--/);
    assert.match(on.calls[0] ?? '', /"kind":"statuspage","name":"Example","origin":"https:\/\/xn--/);
  });

  it('says why a status page is none, and connects nothing', async () => {
    on.pageName = fail({ code: 'notASource' });
    answer('A status page', page.origin, 'Connect');
    await on.run('casebook.connectHealth');
    assert.match(person.shown.at(-1) ?? '', /^warning: status\.example answered with something/);
    assert.deepEqual(on.calls, []);
  });

  it('does not offer a cloud that is connected, and knows a page that is', async () => {
    on.place.settings = { healthSources: [china, page] };
    answer('A status page', page.origin);
    await on.run('casebook.connectHealth');
    assert.equal(person.shown.at(-1), 'info: This source is connected already.');
    person.restore();
    answer(name);
    await assert.rejects(on.run('casebook.connectHealth'), /No Microsoft 365 21Vianet in/);
    assert.deepEqual(on.calls, []);
  });

  for (const [what, ...answers] of [
    ['the source', undefined],
    ['the way to sign in', name, undefined],
    ['the consent', name, 'With an application token', undefined],
    ['the token', name, 'With an application token', 'Connect', undefined],
    ['the address', 'A status page', undefined],
    ['the consent to a page', 'A status page', page.origin, undefined],
  ] as const) {
    it(`does nothing where the user turns away from ${what}`, async () => {
      answer(...answers);
      await on.run('casebook.connectHealth');
      assert.deepEqual([on.calls, sessions], [[], []]);
    });
  }

  it('signs in again in the way that was connected, and at nothing a caller names', async () => {
    on.place.settings = { healthSources: [china, page] };
    environment = 'ChinaCloud';
    answer('Connect');
    await on.run('casebook.signInHealth', { source: 'graph:china' });
    assert.deepEqual(on.calls, [`connectHealth(${JSON.stringify(china)},{"signIn":"microsoft-sovereign-cloud"})`]);
    on.calls.length = 0;
    for (const source of ['graph:worldwide', 'https://evil.test', 'statuspage:https://status.example']) {
      await on.run('casebook.signInHealth', { source });
    }
    assert.deepEqual(on.calls, []);
  });

  it('removes only the source that was confirmed', async () => {
    on.place.settings = { healthSources: [china, page] };
    answer(undefined);
    await on.run('casebook.removeHealth', { source: 'graph:china' });
    assert.deepEqual(on.calls, []);
    person.restore();
    answer('\u2068Example', 'Remove');
    await on.run('casebook.removeHealth');
    assert.deepEqual(on.calls, ['removeHealth("statuspage:https://status.example")']);
  });

  const failed = (failure: HealthFailure): void => {
    on.sources = [{ id: 'graph:china', label: name, state: { due: noon, failure } }];
  };

  it('says what an administrator has to agree to, to copy it', async () => {
    failed({ code: 'consentMissing' });
    answer('Copy for the administrator');
    await on.run('casebook.why', { source: 'graph:china' });
    assert.match(consents()[0] ?? '', /has not agreed[^]*ServiceHealth\.Read\.All, ServiceMessage\.Read\.All/);
    const copied = await vscode.env.clipboard.readText();
    assert.match(copied, /https:\/\/portal\.partner\.microsoftonline\.cn/);
    assert.match(copied, /https:\/\/microsoftgraph\.chinacloudapi\.cn\/ServiceHealth\.Read\.All/);
  });

  it('says how else to see health without a role, and what to do about a place that has none', async () => {
    failed({ code: 'noAdminRole' });
    answer(undefined);
    await on.run('casebook.why', { source: 'graph:china' });
    assert.match(consents()[0] ?? '', /Service Support Administrator[^]*snapshot[^]*status page/);
    failed({ code: 'noService' });
    person.restore();
    answer(undefined);
    await on.run('casebook.why', { source: 'graph:china' });
    assert.match(consents()[0] ?? '', /There is no service health at[^]*right cloud or address/);
    await on.run('casebook.why', { source: 'graph:worldwide' });
  });

  it('copies an issue, an announcement, a service, a source or everything as plain text', async () => {
    const issue = anIssue({ title: 'Mail is late', impact: 'Some wait.', posts: [{ at: noon, text: 'We look.' }] });
    const reading = aReading({ issues: [issue], notices: [aNotice({ title: 'Change', actionBy: noon })] });
    on.sources = [{ id: 'graph:china', label: name, state: { reading, due: noon } }];
    on.desk.board = [anIncident()];
    answer();
    const copied = async (argument?: unknown): Promise<string> => {
      await vscode.env.clipboard.writeText('');
      await on.run('casebook.copyHealth', argument);
      return vscode.env.clipboard.readText();
    };
    const source = 'graph:china';
    assert.equal(
      await copied({ source, issueId: '#1' }),
      '#1 Mail is late\nExchange Online · Incident · Service degradation · 2026-03-04 00:00 UTC\nSome wait.\n\n' +
        `2026-03-04 02:00 UTC · We look.\n\n${name} · 2026-03-04 01:45 UTC`,
    );
    assert.match(await copied({ source, noticeId: 'MC1' }), /^MC1 Change\n.*action required by 2026-03-04 02:00 UTC\n/);
    const row = '#1 · Exchange Online · Service degradation · Mail is late';
    assert.equal(
      await copied({ source, service: 'Exchange Online' }),
      `${name} · 2026-03-04 01:45 UTC\nExchange Online · Service operational\n${row}`,
    );
    assert.equal(await copied({ source }), `${name} · 2026-03-04 01:45 UTC\n${row}`);
    assert.match(
      await copied(),
      /Mail is late\n\nRecorded by hand · .*\n#3 · Exchange Online · .* · Mail waits in queues$/,
    );
    assert.match(await copied({ incidentId: anIncident().id }), /^#3 Mail waits in queues\n/);
    assert.equal(await copied({ source, issueId: 'gone' }), '');
  });

  it('marks what a row names, and opens only what its source leads to', async () => {
    answer();
    const opened: string[] = [];
    const { openExternal } = vscode.env;
    Object.assign(vscode.env, {
      openExternal: (uri: vscode.Uri) => Promise.resolve(void opened.push(uri.toString(true))),
    });
    try {
      await on.run('casebook.favourService', { source: 'board', service: 'Mail' });
      await on.run('casebook.muteIncident', { source: 'graph:china', issueId: 'EX1' });
      await on.run('casebook.unmuteIncident', { incidentId: anIncident().id });
      await on.run('casebook.favourService', { service: 'Mail' });
      await on.run('casebook.muteIncident', 'EX1');
      assert.deepEqual(on.calls, [
        'mark("favourite","board","Mail",true)',
        'mark("muted","graph:china","EX1",true)',
        `mark("muted","board","${anIncident().id}",false)`,
      ]);
      await on.run('casebook.openPortal', { source: 'graph:china', issueId: 'EX1' });
      await on.run('casebook.openPortal', { source: 'snapshot:x', issueId: 'EX1' });
      await on.run('casebook.openPortal', { source: 'https://evil.test', issueId: 'EX1' });
      assert.deepEqual(opened, ['https://portal.example/issue/EX1']);
    } finally {
      Object.assign(vscode.env, { openExternal });
    }
  });
});
