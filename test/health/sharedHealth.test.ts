import { strict as assert } from 'node:assert';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'mocha';
import { fail, ok } from '../../src/desk/errors.ts';
import type { HealthIssue, HealthReading } from '../../src/desk/healthReading.ts';
import { snapshotLife } from '../../src/desk/health.ts';
import { readSnapshot, signSnapshot } from '../../src/health/snapshot.ts';
import { SharedHealth } from '../../src/healthSnapshots.ts';
import type { HealthSources, SourceOfHealth } from '../../src/host/services.ts';
import { shape } from '../../src/policy/shape.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';

const start = Date.UTC(2026, 2, 6, 12);
const hour = 3_600_000;
const { privateKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ada = createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64');

const issue = (over: Partial<HealthIssue> = {}): HealthIssue => ({
  ...{ id: 'EX1', services: ['Exchange Online'], title: 'Delays', classification: 'incident', resolved: false },
  ...{ status: 'investigating', feature: '', impact: '', updatedAt: start - hour, posts: [] },
  ...over,
});
const reading = (over: Partial<HealthReading> = {}): HealthReading => ({
  ...{
    source: 'graph:china',
    name: '',
    asOf: start - hour,
    partial: false,
    services: [],
    issues: [issue()],
    notices: [],
  },
  ...over,
});
const signed = (of: HealthReading = reading(), at = start, life = snapshotLife): string => {
  const text = signSnapshot(of, { by: 'Ada', label: 'Our cloud', key: 'ada', privateKey: pem, life }, at);
  assert.ok(text !== undefined);
  return text;
};

function opened(texts: readonly string[] = [], atDesk: readonly string[] = []) {
  const desk = memoryDesk();
  desk.snapshots = [...atDesk];
  const secrets = new Map<string, string>();
  const world = {
    ...{ now: start, texts, desk, secrets, keys: { ada } as Record<string, string>, told: 0, away: false },
  };
  const shared = new SharedHealth({
    now: () => world.now,
    keys: () => Promise.resolve(world.keys),
    files: () => Promise.resolve(world.texts.map(text => ({ name: 'casebook.health.json', text }))),
    desk: () => Promise.resolve(world.away ? fail({ code: 'unreachable' }) : ok(desk)),
    secrets: {
      get: key => Promise.resolve(secrets.get(key)),
      store: (key, value) => Promise.resolve(void secrets.set(key, value)),
      delete: key => Promise.resolve(void secrets.delete(key)),
    },
  });
  return { world, shared };
}
const live = (all: readonly SourceOfHealth[] = []): HealthSources => ({
  ...{ all: () => all, onDidChange: () => () => undefined, look: () => () => undefined },
  ...{ refresh: () => Promise.resolve(), link: () => undefined },
  issue: () => Promise.resolve(fail({ code: 'noService' })),
});

describe('Snapshots that others have published', () => {
  it('are sources that say who saw them, from the workspace and from the desk', async () => {
    const { shared } = opened([signed()], [signed(reading({ source: 'graph:worldwide' }))]);
    await shared.read();
    assert.deepEqual(
      shared.all([]).map(({ id, label, seenBy, state }) => [id, label, seenBy, state.reading?.source, state.failure]),
      [
        ['snapshot:graph:china', 'Our cloud', { by: 'Ada', publishedAt: start }, 'graph:china', undefined],
        ['snapshot:graph:worldwide', 'Our cloud', { by: 'Ada', publishedAt: start }, 'graph:worldwide', undefined],
      ],
    );
  });

  it('give way to the latest of their source, and to what is read here', async () => {
    const { shared } = opened(
      [signed()],
      [signed(reading({ asOf: start - 2 * hour })), signed(reading({ asOf: start }))],
    );
    await shared.read();
    assert.deepEqual(
      shared.all([]).map(({ state }) => state.reading?.asOf),
      [start],
    );
    const own = (read?: HealthReading): SourceOfHealth => ({
      ...{ id: 'graph:china', label: 'Mine', state: { due: start, ...(read && { reading: read }) } },
    });
    const ids = (source: SourceOfHealth) =>
      shared
        .beside(live([source]))
        .all()
        .map(({ id }) => id);
    assert.deepEqual(ids(own(reading())), ['graph:china']);
    assert.deepEqual(ids(own()), ['graph:china', 'snapshot:graph:china']);
  });

  const refused: readonly (readonly [string, string, string, number?])[] = [
    ['are signed with a key that nobody approved', signed().replace('"ada"', '"eve"'), 'unknownKey'],
    ['were changed', signed().replace('Delays', 'All well'), 'tampered'],
    ['are too old', signed(), 'expired', start + snapshotLife],
    ['are of a time to come', signed(reading(), start + hour), 'fromTheFuture'],
    ['are none', '<html>', 'notASource'],
    ['are too large to be read', '', 'notASource'],
  ];
  for (const [what, text, code, at = start] of refused) {
    it(`say so and show nothing where they ${what}`, async () => {
      const { shared, world } = opened([text]);
      world.now = at;
      await shared.read();
      assert.deepEqual(
        shared.all([]).map(({ label, state, seenBy }) => [label, state.failure, state.reading, seenBy]),
        [['casebook.health.json', { code }, undefined, undefined]],
      );
    });
  }

  it('end by themselves, and whoever listens is told', async () => {
    const { shared, world } = opened([signed(reading(), start, hour)]);
    await shared.read();
    let told = 0;
    const stop = shared.beside(live()).onDidChange(() => told++);
    shared.tick();
    assert.equal(told, 0);
    world.now = start + hour;
    shared.tick();
    assert.equal(told, 1);
    assert.deepEqual(shared.all([])[0]?.state.failure, { code: 'expired' });
    stop();
  });

  it('are read anew where other keys are approved, and where one is not any more', async () => {
    const { shared, world } = opened([signed()]);
    world.keys = {};
    await shared.read();
    assert.deepEqual(shared.all([])[0]?.state.failure, { code: 'unknownKey' });
    world.keys = { ada };
    await shared.read();
    assert.equal(shared.all([])[0]?.state.failure, undefined);
    world.keys = {};
    await shared.read();
    assert.deepEqual(shared.all([])[0]?.state.failure, { code: 'unknownKey' });
  });

  it('are none where the desk cannot be asked, and those of the workspace stay', async () => {
    const { shared, world } = opened([signed()], [signed(reading({ source: 'graph:worldwide' }))]);
    world.away = true;
    await shared.read();
    assert.deepEqual(
      shared.all([]).map(({ id }) => id),
      ['snapshot:graph:china'],
    );
  });

  it('are beside the same sources as the same answer', () => {
    const { shared } = opened();
    const own = live();
    assert.equal(shared.beside(own), shared.beside(own));
    assert.notEqual(shared.beside(own), shared.beside(live()));
  });
});

describe('Publishing a reading', () => {
  const source = (of: HealthReading): SourceOfHealth => ({
    ...{ id: of.source, label: 'Our cloud', state: { due: start, reading: of } },
  });

  it('signs with a key that is made once, that a policy can name, and of which only the secrets have the private half', async () => {
    const { shared, world } = opened();
    const key = await shared.publicKey();
    assert.equal(await shared.publicKey(), key);
    assert.ok(shape.healthKeys.safeParse({ ada: key }).success);
    assert.match([...world.secrets.values()].join(), /BEGIN PRIVATE KEY/);
    const text = (await shared.sign(source(reading()), { by: 'Ada', key: 'ada' }, 500_000)) ?? '';
    assert.doesNotMatch(text, /PRIVATE/);
    const read = readSnapshot(text, { ada: key }, start);
    assert.ok(read.ok);
    assert.deepEqual([read.value.by, read.value.label, read.value.expires], ['Ada', 'Our cloud', start + snapshotLife]);
  });

  it('makes another key where what is kept is none', async () => {
    const { shared, world } = opened();
    world.secrets.set('casebook.healthKey', 'damaged');
    assert.match(await shared.publicKey(), /^MCow/);
  });

  it('publishes nothing that names an organisation, a person or a secret', async () => {
    const { shared } = opened();
    const secrets = [
      ...['contoso.onmicrosoft.com', 'jan.novak@contoso.example', '0c7a1d3e-4f0d-4a55-9d6a-2f1f5a8a7f10'],
      ...['Bearer abc.def', 'token=s3cr3t', 'https://user:pass@host.example'],
    ];
    const said = secrets.join(' and ');
    const of = reading({
      issues: [issue({ title: said, impact: said, feature: said, services: [said], posts: [{ text: said }] })],
      notices: [{ id: 'MC1', services: [said], title: said, text: said, category: said, major: false }],
      services: [{ id: 'x', name: said, status: said }],
    });
    const text = (await shared.sign({ ...source(of), label: said }, { by: 'Ada', key: 'ada' }, 500_000)) ?? '';
    assert.match(text, /casebook-health-1/);
    for (const secret of secrets) assert.ok(!text.includes(secret), secret);
  });

  it('leaves out what is long over, then old posts, until it fits, and says where it cannot', async () => {
    const { shared } = opened();
    const posts = Array.from({ length: 20 }, (_, place) => ({ text: `${place} ${'x'.repeat(1_000)}` }));
    const over = { resolved: true, status: 'resolved', updatedAt: start - 31 * 24 * hour };
    const of = reading({ issues: [issue({ posts }), issue({ id: 'EX2', ...over })] });
    const sign = async (longest: number): Promise<HealthReading | undefined> => {
      const text = await shared.sign(source(of), { by: 'Ada', key: 'ada' }, longest);
      if (text === undefined) return undefined;
      assert.ok(text.length <= longest);
      const read = readSnapshot(text, { ada: await shared.publicKey() }, start);
      return read.ok ? read.value.reading : undefined;
    };
    assert.deepEqual(
      (await sign(500_000))?.issues.map(({ id, posts: kept }) => [id, kept.length]),
      [['EX1', 20]],
    );
    assert.match((await sign(5_000))?.issues[0]?.posts.at(-1)?.text ?? '', /^19 /);
    assert.equal((await sign(1_000))?.issues[0]?.posts.length, 0);
    assert.equal(await sign(100), undefined);
  });
});
