import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { CaseAction } from '../../src/desk/case.ts';
import { readSettings } from '../../src/host/settings.ts';
import type { Connection } from '../../src/host/settingsSchema.ts';
import { answering, type Answer, type Asked } from '../commands/support/answers.ts';
import { ground, type Ground } from '../commands/support/ground.ts';
import { eventually } from '../support/eventually.ts';
import { idOf, noon } from '../views/support/builders.ts';

const evil: Connection = {
  ...{ id: 'evil', name: 'Ours', origin: 'https://evil.test', kind: 'team', signIn: 'microsoft' },
};
const origin = 'https://desk.example.com';
const ours: Connection = { ...evil, id: 'ours', origin, signIn: 'token' };

describe('the settings of a workspace', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const file = vscode.Uri.joinPath(folder, '.vscode/settings.json');
  const { fs } = vscode.workspace;
  let kept: Uint8Array | undefined;
  before(async () => {
    kept = await Promise.resolve(fs.readFile(file)).catch(() => undefined);
  });
  after(async () => {
    if (kept === undefined) await fs.delete(file);
    else await fs.writeFile(file, kept);
  });
  const night = { start: '00:00', end: '23:59' };
  const forms: [string, (plan: string) => object][] = [
    ['dotted', plan => ({ 'casebook.plan': plan, 'casebook.connections': [evil], 'casebook.quietHours': night })],
    ['nested', plan => ({ casebook: { plan, connections: [evil], quietHours: night } })],
  ];
  for (const [index, [name, form]] of forms.entries()) {
    it(`never decide where a sign-in goes, nor when it is quiet (${name} form)`, async () => {
      // A setting that a workspace may decide shows when the file was read.
      const plan = index === 0 ? 'premium' : 'standard';
      await fs.writeFile(file, new TextEncoder().encode(JSON.stringify(form(plan))));
      await eventually(() => {
        const { settings, problems } = readSettings();
        assert.deepEqual([settings.plan, problems], [plan, []]);
      });
      const { connections, quietHours } = readSettings().settings;
      assert.deepEqual([connections, quietHours], [[], null]);
      const layers = vscode.workspace.getConfiguration('casebook');
      assert.deepEqual(layers.get('connections'), []);
      assert.equal(layers.inspect('connections')?.workspaceValue, undefined);
    });
  }
});

