import { minutesOfDay, supportHours, type SupportHours } from '../../rules/hours.ts';
import { categories, severities } from '../../rules/profile.ts';
import type { Strings } from '../../strings/strings.ts';
import { type Answer, type Call, factLine } from '../command.ts';
import { BadUse } from '../fault.ts';
import { readInstant, readZone } from '../instant.ts';
import { termsOf } from '../offer.ts';
import type { Hours } from '../output.ts';
import { isoUtc, showAt, showDays } from '../show.ts';

type Known = Exclude<SupportHours, { state: 'unknown' }>;

function linesOf(hours: Known, userZone: string, strings: Strings): string[] {
  const { language } = strings;
  const shown = (at: number, zone: string, ends?: 'ends'): string =>
    [...new Set([zone, userZone])].map(one => showAt(at, one, language, ends)).join(' = ');
  switch (hours.state) {
    case 'open':
      return [
        strings.t('cli.hours.open'),
        hours.closesAt === undefined
          ? strings.t('cli.hours.neverCloses')
          : strings.t('cli.hours.closes', { time: shown(hours.closesAt, hours.zone, 'ends') }),
      ];
    case 'closed':
      return [
        strings.t('cli.hours.closed'),
        strings.t('cli.hours.opens', { time: shown(hours.nextOpening, hours.zone) }),
      ];
    case 'statedWithoutTimes':
      return [strings.t('cli.hours.withoutTimes', { days: showDays(hours.weekdays, language) })];
  }
}

/** Whether support works at an instant, until when, or when next. Facts: those of `supportHours`. */
export async function run(call: Call): Promise<Answer<Hours>> {
  const { given, io, strings } = call;
  const { profile, supportZone, officeHours } = await termsOf(call);
  const category = given.neededWord('category', categories);
  const severity = given.word('severity', severities);
  const named = given.text('zone') ?? supportZone;
  const zone = named === undefined ? undefined : readZone('--zone', named);
  const written = given.text('at');
  const { at, twice } = written === undefined ? { at: io.now(), twice: false } : readInstant('--at', written, zone);
  const businessHours = officeHours && ([minutesOfDay(officeHours.start), minutesOfDay(officeHours.end)] as const);
  const hours = supportHours({ category, severity, zone: named, businessHours }, profile, at);
  if (hours.state === 'unknown' && hours.code === 'zoneNeeded') throw new BadUse('optionMissing', { name: '--zone' });
  if (hours.state === 'unknown' && hours.code !== 'notStated') {
    throw new BadUse('instant', { name: '--at', found: written ?? '' });
  }
  const known = hours.state === 'unknown' ? undefined : hours;
  const json: Hours = {
    profile: profile.id,
    category,
    severity: severity ?? null,
    at: isoUtc(at),
    state: known?.state ?? 'notStated',
    closesAt: known?.state === 'open' && known.closesAt !== undefined ? isoUtc(known.closesAt) : null,
    nextOpening: known?.state === 'closed' ? isoUtc(known.nextOpening) : null,
    zone: known?.zone ?? null,
    weekdays: known?.state === 'statedWithoutTimes' ? [...known.weekdays] : null,
    facts: [...hours.facts],
  };
  const said = known === undefined ? [strings.t('cli.hours.notStated')] : linesOf(known, named ?? io.zone, strings);
  const note = twice ? [strings.t('cli.say.twice', { time: written ?? '', zone: named ?? '' })] : [];
  return { exit: 0, json, lines: [...said, ...note, factLine(strings, hours.facts)] };
}
