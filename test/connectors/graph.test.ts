import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { clouds, portalLink, scopesOf } from '../../src/connectors/graph/clouds.ts';
import { cloudIds } from '../../src/desk/words.ts';
import { instantOf } from '../../src/connectors/loose.ts';
import { clocksDiffer, goesOn, knownStatus, type HealthFailure } from '../../src/desk/healthReading.ts';
import { never, type Answer } from './support/healthAnswers.ts';
import {
  anIssue,
  anOverview,
  empty,
  failure,
  now,
  overview,
  reading,
  refusal,
  root,
  source,
  usual,
} from './support/graph.ts';

describe('a cloud of Microsoft', () => {
  const parts = cloudIds.map(id => ({ id, ...clouds[id] }));

  it('has hosts of its own, and its offer', () => {
    assert.deepEqual(cloudIds, ['worldwide', 'usGovL4', 'usGovL5', 'china']);
    for (const part of ['graph', 'portal'] as const) assert.equal(new Set(parts.map(one => one[part])).size, 4, part);
    assert.deepEqual(
      parts.map(({ profile }) => profile),
      ['m365Business', 'm365Business', 'm365Business', 'm365China'],
    );
  });
  for (const { id, ...cloud } of parts) {
    it(`is one switch for all of it: ${id}`, () => {
      for (const origin of [cloud.graph, cloud.authority, cloud.portal]) assert.equal(new URL(origin).origin, origin);
      assert.deepEqual(scopesOf(cloud), [
        `${cloud.graph}/ServiceHealth.Read.All`,
        `${cloud.graph}/ServiceMessage.Read.All`,
      ]);
      assert.equal(cloud.provider === 'microsoft', !('environment' in cloud));
      assert.equal(new URL(portalLink(cloud, 'issue', 'EX1/../..')).origin, cloud.portal);
    });
  }
});

describe('service health of Microsoft Graph', () => {
  it('is read in one request, and the message center in another', async () => {
    const reads = source(usual);
    const read = await reads.read(never);
    assert.ok(read.ok);
    assert.deepEqual(read.value, {
      source: 'graph:worldwide',
      name: '',
      asOf: now,
      partial: false,
      services: [{ id: 'Exchange', name: 'Exchange Online', status: 'serviceDegradation' }],
      issues: [
        {
          id: 'EX900001',
          services: ['Exchange Online'],
          title: 'Users cannot send mail',
          classification: 'incident',
          status: 'serviceDegradation',
          resolved: false,
          feature: 'E-Mail timely delivery, Mail flow',
          impact: 'Some users see a delay.',
          startedAt: Date.parse('2026-03-04T00:00:00Z'),
          updatedAt: Date.parse('2026-03-04T01:00:00.123Z'),
          posts: [
            { at: Date.parse('2026-03-04T00:30:00Z'), text: 'Sooner' },
            { at: Date.parse('2026-03-04T01:00:00Z'), text: 'Later' },
          ],
        },
      ],
      notices: [
        {
          id: 'MC900001',
          services: ['Exchange Online'],
          title: 'Old authentication ends',
          text: 'Move to modern authentication.',
          category: 'preventOrFixIssue',
          major: true,
          actionBy: Date.parse('2026-04-01T00:00:00Z'),
          startsAt: Date.parse('2026-03-01T00:00:00Z'),
          endsAt: Date.parse('2026-06-01T00:00:00Z'),
          updatedAt: Date.parse('2026-03-02T00:00:00Z'),
        },
      ],
      noticesAsOf: now,
    });
    assert.equal(reads.asked.length, 2);
    for (const { url, headers } of reads.asked) {
      assert.equal(url.origin, 'https://graph.microsoft.com');
      assert.deepEqual(headers, { Prefer: 'odata.maxpagesize=100' });
    }
  });

  it('asks for the message center once in an hour', async () => {
    const reads = source(usual);
    const first = await reads.read(never);
    assert.ok(first.ok);
    const second = await reads.read(never, first.value);
    assert.ok(second.ok);
    assert.deepEqual([reads.asked.length, second.value.notices], [3, first.value.notices]);
    await reads.read(never, { ...first.value, noticesAsOf: now - 61 * 60_000 });
    // A clock that was set back does not keep it from being asked.
    await reads.read(never, { ...first.value, noticesAsOf: now + 86_400_000 });
    assert.equal(reads.asked.length, 7);
  });

  it('shows health also to those who may not read messages', async () => {
    const { services, notices, partial } = await reading({ messages: refusal('Forbidden') });
    assert.deepEqual([services.length, notices, partial], [1, [], true]);
  });

  it('follows pages on its own origin', async () => {
    const page = (id: string, next?: string): Answer => ({
      json: {
        value: [anOverview([], { id })],
        ...(next ? { '@odata.nextLink': `https://graph.microsoft.com${root}/${next}` } : {}),
      },
    });
    const { services } = await reading({
      'healthOverviews?$expand=issues': page('One', 'healthOverviews?$skip=1'),
      'healthOverviews?$skip=1': page('Two'),
    });
    assert.deepEqual(
      services.map(({ id }) => id),
      ['One', 'Two'],
    );
  });

  for (const next of [
    'https://evil.example/v1.0/admin/serviceAnnouncement/issues',
    'https://graph.microsoft.com.evil.example/v1.0/admin/serviceAnnouncement/issues',
    'https://graph.microsoft.com@evil.example/v1.0/admin/serviceAnnouncement/issues',
    'https://user:secret@graph.microsoft.com/v1.0/admin/serviceAnnouncement/issues',
    'http://graph.microsoft.com/v1.0/admin/serviceAnnouncement/issues',
    'https://graph.microsoft.us/v1.0/admin/serviceAnnouncement/issues',
    'https://graph.microsoft.com/v1.0/me/messages',
    'https://graph.microsoft.com/v1.0/admin/serviceAnnouncement/../../me/messages',
    '//evil.example/x',
    'command:workbench.action.terminal.new',
  ]) {
    it(`sends nothing to ${next}`, async () => {
      const reads = source({
        ...usual,
        'healthOverviews?$expand=issues': { json: { value: [], '@odata.nextLink': next } },
      });
      assert.deepEqual(await reads.read(never), { ok: false, error: { code: 'notASource' } });
      assert.equal(reads.asked.length, 1);
    });
  }

  it('ends where pages go round, or do not end, and says that there is more', async () => {
    const link = (skip: number) => `https://graph.microsoft.com${root}/healthOverviews?$skip=${String(skip)}`;
    const round: Answer = { json: { value: [anOverview()], '@odata.nextLink': link(0) } };
    assert.equal(
      (await reading({ 'healthOverviews?$expand=issues': round, 'healthOverviews?$skip=0': round })).partial,
      true,
    );
    const reads = source(
      new Proxy(usual, {
        get: (_, path) => ({
          json: { value: [], '@odata.nextLink': link(Number(/\d+$/.exec(String(path))?.[0] ?? 0) + 1) },
        }),
      }),
    );
    const read = await reads.read(never);
    assert.ok(read.ok && read.value.partial);
    assert.equal(reads.asked.length, 21);
  });

  it('reads issues by pages where everything at once is too large', async () => {
    const { issues, services } = await reading({
      'healthOverviews?$expand=issues': { code: 'unreadable' },
      healthOverviews: { json: { value: [anOverview([])] } },
      'issues?$orderby=lastModifiedDateTime desc': { json: { value: [anIssue()] } },
    });
    assert.deepEqual([issues.length, services.length], [1, 1]);
  });

  it('reads one issue with all its posts', async () => {
    const read = await source({ 'issues/EX900001': { json: anIssue() } }).issue('EX900001', never);
    assert.equal(read.ok && read.value.posts.length, 2);
    assert.deepEqual(await source({}).issue('EX0', never), { ok: false, error: { code: 'noService' } });
    const reads = source({});
    await reads.issue('../../../me', never);
    assert.equal(reads.asked[0]?.url.pathname, `${root}/issues/..%2F..%2F..%2Fme`);
  });
});

