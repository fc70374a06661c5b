import type { Instant } from '../rules/decision.ts';
import { dayMs, isInstant, offsetAt, type Zone, zoneOf } from '../rules/zone.ts';
import { BadUse } from './fault.ts';

const shape =
  /^(?<date>(?!0000)\d{4}-\d\d-\d\d)[T ](?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,3}))?)?(?<zone>Z|[+-]\d\d:\d\d)?$/;
const offsetShape = /^([+-])([01]\d|2[0-3]):([0-5]\d)$/;

/** An instant, and whether the clock showed the written time twice (the first of the two is taken). */
export interface ReadInstant {
  readonly at: Instant;
  readonly twice: boolean;
}

/** The zone with this IANA name; a fault that names `name` where there is none. */
export function readZone(name: string, found: string): Zone {
  const zone = zoneOf(found);
  if (zone === undefined) throw new BadUse('zone', { name, found });
  return zone;
}

/** The wall-clock time as UTC milliseconds, or undefined when it cannot be; 24:00 is the next day's 00:00. */
function wallClock(parts: Readonly<Record<string, string | undefined>>): number | undefined {
  const { date = '', hour, minute, second = '0', fraction = '' } = parts;
  const day = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(day) || !new Date(day).toISOString().startsWith(date)) return undefined;
  const [hours, minutes, seconds] = [Number(hour), Number(minute), Number(second)];
  const within = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number(fraction.padEnd(3, '0'));
  return minutes > 59 || seconds > 59 || within > dayMs ? undefined : day + within;
}

function offsetOf(written: string): number | undefined {
  if (written === 'Z') return 0;
  const [, sign, hours, minutes] = offsetShape.exec(written) ?? [];
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === undefined ? undefined : sign === '-' ? -size : size;
}

/** The instants at which the clock of `zone` shows `local`: none in a gap, two in an overlap, the first first. */
function instantsOf(local: number, zone: Zone): Instant[] {
  const offsets = new Set([offsetAt(zone, local - dayMs), offsetAt(zone, local), offsetAt(zone, local + dayMs)]);
  return [...offsets]
    .map(offset => local - offset)
    .filter(at => offsetAt(zone, at) === local - at)
    .sort((a, b) => a - b);
}

/**
 * Reads `2026-03-04T10:00+08:00` or `2026-03-04T02:00:00.000Z`; without an offset it is local to `zone` (IANA), and a
 * fault when no zone is given. A date or time that does not exist, and a time the clocks skip, is a fault that names
 * `name`. 24:00 ends its day.
 */
export function readInstant(name: string, found: string, zone?: Zone): ReadInstant {
  const parts = shape.exec(found.trim())?.groups;
  const local = parts && wallClock(parts);
  if (local === undefined) throw new BadUse('instant', { name, found });
  const written = parts?.['zone'];
  if (written !== undefined) {
    const offset = offsetOf(written);
    if (offset === undefined || !isInstant(local - offset)) throw new BadUse('instant', { name, found });
    return { at: local - offset, twice: false };
  }
  if (zone === undefined) throw new BadUse('instantZone', { name, found });
  const [at, second] = instantsOf(local, zone);
  if (at === undefined) throw new BadUse('instantSkipped', { name, found, zone: zone.name });
  if (!isInstant(at)) throw new BadUse('instant', { name, found });
  return { at, twice: second !== undefined };
}
