export const component = (name: string, status: string, group = false) => ({
  id: `c-${name}`,
  name,
  status,
  group,
  position: 1,
});
export const incident = (different: Readonly<Record<string, unknown>> = {}) => ({
  id: 'i1',
  name: 'Requests fail',
  status: 'identified',
  impact: 'major',
  created_at: '2026-03-04T01:00:00.000Z',
  started_at: '2026-03-04T00:50:00.000Z',
  updated_at: '2026-03-04T01:30:00.000Z',
  resolved_at: null,
  components: [component('API', 'partial_outage')],
  incident_updates: [
    { body: 'The cause is <b>known</b>.', created_at: '2026-03-04T01:30:00.000Z', status: 'identified' },
    { body: 'We look into it.', created_at: '2026-03-04T01:00:00.000Z', status: 'investigating' },
  ],
  ...different,
});
