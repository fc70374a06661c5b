import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { clouds } from '../../src/connectors/graph/clouds.ts';
import { ConnectedHealth } from '../../src/healthSources.ts';
import type { SecretStorage } from '../../src/host/secrets.ts';
import type { HealthSourceSetting } from '../../src/host/settingsSchema.ts';
import { createFakeTime, turn, until, type FakeTime } from '../support/fakeTime.ts';
import { anIssue, anOverview, root } from '../connectors/support/graph.ts';
import { component, incident } from '../connectors/support/statuspage.ts';

const minute = 60_000;
const page: HealthSourceSetting = { kind: 'statuspage', name: 'Example', origin: 'https://status.example' };
const other: HealthSourceSetting = { kind: 'statuspage', name: 'Other', origin: 'https://other.example' };
const graph: HealthSourceSetting = { kind: 'graph', cloud: 'china', signIn: 'microsoft' };
const ids = { page: 'statuspage:https://status.example', other: 'statuspage:https://other.example' } as const;

describe('the connected sources of health', () => {
  let path: string;
  let time: FakeTime;
  /** Every request: its address and what signed it. */
  let asked: string[];
  let answer: (url: URL) => unknown;
  let session: string | undefined;
  let settings: readonly HealthSourceSetting[];
  let secrets: Map<string, string>;
  let health: ConnectedHealth;
  let scopes: readonly (readonly string[])[];

  const summary = { page: { name: 'Example' }, components: [component('API', 'operational')], incidents: [incident()] };
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'casebook-sources-'));
    time = createFakeTime();
    asked = [];
    scopes = [];
    session = undefined;
    settings = [];
    secrets = new Map();
    answer = url => {
      if (url.pathname.startsWith(root)) {
        if (url.pathname.endsWith('/EX1')) return anIssue({ id: 'EX1', title: 'Whole' });
        return { value: url.pathname.endsWith('/healthOverviews') ? [anOverview()] : [] };
      }
      return summary;
    };
    const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const url = new URL(input instanceof Request ? input.url : input);
      const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : {}));
      asked.push([url.origin + url.pathname, headers.get('authorization')].filter(part => part !== null).join(' '));
      const body = answer(url);
      if (typeof body === 'number') return Promise.resolve(new Response('{}', { status: body }));
      return Promise.resolve(Response.json(body));
    };
    const storage: SecretStorage = {
      get: key => Promise.resolve(secrets.get(key)),
      store: (key, value) => Promise.resolve(void secrets.set(key, value)),
      delete: key => Promise.resolve(void secrets.delete(key)),
    };
    health = new ConnectedHealth({
      ...{ folder: path, secrets: storage, fetch, time },
      session: (provider, wanted) => {
        scopes = [...scopes, [provider, ...wanted]];
        return Promise.resolve(session);
      },
      log: { info: () => undefined, error: () => undefined },
      read: () => Promise.resolve(settings),
      people: () => 100,
      write: next => {
        settings = next;
        return Promise.resolve();
      },
    });
  });
  afterEach(async () => {
    health.dispose();
    await turn();
    rmSync(path, { recursive: true, force: true });
  });
  const use = (...next: HealthSourceSetting[]): void => {
    settings = next;
    health.use(next);
  };
  const requests = (): readonly string[] => asked;
  const read = (id: string) => health.all().find(one => one.id === id)?.state.reading;
  /** Lets time pass in small steps, until what it started is done. */
  const untilRead = async (id: string): Promise<void> => {
    const known = read(id)?.asOf;
    await until(() => time.timers.length > 0);
    while (read(id)?.asOf === known) {
      await time.pass(1_000);
      for (let turns = 0; turns < 20; turns++) await turn();
    }
  };

  it('ask nothing while nobody looks, and read each when somebody does', async () => {
    use(page, other);
    await time.pass(60 * minute);
    assert.deepEqual([asked, time.timers], [[], []]);
    const stop = health.look();
    await untilRead(ids.page);
    // Each waits for its next reading.
    await until(() => read(ids.other) !== undefined && time.timers.length === 2);
    stop();
    assert.deepEqual(time.timers, []);
    assert.deepEqual(
      health.all().map(({ label, state }) => [label, state.reading?.issues.length]),
      [
        ['Example', 1],
        ['Other', 1],
      ],
    );
  });

  it('are read as long as one of those who looked still does', async () => {
    use(page);
    const [first, second] = [health.look(), health.look()];
    await untilRead(ids.page);
    first();
    first();
    await untilRead(ids.page);
    await until(() => time.timers.length === 1);
    second();
    assert.deepEqual(time.timers, []);
  });

  it('follow the settings: what stays is left alone, others begin and end, and it is told', async () => {
    use(page);
    health.look();
    await untilRead(ids.page);
    let told = 0;
    health.onDidChange(() => told++);
    const reading = read(ids.page);
    use(other, page);
    assert.equal(told, 1);
    assert.equal(read(ids.page), reading);
    await untilRead(ids.other);
    use(other);
    const before = asked.length;
    assert.deepEqual(
      health.all().map(({ id }) => id),
      [ids.other],
    );
    for (let readings = 0; readings < 3; readings++) await untilRead(ids.other);
    assert.ok(asked.slice(before).every(one => one.startsWith('https://other.example/')));
  });

  it('say nothing new where the settings are as they were', () => {
    use(page);
    let told = 0;
    health.onDidChange(() => told++);
    use({ ...page });
    assert.equal(told, 0);
  });

  it('ask Graph only at the host of the cloud, with the token of its own sign-in', async () => {
    session = 't0k3n';
    use(graph);
    await health.refresh();
    assert.deepEqual(asked, []);
    assert.equal(health.all()[0]?.state.failure?.code, 'signedOut');
    await health.connect(graph, { signIn: 'microsoft-sovereign-cloud' });
    assert.notDeepEqual(asked, []);
    const { graph: origin } = clouds.china;
    for (const one of requests()) assert.ok(one.startsWith(`${origin}${root}/`) && one.endsWith(' Bearer t0k3n'), one);
    assert.deepEqual(scopes[0], [
      'microsoft-sovereign-cloud',
      `${origin}/ServiceHealth.Read.All`,
      `${origin}/ServiceMessage.Read.All`,
    ]);
    assert.equal(read('graph:china')?.issues.length, anOverview().issues.length);
  });

  it('send no token of one cloud to another, and none where the settings say another way than was agreed', async () => {
    await health.connect({ ...graph, signIn: 'token' }, { signIn: 'token', token: 's3cr3t' });
    assert.ok(asked.every(one => one.startsWith(`${clouds.china.graph}/`)));
    asked.length = 0;
    use({ ...graph, cloud: 'worldwide', signIn: 'token' });
    await health.refresh();
    session = 't0k3n';
    time.setClock(time.now() + 2 * minute);
    use(graph);
    await health.refresh();
    assert.deepEqual(asked, []);
    assert.equal(health.all()[0]?.state.failure?.code, 'signedOut');
  });

  it('read anew right after a sign-in, here or in another window, and not before', async () => {
    use(graph);
    health.look();
    await until(() => time.timers.length > 0);
    await health.refresh();
    assert.equal(health.all()[0]?.state.failure?.code, 'signedOut');
    session = 't0k3n';
    health.signInChanged();
    await turn();
    assert.deepEqual(asked, []);
    await health.connect(graph, { signIn: 'microsoft-sovereign-cloud' });
    assert.notDeepEqual(asked, []);
    const before = asked.length;
    health.signInChanged();
    await health.refresh();
    assert.equal(asked.length, before);
  });

  it('forget a source with its sign-in and what was read', async () => {
    await health.connect({ ...graph, signIn: 'token' }, { signIn: 'token', token: 's3cr3t' });
    await health.connect(page);
    assert.deepEqual([settings.length, secrets.size], [2, 1]);
    assert.equal(readdirSync(path).filter(name => name.endsWith('.json')).length, 2);
    await health.remove('graph:china');
    assert.deepEqual([settings, secrets.size], [[page], 0]);
    assert.equal(readdirSync(path).filter(name => name.endsWith('.json')).length, 1);
    assert.equal(read(ids.page)?.name, 'Example');
  });

  it('know an issue with all its posts, and where it is told of', async () => {
    session = 't0k3n';
    await health.connect(graph, { signIn: 'microsoft-sovereign-cloud' });
    await health.connect(page);
    const { signal } = new AbortController();
    const whole = await health.issue('graph:china', 'EX1', signal);
    assert.equal(whole.ok && whole.value.title, 'Whole');
    const known = await health.issue(ids.page, 'i1', signal);
    assert.equal(known.ok && known.value.title, 'Requests fail');
    for (const [source, id] of [
      [ids.page, 'gone'],
      ['graph:worldwide', 'EX1'],
    ] as const) {
      assert.deepEqual(await health.issue(source, id, signal), { ok: false, error: { code: 'noService' } });
    }
    // What was read is told where it cannot be asked for now.
    answer = () => 500;
    const [listed] = read('graph:china')?.issues ?? [];
    const kept = await health.issue('graph:china', listed?.id ?? '', signal);
    assert.equal(kept.ok && kept.value.id, listed?.id);
    assert.equal(new URL(health.link('graph:china', 'issue', 'EX1') ?? '').origin, clouds.china.portal);
    assert.equal(health.link(ids.page, 'issue', 'a/../b'), 'https://status.example/incidents/a%2F..%2Fb');
    assert.equal(health.link('graph:worldwide', 'issue', 'EX1'), undefined);
  });

  it('ask a page for its name before it is connected, and say why there is none', async () => {
    assert.deepEqual(await health.nameOf('https://status.example'), { ok: true, value: 'Example' });
    answer = () => ({ any: 'thing' });
    assert.deepEqual(await health.nameOf('https://status.example'), { ok: false, error: { code: 'notASource' } });
    assert.deepEqual(
      [health.all(), ['https://х.example', 'http://status.example', 'x'].map(one => health.originOf(one))],
      [[], ['https://xn--u1a.example', undefined, undefined]],
    );
  });
});
