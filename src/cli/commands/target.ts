import { categories, severities } from '../../rules/profile.ts';
import { responseTarget, targetUnderAllReadings, type TargetInput } from '../../rules/target.ts';
import type { Strings } from '../../strings/strings.ts';
import { type Answer, type Call, factLine } from '../command.ts';
import { BadUse } from '../fault.ts';
import { readInstant, type ReadInstant, readZone } from '../instant.ts';
import type { Exit } from '../io.ts';
import { possible, termsOf } from '../offer.ts';
import type { CalendarTarget, Target } from '../output.ts';
import { isoIn, isoUtc, showAt } from '../show.ts';

interface Opened extends ReadInstant {
  readonly written: string;
  readonly userZone: string;
}

function openedOf({ given, io }: Call): Opened {
  const named = given.text('zone');
  const zone = named === undefined ? undefined : readZone('--zone', named);
  const written = given.needed('opened');
  return { ...readInstant('--opened', written, zone), written, userZone: named ?? io.zone };
}

/** A due time on the desk's clock and the person's. */
function dueLines(due: number, zone: string, userZone: string, { language }: Strings): string[] {
  return [...new Set([zone, userZone])].map(one => `  ${showAt(due, one, language, 'ends')}`);
}

function notes({ twice, written, userZone }: Opened, strings: Strings): string[] {
  return twice ? [strings.t('cli.say.twice', { time: written, zone: userZone })] : [];
}

async function ofProfile(call: Call): Promise<Answer<Target>> {
  const { given, strings } = call;
  const { profile, plan, reading, holidays, policyFile } = await termsOf(call);
  const severity = given.neededWord('severity', severities);
  const category = given.neededWord('category', categories);
  const opened = openedOf(call);
  const { at, twice, userZone } = opened;
  const input: TargetInput = { openedAt: at, severity, category, plan, reading, holidays };
  const where = { file: policyFile, name: '--opened', found: opened.written };
  const target = possible(responseTarget(input, profile), where);
  const all = targetUnderAllReadings(input, profile);
  const due = target.kind === 'due' ? target : undefined;
  const others = all.kind === 'due' ? all.targets.filter(one => one.reading !== due?.reading) : [];
  const json: Target = {
    profile: profile.id,
    plan: plan ?? null,
    severity,
    category,
    opened: isoUtc(at),
    openedTwice: twice,
    due: due ? isoUtc(due.due) : null,
    code: target.kind === 'none' ? target.code : null,
    reading: due?.reading ?? null,
    startsAt: due ? isoUtc(due.startsAt) : null,
    zone: due?.zone ?? null,
    dueInZone: due ? isoIn(due.due, due.zone) : null,
    userZone,
    dueInUserZone: due ? isoIn(due.due, userZone) : null,
    others: others.map(one => ({ reading: one.reading, due: isoUtc(one.due) })),
    facts: [...target.facts],
  };
  const facts = factLine(strings, target.facts);
  if (target.kind === 'none') {
    const why = strings.t(`target.none.${target.code}`);
    return { exit: 0, json, lines: [strings.t('page.target.none'), why, ...notes(opened, strings), facts] };
  }
  const { language } = strings;
  const other = others.map(one => {
    const time = showAt(one.due, one.zone, language, 'ends');
    return `  ${strings.t('page.target.otherReading', { time, reading: strings.t(`reading.${one.reading}`) })}`;
  });
  const lines = [
    strings.t('page.target.headline'),
    ...dueLines(target.due, target.zone, userZone, strings),
    strings.t('page.target.reading', { reading: `${strings.t(`reading.${target.reading}`)} (${target.reading})` }),
    strings.t('cli.say.starts', { time: showAt(target.startsAt, target.zone, language) }),
    ...(other.length === 0 ? [] : [strings.t('page.target.others'), ...other]),
  ];
  return { exit: 0, json, lines: [...lines, ...notes(opened, strings), facts] };
}

async function ofCalendar(call: Call, file: string): Promise<Answer<CalendarTarget>> {
  const { given, strings } = call;
  // Only this way to call needs zod.
  const { count, loadCalendar, readAmount } = await import('../calendar.ts');
  const written = given.needed('amount');
  const amount = readAmount('--amount', written);
  const opened = openedOf(call);
  const { at, twice, userZone } = opened;
  const calendar = await loadCalendar(file);
  const { startsAt, due } = count(calendar, amount, at);
  const { name: zone } = calendar.zone;
  const json: CalendarTarget = {
    zone,
    amount: written.trim(),
    opened: isoUtc(at),
    openedTwice: twice,
    due: due === undefined ? null : isoUtc(due),
    code: due === undefined ? 'never' : null,
    startsAt: startsAt === undefined ? null : isoUtc(startsAt),
    dueInZone: due === undefined ? null : isoIn(due, zone),
    userZone,
    dueInUserZone: due === undefined ? null : isoIn(due, userZone),
  };
  if (due === undefined) return { exit: 0, json, lines: [strings.t('page.target.none'), strings.t('cli.say.never')] };
  const lines = [strings.t('page.target.headline'), ...dueLines(due, zone, userZone, strings)];
  if (startsAt !== undefined) {
    lines.push(strings.t('cli.say.starts', { time: showAt(startsAt, zone, strings.language) }));
  }
  return { exit: 0, json, lines: [...lines, ...notes(opened, strings)] };
}

/** What only a target under an offer takes. */
const ofOffers = ['profile', 'plan', 'severity', 'category', 'reading', 'policy'] as const;

/** Options of the other ways to call `target`, which would do nothing here. */
function apart(call: Call, first: string, others: readonly Parameters<Call['given']['text']>[0][]): void {
  const other = others.find(name => call.given.text(name) !== undefined);
  if (other !== undefined) throw new BadUse('together', { first, second: `--${other}` });
}

/** By when the first response is due: under an offer, under any calendar, or line by line. Facts: those of `responseTarget`. */
export async function run(call: Call): Promise<Answer<Target | CalendarTarget> | Exit> {
  const { given } = call;
  const file = given.text('calendar');
  if (given.flag('batch')) {
    apart(call, '--batch', [...ofOffers, 'opened', 'amount', 'zone']);
    return (await import('../batch.ts')).runBatch(call, file);
  }
  if (file === undefined) {
    if (given.text('amount') !== undefined) throw new BadUse('optionMissing', { name: '--calendar' });
    return ofProfile(call);
  }
  apart(call, '--calendar', ofOffers);
  return ofCalendar(call, file);
}
