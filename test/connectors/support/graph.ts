import assert from 'node:assert/strict';
import { clouds } from '../../../src/connectors/graph/clouds.ts';
import { graphSource } from '../../../src/connectors/graph/source.ts';
import { HealthReading, type HealthFailure } from '../../../src/desk/healthReading.ts';
import { answering, never, type Answer, type Asked } from './healthAnswers.ts';

export const now = Date.parse('2026-03-04T02:00:00Z');
export const root = '/v1.0/admin/serviceAnnouncement';

export const anIssue = (different: Readonly<Record<string, unknown>> = {}) => ({
  id: 'EX900001',
  service: 'Exchange Online',
  title: 'Users cannot send mail',
  classification: 'incident',
  status: 'serviceDegradation',
  feature: 'E-Mail timely delivery',
  featureGroup: 'Mail flow',
  impactDescription: 'Some users see a delay.',
  isResolved: false,
  startDateTime: '2026-03-04T00:00:00Z',
  lastModifiedDateTime: '2026-03-04T01:00:00.1234567Z',
  endDateTime: null,
  highImpact: true,
  details: [{ name: 'NotifyInApp', value: 'True' }],
  posts: [
    {
      createdDateTime: '2026-03-04T01:00:00Z',
      postType: 'regular',
      description: { contentType: 'html', content: '<p>Later</p>' },
    },
    {
      createdDateTime: '2026-03-04T00:30:00Z',
      postType: 'quick',
      description: { contentType: 'html', content: 'Sooner' },
    },
  ],
  ...different,
});
export const anOverview = (
  issues: readonly unknown[] = [anIssue()],
  different: Readonly<Record<string, unknown>> = {},
) => ({
  id: 'Exchange',
  service: 'Exchange Online',
  status: 'ServiceDegradation',
  issues,
  ...different,
});
export const aMessage = {
  id: 'MC900001',
  title: 'Old authentication ends',
  category: 'PreventOrFixIssue',
  severity: 'high',
  tags: ['Admin impact'],
  isMajorChange: true,
  actionRequiredByDateTime: '2026-04-01T00:00:00Z',
  services: ['Exchange Online', null],
  startDateTime: '2026-03-01T00:00:00Z',
  endDateTime: '2026-06-01T00:00:00Z',
  lastModifiedDateTime: '2026-03-02T00:00:00Z',
  body: { contentType: 'Html', content: 'Move to <b>modern</b> authentication.' },
};

export type Pages = Readonly<Record<string, Answer | ((asked: Asked) => Answer | undefined)>>;
export const empty: Answer = { json: { value: [] } };
export const usual: Pages = {
  'healthOverviews?$expand=issues': { json: { value: [anOverview()] } },
  messages: { json: { value: [aMessage] } },
};

export function source(pages: Pages) {
  const get = answering(clouds.worldwide.graph, asked => {
    const path = decodeURIComponent(asked.url.pathname + asked.url.search).slice(root.length + 1);
    const found = pages[path] ?? (path.startsWith('messages?') ? pages['messages'] : undefined);
    return typeof found === 'function' ? found(asked) : found;
  });
  const reads = graphSource({ id: 'worldwide', cloud: clouds.worldwide, get, now: () => now });
  return { ...reads, asked: get.asked };
}
export const reading = async (pages: Pages): Promise<HealthReading> => {
  const read = await source({ ...usual, ...pages }).read(never);
  assert.ok(read.ok, JSON.stringify(read));
  return HealthReading.parse(read.value);
};
export const overview = (issues: readonly unknown[]): Pages => ({
  'healthOverviews?$expand=issues': { json: { value: [anOverview(issues)] } },
});
export const failure = async (first: Answer): Promise<HealthFailure | undefined> => {
  const read = await source({ ...usual, 'healthOverviews?$expand=issues': first }).read(never);
  return read.ok ? undefined : read.error;
};
export const refusal = (code: string, message = ''): Answer => ({
  code: 'status',
  status: 403,
  body: { error: { code, message } },
});
