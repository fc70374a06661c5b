import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import type { HealthFailure, HealthIssue } from '../../src/desk/healthReading.ts';
import { markKey } from '../../src/host/healthMarks.ts';
import { contextValueOf } from '../../src/views/contextValue.ts';
import type { HealthNode } from '../../src/views/node.ts';
import { anIncident, day, hour, noon, telling } from './support/builders.ts';
import { aNotice, aReading, aSource, anIssue, graph, sourceRows } from './support/health.ts';
import { hidden, hostile } from './support/hostile.ts';
import type { Nested } from './support/nested.ts';
import { healthTree } from './support/trees.ts';

const minute = 60_000;

describe('the sources in the tree of service health', () => {
  let { desk, place, model, tree } = healthTree();
  beforeEach(() => {
    ({ desk, place, model, tree } = healthTree());
    place.settings = { services: [] };
  });
  const show = (part: Parameters<typeof aReading>[0], failure?: HealthFailure): void => {
    const state = { reading: aReading(part), due: noon + hour, ...(failure && { failure }) };
    place.health = [{ id: graph, label: 'Microsoft 365 21Vianet', state }];
  };
  const all = (nodes: readonly HealthNode[] = model.roots): readonly HealthNode[] =>
    nodes.flatMap(node => [node, ...all(model.children(node))]);
  const named = (label: string): HealthNode => {
    const found = all().find(({ item }) => item.label === label);
    assert.ok(found, label);
    return found;
  };

  it('shows services by state, the worst first, and tells incidents from advisories by words and shape', async () => {
    show({
      services: [
        { id: 'a', name: 'Quiet', status: 'serviceOperational' },
        { id: 'b', name: 'Slow', status: 'serviceDegradation' },
        { id: 'c', name: 'Away', status: 'serviceInterruption' },
        { id: 'd', name: 'New', status: 'notAWordYet' },
        { id: 'e', name: 'Mended', status: 'underMaintenance' },
      ],
      issues: [
        anIssue({ id: 'S2', services: ['Slow'], title: 'Hint', classification: 'advisory' }),
        anIssue({ id: 'S1', services: ['Slow'], title: 'Queue' }),
        anIssue({ id: 'S3', services: ['Slow'], title: 'Over', status: 'serviceRestored', resolved: true }),
        anIssue({ id: 'A1', services: ['Away', 'Unlisted'], title: 'Down', status: 'serviceInterruption' }),
        anIssue({ id: 'X1', services: [], title: 'Anywhere', classification: 'drill', status: 'reported' }),
      ],
    });
    assert.deepEqual(await tree(), [
      ['Away | Service interruption · 1 open incident', ['Down | Incident · Service interruption · A1']],
      ['Unlisted | Service interruption · 1 open incident', ['Down | Incident · Service interruption · A1']],
      [
        'Slow | Service degradation · 1 open incident, 1 open advisory',
        [
          'Queue | Incident · Service degradation · S1',
          'Hint | Advisory · Service degradation · S2',
          'Over | Incident · Service restored · S3',
        ],
      ],
      'New | notAWordYet',
      ['No service named | Reported · 1 open incident', ['Anywhere | drill · Reported · X1']],
      'Mended | Under maintenance',
      'Quiet | Service operational',
    ]);
    const icon = (label: string) => named(label).item.icon?.id;
    assert.deepEqual(['Queue', 'Hint', 'Over', 'Down', 'Away', 'Slow', 'Mended', 'Quiet'].map(icon), [
      'warning',
      'info',
      'pass',
      'error',
      'error',
      'warning',
      'tools',
      'pass',
    ]);
    assert.equal(named('Queue').item.accessibility, 'Queue, Incident, Service degradation, S1, started 2 hours ago');
  });

  it('has rows for sources only where there is more than one; the board is one', async () => {
    desk.board = [anIncident({ number: 1 })];
    assert.deepEqual((await tree()).length, 2);
    const issues = [anIssue(), anIssue({ id: '#2', classification: 'advisory' })];
    show({ issues });
    const exchange: Nested = [
      'Exchange Online | Service operational · 1 open incident, 1 open advisory',
      ['Zqtitle | Incident · Service degradation · #1', 'Zqtitle | Advisory · Service degradation · #2'],
    ];
    assert.deepEqual(await tree(), [
      ['Microsoft 365 21Vianet | 1 open incident, 1 open advisory', [exchange]],
      [
        'Recorded by hand | 1 open incident',
        [
          [
            'Exchange Online | Service degradation · 1 open incident',
            ['Mail waits in queues | #1 · Service degradation'],
          ],
        ],
      ],
    ]);
    assert.equal(model.state.only, undefined);
    const ids = all().map(({ id }) => id);
    // A service that is only listed is no reason for a board.
    place.settings = { services: ['Mail'] };
    desk.board = [];
    assert.equal(await model.refresh(), undefined);
    assert.deepEqual(await tree(), [exchange]);
    assert.equal(model.state.only, 'Microsoft 365 21Vianet');
    // The editor knows by its id what was unfolded.
    assert.deepEqual(
      all().filter(({ id }) => !ids.includes(id)),
      [],
    );
    show({ services: [] });
    assert.deepEqual(await tree(), ['Microsoft 365 21Vianet | no open incident recorded']);
  });

  for (const [failure, row, wayOut] of [
    [{ code: 'signedOut' }, 'Nobody is signed in at Microsoft 365 21Vianet.', { to: 'signIn', source: graph }],
    [
      { code: 'consentMissing' },
      'The organisation has not agreed that service health may be read from Microsoft 365 21Vianet.',
      { to: 'why', source: graph },
    ],
    [
      { code: 'noAdminRole' },
      'Service health at Microsoft 365 21Vianet is for administrators, and whoever is signed in there is none.',
      { to: 'why', source: graph },
    ],
    [
      { code: 'throttled', until: noon + hour },
      /^Microsoft 365 21Vianet asks not to be read before \w+ \d\d:00\.$/,
      { to: 'retry' },
    ],
    [{ code: 'unreachable' }, 'Microsoft 365 21Vianet cannot be reached.', { to: 'retry' }],
    [{ code: 'noService' }, 'There is no service health at Microsoft 365 21Vianet.', { to: 'why', source: graph }],
    [
      { code: 'notASource' },
      'Microsoft 365 21Vianet answered with something that is no service health.',
      { to: 'why', source: graph },
    ],
  ] as const) {
    it(`has a row and one way out for ${failure.code}, and keeps what was read with its age`, async () => {
      show({ asOf: noon - 3 * hour }, failure);
      await model.refresh();
      const [problem, service] = model.roots;
      assert.equal(model.state.only, 'read 3 hours ago');
      assert.ok(problem?.kind === 'problem');
      if (typeof row === 'string') assert.equal(problem.item.label, row);
      else assert.match(problem.item.label, row);
      assert.deepEqual(problem.wayOut, wayOut);
      assert.equal(service?.item.label, 'Exchange Online');
      assert.equal(model.state.asOf, undefined);
      place.health = place.health.map(one => ({ ...one, state: { due: noon, failure } }));
      await model.refresh();
      assert.deepEqual(
        model.roots.map(({ kind }) => kind),
        ['problem'],
      );
      assert.equal(model.state.only, 'Microsoft 365 21Vianet');
      // Beside others it has a row, which says the same.
      show({ asOf: noon - 3 * hour }, failure);
      place.health.push({ ...aSource(), id: 'other' });
      await model.refresh();
      assert.equal(model.roots[0]?.item.description, 'no open incident recorded · read 3 hours ago');
    });
  }

  it('says that a source was not read yet, that clocks differ and that something is missing', async () => {
    place.health = [{ id: graph, label: 'X', state: { due: noon } }];
    assert.deepEqual(await tree(), ['X | not read yet']);
    show({ partial: true, clockAhead: -3 * minute });
    assert.deepEqual((await tree()).slice(0, 2), [
      'The clocks of this computer and of Microsoft 365 21Vianet differ: times can be wrong',
      'Microsoft 365 21Vianet has more than could be read: something is missing here',
    ]);
    assert.equal(model.state.asOf, noon - hour / 4);
  });

  it('shows what somebody else saw as seen by them, never as live', async () => {
    const state = { reading: aReading({ asOf: noon - hour }), due: noon };
    place.health = [{ id: 'snapshot:ops', label: 'Ops', state, seenBy: { by: 'Ada', publishedAt: noon } }];
    const [rows] = await tree();
    assert.match(String(rows?.[0]), /^Ops \| no open incident recorded · seen by Ada, Wed \d\d:00$/);
    assert.equal(model.state.asOf, undefined);
    assert.equal(contextValueOf(model.roots[0] as HealthNode), ';source;');
  });

  it('lists what is announced apart: maintenance by its start, posts by what has to be done first', async () => {
    show({
      notices: [
        aNotice({ id: 'M1', title: 'News', startsAt: noon - day, updatedAt: noon }),
        aNotice({ id: 'M2', title: 'Late', actionBy: noon + 9 * day, startsAt: noon - day }),
        aNotice({ id: 'M3', title: 'Soon', actionBy: noon + day }),
        aNotice({ id: 'M4', title: 'Missed', actionBy: noon - day, updatedAt: noon - hour }),
        aNotice({ id: 'W1', title: 'Second', category: 'maintenance', startsAt: noon + 2 * day }),
        aNotice({ id: 'W2', title: 'First', category: 'maintenance', startsAt: noon + day }),
      ],
    });
    const below = (await tree()).slice(1).map(row => (typeof row === 'string' ? row : [row[0], ...row[1]]));
    assert.deepEqual(
      below.map(group => (typeof group === 'string' ? group : group.map(row => String(row).replace(/\d\d:\d\d/, 'T')))),
      [
        ['Planned maintenance | 2', 'First | starts Thu T · Zqservice', 'Second | starts Fri T · Zqservice'],
        [
          'Message center | 4',
          'Soon | action required by Thu T · Zqservice',
          'Late | action required by Mar 13 T · Zqservice',
          'News | Zqservice',
          'Missed | action required by Tue T · Zqservice',
        ],
      ],
    );
  });

  it('shows 20 of very many, then 50 more at a time, of services and of incidents', async () => {
    const services = Array.from({ length: 200 }, (_, at) => ({
      id: `s${at}`,
      name: `S${at}`,
      status: 'investigating',
    }));
    const issues = Array.from({ length: 10_000 }, (_, at) => anIssue({ id: `I${at}`, services: [`S${at % 200}`] }));
    show({ services, issues });
    await model.refresh();
    assert.equal(model.roots.length, 21);
    const more = model.roots.at(-1);
    assert.ok(more?.kind === 'more' && more.group.startsWith('health/'));
    assert.equal(await model.showMore(more.group.slice('health/'.length)), undefined);
    assert.equal(model.roots.length, 71);
    const [first] = model.roots as [HealthNode];
    assert.equal(model.children(first).length, 21);
    assert.deepEqual(await model.showMore(first.id), [first]);
    assert.equal(model.children(first).length, 50);
  });

  for (const { counts, unfolded } of [
    { counts: [15, 5, 1], unfolded: ['S0', 'S1'] },
    { counts: [16, 5, 1], unfolded: ['S0'] },
    { counts: [21, 20], unfolded: [] },
  ]) {
    it(`unfolds services with ${counts.join(', ')} incidents as long as those leave the others in sight`, async () => {
      const services = counts.map((_, at) => ({ id: `s${at}`, name: `S${at}`, status: 'investigating' }));
      const issues = counts.flatMap((count, at) =>
        Array.from({ length: count }, (_, one) => anIssue({ id: `I${at}.${one}`, services: [`S${at}`] })),
      );
      show({ services, issues });
      await model.refresh();
      assert.deepEqual(
        model.roots.flatMap(row => (row.kind === 'service' && row.expanded ? [row.service] : [])),
        unfolded,
      );
    });
  }

  it('tells of nothing where nothing changed, however often it was read', async () => {
    desk.board = [anIncident()];
    show({ issues: [anIssue()] });
    await model.refresh();
    const before = all();
    assert.deepEqual(await model.refresh(), []);
    // Read again with the same answer, a quarter of an hour later.
    place.now += 15 * minute;
    show({ issues: [anIssue()], asOf: place.now });
    assert.deepEqual(await model.refresh(), []);
    assert.deepEqual(
      all().map(({ id }) => id),
      before.map(({ id }) => id),
    );
    assert.equal(model.state.asOf, place.now);
  });

  it('tells of just the service that changed, of the source where its rows did, and of all where sources did', async () => {
    const services = ['A', 'B'].map(name => ({ id: name, name, status: 'serviceDegradation' }));
    const issues: HealthIssue[] = ['A', 'B'].map(name => anIssue({ id: `${name}1`, services: [name] }));
    desk.board = [anIncident()];
    show({ services, issues });
    await model.refresh();
    const [source] = model.roots as [HealthNode];
    const [, second] = model.children(source);
    show({ services, issues: issues.map(one => (one.id === 'B1' ? { ...one, title: 'Other' } : one)) });
    assert.deepEqual(await model.refresh(), [second]);
    assert.equal(model.children(source)[1], second);
    assert.equal(named('Other').kind, 'issue');
    show({ services: [...services, { id: 'C', name: 'C', status: 'serviceOperational' }], issues });
    assert.deepEqual(await model.refresh(), [source]);
    place.health = [...place.health, aSource()].map((one, at) => ({ ...one, id: `${one.id}${at}` }));
    assert.equal(await model.refresh(), undefined);
  });

  it('puts favourites first, counts their open incidents, and leaves out what is muted until it ends', async () => {
    const services = ['A', 'B', 'C'].map(name => ({ id: name, name, status: 'serviceOperational' }));
    const issues = [
      anIssue({ id: '1', services: ['A', 'C'] }),
      anIssue({ id: '2', services: ['C'] }),
      anIssue({ id: '3', services: ['C'], classification: 'advisory' }),
      anIssue({ id: '4', services: ['A'] }),
    ];
    show({ services, issues });
    desk.board = [anIncident({ service: 'Mail' })];
    const { marks } = place.wanted;
    await marks.set('favourite', markKey(graph, 'C'), true);
    await marks.set('favourite', markKey('board', 'Mail'), true);
    await model.refresh();
    assert.equal(model.state.badge, 3);
    const [source] = model.roots as [HealthNode];
    const labels = () => model.children(source).map(({ item }) => item.label);
    assert.deepEqual(labels(), ['C', 'A', 'B']);
    assert.match(named('C').item.description ?? '', /· favourite$/);
    assert.equal(contextValueOf(named('C')), ';service;unfavour;');
    assert.equal(contextValueOf(named('A')), ';service;favour;');

    await marks.set('muted', markKey(graph, '2'), true);
    await model.refresh();
    assert.equal(model.state.badge, 2);
    const muted = all().find(node => node.kind === 'issue' && node.issueId === '2');
    assert.ok(muted);
    assert.match(muted.item.description ?? '', /· muted$/);
    assert.deepEqual([muted.item.icon?.id, contextValueOf(muted)], ['bell-slash', ';issue;link;unmute;']);

    // It ends, and is no longer muted when it begins again.
    show({ services, issues: issues.map(one => ({ ...one, resolved: one.id === '2' })) });
    await model.refresh();
    assert.equal(marks.all('muted').size, 0);
    show({ services, issues });
    await model.refresh();
    assert.equal(model.state.badge, 3);
  });

  it('shows the services whose name has the filter in it, and says how many of how many', async () => {
    const services = ['Exchange Online', 'Teams', 'online Forms'].map(name => ({ id: name, name, status: 'x' }));
    show({ services });
    place.filter = 'ONLINE';
    await model.refresh();
    assert.deepEqual(
      model.roots.map(({ item }) => item.label),
      ['Exchange Online', 'online Forms'],
    );
    assert.deepEqual(model.state.filtered, { matching: 2, total: 3 });
  });

  it('names the setting of sources that cannot be used, and goes on without them', async () => {
    place.problems = ['healthSources'];
    desk.board = [anIncident()];
    const rows = await tree();
    assert.match(String(rows[0]), /^Setting casebook\.healthSources cannot be used/);
    assert.equal(rows.length, 3);
  });

  for (const text of hostile) {
    it(`shows ${JSON.stringify(text.slice(0, 40))} of a source as text`, () => {
      const issue = anIssue({ ...{ id: text, title: text, status: text, classification: text, impact: text } });
      const reading = aReading({
        ...{ issues: [{ ...issue, feature: text, services: [text] }], clockAhead: day, partial: true },
        notices: [aNotice({ id: text, title: text, text, services: [text] })],
      });
      const state = { reading, due: noon, failure: { code: 'unreachable' } as const };
      const seenBy = { by: text, publishedAt: noon };
      for (const item of sourceRows({ id: graph, label: text, state, seenBy }, telling())) {
        for (const shown of [item.label, item.description ?? '', item.accessibility]) {
          assert.doesNotMatch(shown, hidden);
          assert.doesNotMatch(shown, /\n/);
          assert.ok(shown.length < 2_000);
        }
        for (const line of (item.tooltip ?? '').split('\n')) assert.doesNotMatch(line, hidden);
      }
    });
  }
});
