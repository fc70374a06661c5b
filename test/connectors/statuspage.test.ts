import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { statuspageSource } from '../../src/connectors/statuspage/source.ts';
import { goesOn, HealthReading, type HealthFailure } from '../../src/desk/healthReading.ts';
import { answering, never, type Answer } from './support/healthAnswers.ts';
import { component, incident } from './support/statuspage.ts';

const now = Date.parse('2026-03-04T02:00:00Z');
const origin = 'https://status.example';

const maintenance = (id: string, status: string) =>
  incident({
    id,
    name: 'Database work',
    status,
    impact: 'maintenance',
    scheduled_for: '2026-03-07T00:00:00Z',
    scheduled_until: '2026-03-07T02:00:00Z',
  });
const summary = (different: Readonly<Record<string, unknown>> = {}) => ({
  page: { id: 'p', name: 'Example', url: 'https://status.example', time_zone: 'Etc/UTC' },
  components: [
    component('All of it', 'operational', true),
    component('API', 'partial_outage'),
    component('Web', 'operational'),
  ],
  incidents: [incident()],
  scheduled_maintenances: [maintenance('m1', 'scheduled')],
  status: { indicator: 'major', description: 'Partial outage' },
  ...different,
});

type Files = Readonly<Record<string, Answer>>;
const usual: Files = {
  '/api/v2/summary.json': { json: summary(), date: now + 1_000 },
  '/api/v2/incidents.json': {
    json: { incidents: [incident({ id: 'i0', status: 'postmortem', impact: 'minor' }), incident()] },
  },
  '/api/v2/scheduled-maintenances.json': {
    json: { scheduled_maintenances: [maintenance('m1', 'scheduled'), maintenance('m2', 'in_progress')] },
  },
};
async function read(files: Files) {
  const get = answering(origin, ({ url }) => files[url.pathname]);
  const answer = await statuspageSource(origin, get, () => now).read(never);
  return { answer, asked: get.asked };
}
async function reading(files: Files): Promise<HealthReading> {
  const { answer } = await read(files);
  assert.ok(answer.ok, JSON.stringify(answer));
  return HealthReading.parse(answer.value);
}

describe('a status page', () => {
  it('is read without a token, on its own origin', async () => {
    const { answer, asked } = await read(usual);
    assert.ok(answer.ok);
    const { services, issues, notices, ...rest } = answer.value;
    assert.deepEqual(rest, {
      source: 'statuspage:https://status.example',
      name: 'Example',
      asOf: now,
      clockAhead: 1_000,
      partial: false,
    });
    assert.deepEqual(services, [
      { id: 'c-API', name: 'API', status: 'serviceInterruption' },
      { id: 'c-Web', name: 'Web', status: 'serviceOperational' },
    ]);
    assert.deepEqual(
      issues.map(one => [one.id, one.classification, one.status, goesOn(one)]),
      [
        ['i1', 'incident', 'restoringService', true],
        ['i0', 'incident', 'postIncidentReviewPublished', false],
        ['m2', 'advisory', 'underMaintenance', true],
      ],
    );
    assert.deepEqual(
      issues[0]?.posts.map(({ text }) => text),
      ['We look into it.', 'The cause is known.'],
    );
    assert.deepEqual(
      notices.map(({ id, category, startsAt }) => [id, category, startsAt]),
      [['m1', 'maintenance', Date.parse('2026-03-07T00:00:00Z')]],
    );
    assert.deepEqual(
      asked.map(({ url, headers }) => [url.href, headers]),
      [
        ['https://status.example/api/v2/summary.json', {}],
        ['https://status.example/api/v2/incidents.json', {}],
        ['https://status.example/api/v2/scheduled-maintenances.json', {}],
      ],
    );
  });

  it('is read also where it has no history, and says so', async () => {
    const { issues, partial } = await reading({ '/api/v2/summary.json': { json: summary() } });
    assert.deepEqual([issues.map(({ id }) => id), partial], [['i1'], true]);
  });

  it('keeps words that nobody knows', async () => {
    const { services, issues } = await reading({
      '/api/v2/summary.json': {
        json: summary({
          components: [component('API', 'on_fire')],
          incidents: [incident({ status: 'panicking', impact: 'toString' })],
        }),
      },
    });
    assert.deepEqual(
      [services[0]?.status, issues[0]?.status, issues[0]?.classification],
      ['on_fire', 'panicking', 'toString'],
    );
  });

  const failures: readonly (readonly [string, Answer | undefined, HealthFailure])[] = [
    ['offline', { code: 'unreachable' }, { code: 'unreachable' }],
    ['a page of another kind', { code: 'unreadable' }, { code: 'notASource' }],
    ['50 MB', { code: 'unreadable' }, { code: 'notASource' }],
    ['JSON of something else', { json: { page: 'x' } }, { code: 'notASource' }],
    ['no such page', undefined, { code: 'noService' }],
    ['throttled', { code: 'status', status: 429, retryAt: now + 5 }, { code: 'throttled', until: now + 5 }],
    ['moved to another origin', { code: 'status', status: 301 }, { code: 'notASource' }],
  ];
  for (const [what, found, error] of failures) {
    it(`${what} is a state of its own`, async () => {
      const { answer } = await read(found ? { ...usual, '/api/v2/summary.json': found } : {});
      assert.deepEqual(answer, { ok: false, error });
    });
  }
});
