// What a team desk might say.
import type { Me } from '../../../src/api/operations.ts';
import type { CaseDetail, CaseSummary } from '../../../src/desk/case.ts';

export const id = '3f0c2a1d-9e5b-4c7a-8d21-0a1b2c3d4e5f';
export const at = Date.UTC(2026, 10, 26, 9);
export const by = { name: 'Jana' };
export const caseSummary: CaseSummary = {
  ...{ id, number: 1, revision: 3, profile: 'm365China', category: 'technical', service: 'Exchange Online' },
  ...{ title: 'Mail is slow', status: 'open', openedAt: at, updatedAt: at, notes: 1, files: 0, severityProposed: 'B' },
};
export const caseDetail: CaseDetail = {
  ...{ ...caseSummary, text: 'Slow', impact: '', resource: '', contact: '', zone: 'UTC', places: [], filedFiles: [] },
  ...{ filedBy: by, allowed: ['annotate', 'close'] },
  timeline: [{ kind: 'filed', seq: 1, at, by, status: 'open' }],
};
export const me: Me = {
  capabilities: {
    ...{ id: 'team', actions: ['annotate'], fileBytes: 25 * 1024 * 1024, incidents: true, teamNotes: true },
    roles: ['requester'],
  },
  ...{ person: by, tenant: 't', keyDays: 30 },
};
