import type { HealthIssue, HealthNotice, HealthReading, SourceState } from '../../../src/desk/healthReading.ts';
import type { SourceOfHealth } from '../../../src/host/services.ts';
import type { ItemText } from '../../../src/views/node.ts';
import type { Telling } from '../../../src/views/presentCase.ts';
import {
  failureProblem,
  presentBoard,
  presentIssue,
  presentNotice,
  presentNotices,
  presentSource,
  remarksOn,
} from '../../../src/views/presentSource.ts';
import { hour, noon } from './builders.ts';

export const graph = 'graph:china';

export function anIssue(part: Partial<HealthIssue> = {}): HealthIssue {
  return {
    ...{ id: '#1', services: ['Exchange Online'], title: 'Zqtitle', classification: 'incident' },
    ...{ status: 'serviceDegradation', resolved: false, feature: '', impact: '', posts: [] },
    ...{ startedAt: noon - 2 * hour, updatedAt: noon - hour },
    ...part,
  };
}

export function aNotice(part: Partial<HealthNotice> = {}): HealthNotice {
  return {
    ...{
      id: 'MC1',
      services: ['Zqservice'],
      title: 'Zqtitle',
      text: 'Zqtext',
      category: 'planForChange',
      major: false,
    },
    ...part,
  };
}

export function aReading(part: Partial<HealthReading> = {}): HealthReading {
  return {
    ...{ source: graph, name: '', asOf: noon - hour / 4, partial: false, issues: [], notices: [] },
    services: [{ id: 'Exchange', name: 'Exchange Online', status: 'serviceOperational' }],
    ...part,
  };
}

/** A source with a reading that has everything a row can tell of; `state` says what is different. */
export function aSource(state: Partial<SourceState> = {}, seenBy?: SourceOfHealth['seenBy']): SourceOfHealth {
  const reading = aReading({
    clockAhead: 24 * hour,
    partial: true,
    issues: [anIssue(), anIssue({ id: '#2', classification: 'advisory' })],
    notices: [
      aNotice({ actionBy: noon + hour }),
      aNotice({ id: 'MC2', category: 'maintenance', startsAt: noon + 2 * hour }),
    ],
  });
  const all = { reading, due: noon + hour, ...state };
  return { id: graph, label: 'Zqservice', state: all, ...(seenBy && { seenBy }) };
}

/** Every row that a source can have, in words. */
export function sourceRows(source: SourceOfHealth, telling: Telling): readonly ItemText[] {
  const { issues = [], notices = [] } = source.state.reading ?? {};
  const problem = failureProblem(source, telling);
  return [
    presentSource(source, issues, telling),
    presentSource({ ...source, state: { due: noon } }, [], telling),
    ...(problem ? [problem.item] : []),
    ...remarksOn(source, telling),
    ...issues.flatMap(one => [presentIssue(one, telling, false), presentIssue(one, telling, true)]),
    ...[true, false].map(maintenance => presentNotices(maintenance, 12, telling)),
    ...notices.map(one => presentNotice(one, telling)),
    presentBoard(issues, telling),
    presentBoard([], telling),
  ];
}
