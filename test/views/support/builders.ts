import type { CaseDetail, CaseSummary } from '../../../src/desk/case.ts';
import type { Draft } from '../../../src/desk/drafts.ts';
import type { Incident } from '../../../src/desk/health.ts';
import { createStrings } from '../../../src/strings/strings.ts';
import type { Telling } from '../../../src/views/presentCase.ts';
import { createTimes } from '../../../src/views/times.ts';

/** Wednesday, 4 March 2026, 10:00 in Beijing. */
export const noon = Date.UTC(2026, 2, 4, 2);
export const hour = 3_600_000;
export const day = 24 * hour;

export const english = createStrings('en');
/** Told in English, on Beijing's clock. */
export const telling = (now: number = noon): Telling => ({
  strings: english,
  times: createTimes('en', 'Asia/Shanghai'),
  now,
});

/** A UUID with this number at its end. */
export const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A technical case of severity B under 21Vianet's offer, just opened. */
export function aCase(part: Partial<CaseSummary> = {}): CaseSummary {
  const number = part.number ?? 12;
  return {
    id: idOf(number),
    number,
    revision: 1,
    profile: 'm365China',
    category: 'technical',
    service: 'Exchange Online',
    title: 'Mail is late',
    status: 'open',
    severityProposed: 'B',
    openedAt: noon,
    updatedAt: noon,
    notes: 0,
    files: 0,
    ...part,
  };
}

export function aDetail(part: Partial<CaseDetail> = {}): CaseDetail {
  return {
    ...aCase(part),
    text: 'Since this morning.',
    impact: '',
    resource: '',
    contact: '',
    zone: 'Europe/Prague',
    places: [],
    filedFiles: [],
    filedBy: { name: 'Ada' },
    timeline: [{ kind: 'filed', seq: 1, at: noon, by: { name: 'Ada' }, status: 'open' }],
    allowed: ['annotate', 'close'],
    ...part,
  };
}

export function aDraft(part: Partial<Draft['content']> = {}, number = 1): Draft {
  return {
    id: idOf(number),
    revision: 1,
    updatedAt: noon,
    key: idOf(number + 1_000),
    content: {
      profile: 'm365China',
      category: 'technical',
      service: 'Exchange Online',
      title: 'A draft',
      text: '',
      impact: '',
      resource: '',
      contact: '',
      places: [],
      files: [],
      ...part,
    },
  };
}

export function anIncident(part: Partial<Incident> = {}): Incident {
  const number = part.number ?? 3;
  return {
    id: idOf(number),
    number,
    revision: 1,
    service: 'Exchange Online',
    title: 'Mail waits in queues',
    classification: 'incident',
    status: 'serviceDegradation',
    startedAt: noon - 2 * hour,
    updatedAt: noon - hour,
    posts: [],
    ...part,
  };
}
