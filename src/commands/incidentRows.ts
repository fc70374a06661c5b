import { healthStatuses, isActive, type HealthStatus, type Incident } from '../desk/health.ts';
import { arranged } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import { quoted, type Row } from './choose.ts';

/** The statuses to choose from: the present one first, then those of something still going on. */
export function statusRows(present: HealthStatus | undefined, strings: Strings): readonly Row<HealthStatus>[] {
  const rank = (status: HealthStatus): number => (status === present ? 0 : isActive(status) ? 1 : 2);
  return healthStatuses
    .toSorted((a, b) => rank(a) - rank(b))
    .map(value => ({
      label: strings.t(`health.${value}`),
      ...(value === present ? { description: strings.t('command.present') } : {}),
      value,
    }));
}

/** Incidents to choose from, in the order of the board. */
export function incidentRows(incidents: readonly Incident[], strings: Strings): readonly Row<string>[] {
  return incidents.map(({ id, number, title, service, status, desk }) => ({
    label: `#${number} ${quoted(title)}`,
    description: arranged(
      ' · ',
      [quoted(service), strings.t(`health.${status}`), desk === undefined ? undefined : quoted(desk)],
      strings,
    ),
    value: id,
  }));
}
