import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import { healthStatuses } from '../../src/desk/health.ts';
import { contextValueOf } from '../../src/views/contextValue.ts';
import { badnessOf, presentIncident, presentPost } from '../../src/views/presentIncident.ts';
import { anIncident, hour, noon, telling } from './support/builders.ts';
import { hidden, hostile } from './support/hostile.ts';
import { healthTree } from './support/trees.ts';

const notConnected = 'Microsoft 365 service health is not connected';

describe('the tree of service health', () => {
  let { desk, place, model, tree } = healthTree();
  beforeEach(() => {
    ({ desk, place, model, tree } = healthTree());
  });

  it('shows services with open incidents first, the worst first, and claims nothing of the others', async () => {
    place.settings = { services: ['Exchange Online', 'SharePoint Online', 'Teams', 'Yammer'] };
    desk.board = [
      anIncident({ number: 1, service: 'SharePoint Online', title: 'Slow sites', status: 'investigating' }),
      anIncident({ number: 2, service: 'Teams', title: 'No calls', status: 'serviceInterruption' }),
      anIncident({ number: 3, service: 'Teams', title: 'Old', status: 'resolved' }),
      anIncident({ number: 4, service: 'Yammer', title: 'Gone', status: 'serviceRestored' }),
      anIncident({ number: 5, service: 'Planner', title: 'Late', status: 'serviceDegradation' }),
    ];
    assert.deepEqual(await tree(), [
      [
        'Teams | Service interruption · 1 open incident',
        ['No calls | #2 · Service interruption', 'Old | #3 · Resolved'],
      ],
      ['Planner | Service degradation · 1 open incident', ['Late | #5 · Service degradation']],
      ['SharePoint Online | Investigating · 1 open incident', ['Slow sites | #1 · Investigating']],
      'Exchange Online | no incident recorded',
      ['Yammer | no open incident recorded', ['Gone | #4 · Service restored']],
      notConnected,
    ]);
    assert.deepEqual([model.state.empty, model.state.incidents, model.state.badge], [false, 5, 0]);
  });

  it('shows posts under their incident, the newest first', async () => {
    const by = { name: 'Ada' };
    desk.board = [
      anIncident({
        posts: [
          { at: noon - hour, by, status: 'investigating', text: 'We look.\nMore.' },
          { at: noon, by, status: 'serviceDegradation', text: '' },
        ],
      }),
    ];
    await model.refresh();
    const [service] = model.roots;
    const [incident] = service ? model.children(service) : [];
    assert.deepEqual(incident && model.children(incident).map(({ item }) => item.label), [
      'Status set, nothing written',
      'We look. More.',
    ]);
    assert.equal(incident && contextValueOf(incident), ';incident;post;mute;');
  });

  it('tells a screen reader what is wrong first, then which and since when', async () => {
    const post = { at: noon, by: { name: 'Ada' }, status: 'investigating', text: 'We look.' } as const;
    desk.board = [anIncident({ number: 7, title: 'No calls', status: 'serviceInterruption', posts: [post] })];
    await model.refresh();
    const [service] = model.roots;
    const [incident] = service ? model.children(service) : [];
    const [posted] = incident ? model.children(incident) : [];
    assert.deepEqual(
      [service, incident, posted].map(node => node?.item.accessibility),
      [
        'Exchange Online, Service interruption, 1 open incident',
        'No calls, Incident, Service interruption, incident 7, started 2 hours ago, 1 post',
        'We look., Investigating, Ada, this minute',
      ],
    );
  });

  it('is empty only where no service is known and nothing is recorded', async () => {
    place.settings = { services: [] };
    assert.deepEqual(await tree(), []);
    assert.equal(model.state.empty, true);
    desk.board = [anIncident()];
    assert.equal((await tree()).at(-1), notConnected);
  });

  it('says why the board cannot be read', async () => {
    desk.trouble = { code: 'busy' };
    const rows = await tree();
    assert.match(String(rows[0]), /^Another window is writing to the desk/);
    assert.equal(rows.at(-1), notConnected);
  });

  it('shows just the service that changed, and keeps its nodes', async () => {
    desk.board = [anIncident({ number: 1 }), anIncident({ number: 2, service: 'SharePoint Online' })];
    await model.refresh();
    const [, second] = model.roots;
    assert.deepEqual(await model.refresh(), []);
    desk.board = desk.board.map(one => (one.number === 2 ? { ...one, revision: 2 } : one));
    const changes = await model.refresh();
    assert.deepEqual(changes, [second]);
    assert.equal(model.roots[1], second);
  });

  for (const text of hostile) {
    it(`shows ${JSON.stringify(text.slice(0, 40))} as text`, () => {
      const post = { at: noon, by: { name: text }, status: 'investigating', text } as const;
      for (const item of [
        presentIncident(anIncident({ title: text, desk: text }), telling()),
        presentPost(post, telling()),
      ]) {
        for (const shown of [item.label, item.description ?? '', item.accessibility]) {
          assert.doesNotMatch(shown, hidden);
          assert.ok(!shown.includes('\n'));
        }
        assert.doesNotMatch(item.tooltip ?? '', hidden);
      }
    });
  }
});

describe('an incident where there are several desks', () => {
  it('says at which it was recorded, to the ear as well', () => {
    const { description, tooltip, accessibility } = presentIncident(anIncident({ desk: 'Ours' }), telling());
    assert.equal(description, '#3 · Service degradation · Ours');
    for (const text of [tooltip, accessibility]) assert.match(text ?? '', /\bOurs\b/);
  });
});

describe('how bad an incident is', () => {
  it('is worse for an incident than for an advisory, and nothing once it is over', () => {
    const of = (status: (typeof healthStatuses)[number], classification: 'incident' | 'advisory') =>
      badnessOf({ status, classification });
    assert.ok(of('serviceDegradation', 'incident') > of('serviceDegradation', 'advisory'));
    assert.ok(of('serviceInterruption', 'advisory') > of('serviceDegradation', 'incident'));
    assert.equal(of('resolved', 'advisory'), 0);
    assert.ok(healthStatuses.every(status => of(status, 'advisory') >= 0));
  });
});
