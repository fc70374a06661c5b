import { strict as assert } from 'node:assert';
import { createHash, randomUUID } from 'node:crypto';
import { beforeEach, describe, it } from 'mocha';
import { replayable } from '../../src/connectors/http/body.ts';
import type { TeamDesk } from '../../src/connectors/team/desk.ts';
import { createTeamDesk, openTeamDesk } from '../../src/connectors/team/desk.ts';
import type { DeskError } from '../../src/desk/errors.ts';
import { bytes, newCase, once, refusal, source, upon, value } from '../desk/build.ts';
import { turn, until } from '../support/fakeTime.ts';
import type { Fault } from '../support/faultServer.ts';
import { faults } from '../support/faultServer.ts';
import { at, by, caseDetail as detail, caseSummary as summary, id, me } from './support/answers.ts';
import { httpBench } from './support/bench.ts';

const incident = {
  ...{ id, number: 1, revision: 1, service: 'Exchange Online', title: 'Down', classification: 'incident' },
  ...{ status: 'investigating', startedAt: at, updatedAt: at },
  posts: [{ at, by, status: 'investigating', text: 'We look' }],
};

describe('What a team desk answers', () => {
  const bench = httpBench();
  let desk: TeamDesk;
  beforeEach(() => {
    const { http, time } = bench();
    desk = createTeamDesk({ http, time, id: randomUUID }, me);
  });
  const answer = (route: string, body: unknown): void => bench().server.work(route, () => ({ body }));
  const one = `GET /v1/cases/${id}`;

  describe('in problems', () => {
    const rows: readonly (readonly [status: number, code: string, members: object, error: DeskError])[] = [
      [404, 'notFound', {}, { code: 'notFound' }],
      [412, 'conflict', { revision: 7 }, { code: 'conflict', revision: 7 }],
      [
        ...([409, 'impossible', { action: 'reopen', caseStatus: 'open' }] as const),
        { code: 'impossible', action: 'reopen', status: 'open' },
      ],
      [409, 'impossible', { action: 'reopen', caseStatus: 'frozen' }, { code: 'failed' }],
      [
        409,
        'alreadyRecorded',
        { action: 'recordFirstResponse' },
        { code: 'alreadyRecorded', action: 'recordFirstResponse' },
      ],
      [403, 'notYours', { action: 'resolve' }, { code: 'notYours', action: 'resolve' }],
      [403, 'notYours', { action: 'teleport' }, { code: 'failed' }],
      [
        ...([403, 'refused', { rule: 'technicalOnly', facts: ['C-24', 'Z-99'], cap: 'B' }] as const),
        { code: 'refused', rule: 'technicalOnly', facts: ['C-24'], cap: 'B' },
      ],
      [403, 'refused', { rule: 'ofTomorrow' }, { code: 'refused', rule: 'ofTomorrow', facts: [] }],
      [
        ...([422, 'invalid', { issues: [{ path: 'title', code: 'tooLong', limit: 200 }] }] as const),
        { code: 'invalid', issues: [{ path: 'title', code: 'tooLong', limit: 200 }] },
      ],
      [413, 'fileTooLarge', { name: 'a', limit: 5 }, { code: 'fileTooLarge', name: 'a', limit: 5 }],
      [422, 'fileGone', { name: 'a' }, { code: 'fileGone', name: 'a' }],
      [422, 'keyReused', {}, { code: 'keyReused' }],
      [409, 'stillRunning', {}, { code: 'stillRunning' }],
      [501, 'storageFull', {}, { code: 'storageFull' }],
      [401, 'unauthenticated', {}, { code: 'signedOut' }],
      [403, 'forbidden', {}, { code: 'failed' }],
      [400, 'keyMissing', {}, { code: 'failed' }],
      [428, 'revisionMissing', {}, { code: 'failed' }],
      [418, 'ofTomorrow', {}, { code: 'failed' }],
      [409, 'newerDatabase', { found: 2, known: 1 }, { code: 'failed' }],
      [501, 'failed', {}, { code: 'failed' }],
    ];
    for (const [status, code, members, error] of rows) {
      it(`${String(status)} ${code} ${JSON.stringify(members)} is ${JSON.stringify(error)}`, async () => {
        bench().server.script(one, ...[1, 2].map(() => faults.problem(status, code, members)));
        assert.deepEqual(refusal(await desk.get(id)), error);
      });
    }
    it('JSON that is no problem is no desk', async () => {
      bench().server.script(one, faults.answer(404, { message: 'no such route' }));
      assert.deepEqual(refusal(await desk.get(id)), { code: 'notADesk' });
    });
    it('trouble that may pass is tried again, and told as what it was last', async () => {
      const { server } = bench();
      const route = 'POST /v1/cases';
      for (const [code, status, expected] of [
        ['failed', 500, 'failed'],
        ['ofTomorrow', 500, 'unreachable'],
        ['unavailable', 503, 'unreachable'],
        ['busy', 503, 'busy'],
        ['storageFull', 507, 'storageFull'],
      ] as const) {
        server.script(route, ...[1, 2, 3].map(() => faults.problem(status, code)));
        const fresh = createTeamDesk({ http: bench().client(), time: bench().time, id: randomUUID }, me);
        const filing = fresh.file(newCase(), once());
        const before = server.count(route);
        for (let tries = 1; tries < 3; tries++) {
          await until(
            () => server.count(route) === before + tries && bench().time.timers.some(delay => delay < 10_000),
          );
          await bench().time.pass(2_000);
        }
        assert.equal(refusal(await filing).code, expected);
      }
    });
  });

  describe('in a version before or after this one', () => {
    it('has a case with words nobody knows, to be read but not acted on', async () => {
      const newer = {
        ...{ ...detail, status: 'parked', severitySet: 'S', plan: 'ultra', category: 'legal', mood: 'calm' },
        timeline: [
          ...detail.timeline,
          { kind: 'parked', seq: 2, at, by, status: 'parked', until: at },
          { kind: 'annotated', seq: 3, at, by, status: 'open', text: 'Hello', files: [] },
        ],
        allowed: ['annotate', 'unpark'],
      };
      answer(one, newer);
      const { mood, timeline, allowed, ...rest } = { mood: undefined, ...value(await desk.get(id)) };
      assert.deepEqual([mood, timeline.map(({ kind }) => kind), allowed], [undefined, ['filed', 'annotated'], []]);
      const { timeline: _, allowed: __, ...known } = detail;
      assert.deepEqual([_.length, __.length, rest], [1, 2, known]);
    });

    it('has a case without what came later, and with null for what is not there', async () => {
      const { notes, contact, places, ...older } = detail;
      assert.deepEqual([notes, contact, places], [1, '', []]);
      answer(one, { ...older, vendorNumber: null, details: null });
      const read = value(await desk.get(id));
      assert.deepEqual(read, { ...detail, notes: 0, allowed: [] });
      assert.equal('vendorNumber' in read, false);
    });

    it('what holds strictly stays as it is', async () => {
      answer(one, { ...detail, more: 1 });
      assert.deepEqual(value(await desk.get(id)), detail);
    });

    it('has a list in which one case cannot be read at all', async () => {
      answer('GET /v1/cases', {
        items: [{ ...summary, status: 'parked' }, summary, { ...summary, profile: 'm365Moon' }, null, 7, { id: 'x' }],
        next: 'later',
        total: 6,
      });
      const page = value(await desk.list({}, { limit: 2 }));
      assert.deepEqual(page, { items: [summary, summary], next: 'later' });
    });

    for (const [name, body] of [
      ['null for its items', { items: null }],
      ['no items', {}],
      ['only items that are none', { items: [{}, {}] }],
      ['a list for a page', [summary]],
    ] as const) {
      it(`${name} is no desk, rather than an empty one`, async () => {
        answer('GET /v1/cases', body);
        assert.deepEqual(refusal(await desk.list({}, { limit: 2 })), { code: 'notADesk' });
      });
    }

    it('has incidents in a state nobody knows, which are not over', async () => {
      answer('GET /v1/incidents', [{ ...incident, status: 'onFire', classification: 'rumour' }, {}]);
      assert.deepEqual(value(await desk.incidents()), [incident]);
    });

    it('that keeps no snapshots is not asked for them', async () => {
      const { http, time, server } = bench();
      assert.deepEqual(value(await desk.healthSnapshots()), []);
      assert.equal(server.count('GET /v1/health/snapshots'), 0);
      answer('GET /v1/health/snapshots', ['signed']);
      const newer = { ...me, capabilities: { ...me.capabilities, healthSnapshots: true } };
      const other = createTeamDesk({ http, time, id: randomUUID }, newer);
      assert.deepEqual(value(await other.healthSnapshots()), [{ text: 'signed' }]);
    });

    it('can do more or less than this version knows', async () => {
      const { http, time } = bench();
      answer('GET /v1/me', {
        ...me,
        capabilities: { id: 'team', actions: ['annotate', 'park'], roles: ['requester', 'king'], incidents: true },
        standing: { role: 'emperor' },
      });
      const opened = value(await openTeamDesk({ http, time, id: randomUUID }));
      assert.deepEqual(opened.capabilities(), { ...me.capabilities, teamNotes: false });
      assert.equal(opened.me().standing, undefined);
    });
  });

  it('is opened by who is asking, and asked again when that may have changed', async () => {
    const { http, time, server } = bench();
    assert.equal(refusal(await openTeamDesk({ http, time, id: randomUUID })).code, 'notADesk');
    answer('GET /v1/me', me);
    const opened = value(await openTeamDesk({ http, time, id: randomUUID }));
    assert.deepEqual(opened.me(), me);
    answer('GET /v1/me', { ...me, capabilities: { ...me.capabilities, roles: ['agent'] } });
    value(await opened.refresh());
    assert.deepEqual(opened.capabilities().roles, ['agent']);
    server.script('GET /v1/me', faults.html);
    assert.equal(refusal(await opened.refresh()).code, 'notADesk');
    assert.deepEqual(opened.capabilities().roles, ['agent']);
  });

  it('is asked by its table: keys, revisions, lists and pages', async () => {
    const { server } = bench();
    answer('POST /v1/cases', detail);
    answer(`POST /v1/cases/${id}/actions`, detail);
    answer('GET /v1/cases', { items: [summary], next: 'n' });
    answer('GET /v1/cases/counts', []);
    const write = upon(detail);
    value(await desk.act(id, { kind: 'close', reason: 'solved', text: '' }, write));
    const { headers, body } = server.seen[0] ?? assert.fail();
    assert.deepEqual([headers['idempotency-key'], headers['if-match']], [write.key, '"3"']);
    assert.deepEqual(JSON.parse(body.toString()), { kind: 'close', reason: 'solved', text: '' });
    value(
      await desk.list(
        { text: 'Příčina & co', status: ['open', 'closed'], severity: ['none'] },
        { limit: 1, cursor: 'a b' },
      ),
    );
    value(await desk.count({ service: 'Exchange Online' }, 'status'));
    const [, listed, counted] = server.seen.map(({ url }) => url);
    assert.equal(listed, '/v1/cases?text=pricina+co&status=open&status=closed&severity=none&limit=1&cursor=a+b');
    assert.equal(counted, '/v1/cases/counts?service=Exchange+Online&by=status');
  });

  it('a list that never ends is left after 200 cases', async () => {
    const { server } = bench();
    let page = 0;
    server.work('GET /v1/cases', () => ({ body: { items: Array(100).fill(summary), next: `p${String(page++)}` } }));
    assert.equal(value(await desk.list({}, { limit: 1_000 })).items.length, 200);
    assert.equal(server.count(), 2);
    server.work('GET /v1/cases', () => ({ body: { items: [], next: 'on' } }));
    assert.deepEqual(value(await desk.list({}, { limit: 10 })), { items: [] });
    assert.equal(server.count(), 3);
  });

  describe('about files', () => {
    const hash = (content: string): string => createHash('sha256').update(content).digest('hex');

    for (const [name, content, expected] of [
      ['as they were kept', 'content', 'ok'],
      ['with a byte changed', 'Content', 'notADesk'],
      ['cut short', 'conte', 'notADesk'],
    ] as const) {
      it(`gives them back ${name}: ${expected}`, async () => {
        answer(`GET /v1/files/${hash('content')}`, Buffer.from(content));
        const got = await desk.download(hash('content'));
        assert.equal(got.ok ? 'ok' : got.error.code, expected);
      });
    }

    it('does not believe that it kept something else', async () => {
      answer('POST /v1/files', { name: 'a', bytes: 1, sha256: hash('b') });
      assert.deepEqual(refusal(await desk.upload(source('a', [bytes('a')]))), { code: 'notADesk' });
    });

    it('an upload goes piece by piece, and again in full under its key after the connection broke', async () => {
      const { server, time } = bench();
      const pieces = ['one ', 'two ', 'three'];
      answer('POST /v1/files', { name: 'a', bytes: 13, sha256: hash(pieces.join('')) });
      server.script('POST /v1/files', faults.afterBytes(5, faults.reset), faults.commitThen(faults.reset));
      const upload = desk.upload(source('a', pieces.map(bytes)));
      for (let tries = 1; tries < 3; tries++) {
        await until(() => server.count() === tries && time.timers.some(delay => delay < 10_000));
        await time.pass(2_000);
      }
      assert.equal(value(await upload).sha256, hash('one two three'));
      assert.deepEqual([server.seen[2]?.body.toString(), server.committed('POST /v1/files')], ['one two three', 1]);
      assert.equal(new Set(server.seen.map(({ headers }) => headers['idempotency-key'])).size, 1);
    });

    it('a source is read once, however often it is sent', async () => {
      let reads = 0;
      const open = replayable(
        (async function* () {
          for (; reads < 3; reads++) {
            await turn();
            yield bytes(String(reads));
          }
        })(),
      );
      const read = async (): Promise<string> => new Response(open()).text();
      assert.deepEqual(await Promise.all([read(), read()]), ['012', '012']);
      assert.deepEqual([await read(), reads], ['012', 3]);
    });

    it('closing the desk ends an upload at once', async () => {
      const { server } = bench();
      server.script('POST /v1/files', faults.hang);
      const upload = desk.upload(source('a', [bytes('a')]));
      await until(() => server.count() === 1);
      desk.close();
      assert.deepEqual(refusal(await upload), { code: 'unreachable' });
    });
  });

  const onceOnly: readonly (readonly [string, Fault])[] = [
    ['the answer is lost', faults.commitThen(faults.reset)],
    ['the answer is 500', faults.commitThen(faults.problem(500, 'failed'))],
    ['the answer is cut', faults.cut],
  ];
  for (const [name, fault] of onceOnly) {
    it(`a case is filed once though ${name}`, async () => {
      const { server, time } = bench();
      answer('POST /v1/cases', detail);
      server.script('POST /v1/cases', fault);
      const filing = desk.file(newCase(), once());
      await until(() => server.count() === 1 && time.timers.some(delay => delay < 10_000));
      await time.pass(1_000);
      assert.deepEqual(value(await filing), detail);
      assert.deepEqual([server.count(), server.committed('POST /v1/cases')], [2, 1]);
    });
  }
});
