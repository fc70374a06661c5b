import type { SupportHours } from '../rules/hours.ts';
import { showDue, showInstant, showZone } from './times.ts';
import type { Reader } from './targetView.ts';

/**
 * Whether support is open, in the reader's zone; undefined where the offer states
 * no hours. Facts: C-08, C-10, C-25, C-26, G-20, G-22, E-13, A-06, A-07.
 */
export function hoursText(hours: SupportHours, { strings, zone, now }: Reader): string | undefined {
  const { language } = strings;
  switch (hours.state) {
    case 'open':
      if (hours.closesAt === undefined) return strings.t('page.hours.always');
      return strings.t('page.hours.open', { time: showDue(hours.closesAt, zone, language) });
    case 'closed':
      return strings.t('page.hours.closed', { time: showInstant(hours.nextOpening, zone, language, now) });
    case 'statedWithoutTimes':
      return hours.zone === null
        ? strings.t('page.hours.localDays')
        : strings.t('page.hours.days', { zone: showZone(now, hours.zone, language) });
    case 'unknown':
      return hours.code === 'zoneNeeded' ? strings.t('page.hours.zoneNeeded') : undefined;
  }
}