describe('what keeps Graph from being read', () => {
  const until = now + 7_000;
  const failures: readonly (readonly [string, Answer, HealthFailure])[] = [
    ['nobody is signed in', { code: 'status', status: 401 }, { code: 'signedOut' }],
    ['no administrator role', refusal('Forbidden', 'Access denied.'), { code: 'noAdminRole' }],
    ['a refusal that says nothing', { code: 'status', status: 403 }, { code: 'noAdminRole' }],
    ['no consent, said by the sign-in', refusal('AADSTS65001', 'x'), { code: 'consentMissing' }],
    [
      'no consent, said by Graph',
      refusal('Forbidden', 'Required scopes are missing in the token.'),
      { code: 'consentMissing' },
    ],
    ['throttled until', { code: 'status', status: 429, retryAt: until }, { code: 'throttled', until }],
    ['throttled, nobody says until when', { code: 'status', status: 429 }, { code: 'throttled', until: now + 60_000 }],
    ['busy until', { code: 'status', status: 503, retryAt: until }, { code: 'throttled', until }],
    ['out of order', { code: 'status', status: 500 }, { code: 'unreachable' }],
    ['offline', { code: 'unreachable' }, { code: 'unreachable' }],
    ['a cloud without the service', { code: 'status', status: 404 }, { code: 'noService' }],
    ['a redirect', { code: 'status', status: 302 }, { code: 'notASource' }],
    ['JSON of something else', { json: { items: [] } }, { code: 'notASource' }],
    ['a list instead of an object', { json: [] }, { code: 'notASource' }],
    ['null', { json: null }, { code: 'notASource' }],
  ];
  for (const [what, answer, error] of failures) it(what, async () => assert.deepEqual(await failure(answer), error));

  it('HTML, truncated JSON or 50 MB, at once and by pages', async () => {
    const reads = source(new Proxy(usual, { get: () => ({ code: 'unreadable' }) }));
    assert.deepEqual(await reads.read(never), { ok: false, error: { code: 'notASource' } });
  });
});