describe('connecting a desk', () => {
  let on: Ground;
  let person: Asked;
  const answer = (...answers: Answer[]) => (person = answering(...answers));
  const { getSession } = vscode.authentication;
  beforeEach(() => {
    on = ground();
  });
  afterEach(() => {
    assert.deepEqual(person.left(), []);
    person.restore();
    Object.assign(vscode.authentication, { getSession });
  });
  const connect = (argument?: unknown): Promise<void> => on.run('casebook.connectDesk', argument);
  const consents = (): string[] => person.shown.filter(text => text.startsWith('modal'));
  const token = 'With a personal token';

  it('shows the origin before a token is asked for, and keeps the token apart from the connection', async () => {
    answer(`${origin}/`, token, 'Connect', ' s3cr3t ');
    await connect();
    const [consent] = consents();
    assert.match(consent ?? '', /^modal: .*\n[^]*https:\/\/desk\.example\.com\n/);
    const [call] = on.calls;
    assert.match(
      call ?? '',
      /^connect\(\{[^}]*"origin":"https:\/\/desk\.example\.com"[^}]*\},\{"signIn":"token","token":"s3cr3t"\}\)$/,
    );
    assert.doesNotMatch(person.shown.join(), /s3cr3t/);
  });

  it('shows a look-alike as it is compared: in punycode', async () => {
    answer('https://dеsk.example.com', token, undefined);
    await connect();
    assert.match(consents()[0] ?? '', /https:\/\/xn--/);
    assert.deepEqual(on.calls, ['refresh()']);
  });

  for (const [what, ...answers] of [
    ['the address', undefined],
    ['the way to sign in', origin, undefined],
    ['the consent', origin, token, undefined],
    ['the token', origin, token, 'Connect', undefined],
  ] as const) {
    it(`does nothing where the user turns away from ${what}`, async () => {
      answer(...answers);
      await connect();
      assert.deepEqual(
        on.calls.filter(call => call !== 'refresh()'),
        [],
      );
    });
  }

  it('takes no address from a caller, only what the team suggests, and the user can have that told no more', async () => {
    on.place.suggested = origin;
    answer(token, 'Suggest it no more');
    await connect({ desk: 'https://evil.test' });
    assert.match(consents()[0] ?? '', /https:\/\/desk\.example\.com/);
    assert.deepEqual(on.calls, [`decline("${origin}")`, 'refresh()']);
  });

  it('says that a desk is connected already', async () => {
    on.place.settings = { connections: [ours] };
    answer(origin);
    await connect();
    assert.deepEqual([on.calls, person.shown.at(-1)], [[], 'info: This desk is connected already.']);
  });

  it('says what the desk answered where it does not know the user', async () => {
    on.connectError = { code: 'signedOut' };
    answer(origin, token, 'Connect', 'wrong');
    await connect();
    assert.match(person.shown.at(-1) ?? '', /^warning: You are not signed in to this desk/);
  });

  for (const [label, provider, words] of [
    ['With a Microsoft account', 'microsoft', /Microsoft did not sign you in/],
    ['With a Microsoft account in a national cloud', 'microsoft-sovereign-cloud', /national cloud of Microsoft/],
  ] as const) {
    for (const rejects of [false, true]) {
      it(`asks ${provider} once, and names the cloud where ${rejects ? 'the user turns away' : 'it answers nothing'}`, async () => {
        const asked: unknown[] = [];
        const session = (...[id, scopes, how]: unknown[]) => {
          asked.push([id, scopes, how]);
          return rejects ? Promise.reject(new Error('cancelled')) : Promise.resolve(undefined);
        };
        Object.assign(vscode.authentication, { getSession: session });
        answer(origin, label, 'api://desk/.default', 'Connect');
        await connect();
        const scopes = ['api://desk/.default'];
        assert.deepEqual(asked, [
          [provider, scopes, { createIfNone: true }],
          [provider, scopes, { silent: true }],
        ]);
        assert.match(person.shown.at(-1) ?? '', words);
        assert.deepEqual(on.calls, ['refresh()']);
      });
    }
  }

  it('signs in again in the way and at the address that are connected', async () => {
    on.place.settings = { connections: [ours] };
    answer('Connect', 'newer');
    await on.run('casebook.signInDesk', { desk: 'ours' });
    assert.match(consents()[0] ?? '', /https:\/\/desk\.example\.com/);
    assert.deepEqual(on.calls, [`connect(${JSON.stringify(ours)},{"signIn":"token","token":"newer"})`]);
  });

  it('signs in at the desk that something unsent is for', async () => {
    on.place.settings = { connections: [evil, ours] };
    const id = idOf(1);
    const action: CaseAction = { kind: 'annotate', text: 'x', files: [] };
    const what = { kind: 'act', caseId: idOf(12), revision: 1, action } as const;
    on.place.unsent = [{ id, what, createdAt: noon, tries: 1, state: { kind: 'signedOut' }, desk: 'ours' }];
    answer('Connect', 'newer');
    await on.run('casebook.signInDesk', { unsentId: id });
    assert.deepEqual(on.calls, [`connect(${JSON.stringify(ours)},{"signIn":"token","token":"newer"})`]);
    await on.run('casebook.signInDesk', { unsentId: idOf(9) });
    assert.equal(on.calls.length, 1);
  });

  it('disconnects only the desk that was confirmed', async () => {
    on.place.settings = { connections: [evil, ours] };
    answer('\u2068Ours', undefined);
    await on.run('casebook.disconnectDesk');
    assert.deepEqual(on.calls, []);
    person.restore();
    answer('Disconnect');
    await on.run('casebook.disconnectDesk', { desk: 'ours' });
    assert.match(consents()[0] ?? '', /https:\/\/desk\.example\.com/);
    assert.deepEqual(on.calls, [`disconnect(${JSON.stringify(ours)})`]);
  });

  it('has nothing to sign in to or to disconnect where none is connected', async () => {
    for (const id of ['casebook.signInDesk', 'casebook.disconnectDesk'] as const) {
      answer();
      await on.run(id);
      assert.deepEqual(person.shown, ['info: No team desk is connected.']);
      person.restore();
    }
    answer();
  });
});