describe('what Graph may send', () => {
  it('keeps words that nobody knows, and reads those it knows in any case', async () => {
    const one = await reading(overview([anIssue({ status: 'PARTLYCLOUDY', classification: 'Advisory' })]));
    assert.deepEqual([one.issues[0]?.status, one.issues[0]?.classification], ['PARTLYCLOUDY', 'advisory']);
    const other = await reading(
      overview([anIssue({ status: 'InvestigationSuspended', classification: 'unknownFutureValue' })]),
    );
    assert.deepEqual(
      [other.issues[0]?.status, other.issues[0]?.classification],
      ['investigationSuspended', 'unknownFutureValue'],
    );
  });

  for (const reserved of ['resolved', 'mitigatedExternal', 'mitigated', 'resolvedExternal', 'confirmed', 'reported']) {
    it(`knows the reserved state ${reserved}`, async () => {
      const { issues } = await reading(overview([anIssue({ status: reserved.toUpperCase() })]));
      assert.equal(issues[0]?.status, reserved);
      assert.equal(goesOn({ status: reserved, resolved: false }), reserved === 'confirmed' || reserved === 'reported');
    });
  }

  it('an issue of an unknown state goes on, unless it is said to be resolved', () => {
    assert.equal(goesOn({ status: 'partlyCloudy', resolved: false }), true);
    assert.equal(goesOn({ status: 'partlyCloudy', resolved: true }), false);
    assert.equal(knownStatus('unknownFutureValue'), undefined);
  });

  it('of two with one id it keeps the one changed last', async () => {
    const { issues } = await reading(
      overview([
        anIssue({ title: 'older', lastModifiedDateTime: '2026-03-04T00:10:00Z' }),
        anIssue({ title: 'newer', lastModifiedDateTime: '2026-03-04T00:20:00Z' }),
        anIssue({ title: 'oldest', lastModifiedDateTime: '2026-03-04T00:00:00Z' }),
      ]),
    );
    assert.deepEqual(
      issues.map(({ title }) => title),
      ['newer'],
    );
  });

  it('leaves out what cannot be an issue, and keeps the rest', async () => {
    const { issues } = await reading(
      overview([null, 7, 'x', [], {}, anIssue({ id: '' }), anIssue({ posts: 'none', title: 7 })]),
    );
    assert.deepEqual(
      issues.map(({ id, title, posts }) => [id, title, posts]),
      [['EX900001', '', []]],
    );
  });

  it('takes dates without a zone as UTC, and none for what is no date', () => {
    const at = Date.parse('2026-03-04T05:06:07Z');
    for (const written of [
      '2026-03-04T05:06:07',
      '2026-03-04 05:06:07',
      '2026-03-04T05:06:07.0000000Z',
      '2026-03-04T07:06:07+02:00',
    ]) {
      assert.equal(instantOf(written), at, written);
    }
    assert.equal(instantOf('2026-03-04'), Date.parse('2026-03-04T00:00:00Z'));
    for (const written of [
      '',
      'soon',
      '0001-01-01T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '9999-12-31T23:59:59Z',
      '1772600000',
    ]) {
      assert.equal(instantOf(written), undefined, written);
    }
  });

  it('holds no script, and no broken characters where they can be mended for certain', async () => {
    const content = 'Weâ€™re on it<script>alert(1)</script><img src=x onerror=alert(1)>';
    const { issues } = await reading(
      overview([anIssue({ title: 'Itâ€™s slow\n', posts: [{ createdDateTime: 'x', description: { content } }] })]),
    );
    assert.deepEqual([issues[0]?.title, issues[0]?.posts], ['It’s slow', [{ text: 'We’re on it' }]]);
  });

  it('no prototype is touched', async () => {
    const body: unknown = JSON.parse(
      '{"value":[{"id":"A","service":"A","status":"x","__proto__":{"evil":1},"issues":[{"id":"I","__proto__":{"evil":1}}]}]}',
    );
    await reading({ 'healthOverviews?$expand=issues': { json: body } });
    assert.equal(Object.hasOwn(Object.prototype, 'evil'), false);
  });

  it('tells when the two clocks differ by a day', async () => {
    const { clockAhead, asOf } = await reading({
      'healthOverviews?$expand=issues': { json: { value: [] }, date: now + 86_400_000 },
    });
    assert.deepEqual([clockAhead, asOf, clocksDiffer({ clockAhead })], [86_400_000, now, true]);
    assert.equal(clocksDiffer({ clockAhead: -60_000 }), false);
  });

  it('each of 10,000 issues takes no longer to read than each of 1,000', async () => {
    const timeFor = async (count: number): Promise<number> => {
      const issues = Array.from({ length: count }, (_, index) => anIssue({ id: `EX${String(index)}` }));
      const { user } = process.cpuUsage();
      assert.equal((await reading(overview(issues))).issues.length, count);
      return process.cpuUsage().user - user;
    };
    await timeFor(1_000);
    const [few, many] = [await timeFor(1_000), await timeFor(10_000)];
    // What grew with the square would take a hundred times as long.
    assert.ok(many < 40 * few, `${String(few)} and ${String(many)} microseconds`);
  });

  it('an organisation without services has none', async () => {
    assert.deepEqual((await reading({ 'healthOverviews?$expand=issues': empty })).services, []);
  });
});
