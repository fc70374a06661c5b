import type { Instant } from '../rules/decision.ts';
import type { TargetView } from '../protocol/parts.ts';
import type { Strings } from '../strings/strings.ts';
import type { TargetAdvice } from './advice.ts';
import { wordOf } from './sentences.ts';
import { sameClock, showDue, showDuration, showInstant, showZone } from './times.ts';

/** Where and when the reader is. */
export interface Reader {
  readonly strings: Strings;
  /** IANA zone of the person in front of the page. */
  readonly zone: string;
  readonly now: Instant;
}

type Due = Extract<TargetAdvice, { kind: 'due' }>;
/** What the case is in: not filed yet, running, or ended. */
export type TargetPhase = 'draft' | 'open' | 'ended';

function timesOf({ target }: Due, { strings, zone }: Reader): TargetView['times'] {
  const { language } = strings;
  const here = { time: showDue(target.due, zone, language), zone: showZone(target.due, zone, language) };
  // Elapsed time has no zone of its own: the reader's says it all.
  if (target.reading === 'elapsed' || sameClock(target.due, target.zone, zone)) return [here];
  const there = {
    time: showDue(target.due, target.zone, language),
    zone: showZone(target.due, target.zone, language),
  };
  return [there, here];
}

const nameOf = (reading: string, strings: Strings) => wordOf(strings, 'reading', reading);

/** What the other readings say, in the zone the target is computed in. */
function othersOf({ target, all }: Due, { strings }: Reader): string[] {
  return all.targets
    .filter(({ due }) => due !== target.due)
    .map(({ due, zone, reading }) =>
      strings.t('page.target.otherReading', {
        time: showDue(due, zone, strings.language),
        reading: nameOf(reading, strings),
      }),
    );
}

function running(due: Due, { strings, now, zone }: Reader): Pick<TargetView, 'state' | 'countdown'> {
  const { remaining, target } = due;
  if (!remaining || remaining.left === 0) return { state: 'running' };
  const time = showDuration(remaining.left, strings.language);
  const left =
    target.reading === 'elapsed'
      ? strings.t('page.target.left', { time })
      : strings.t('page.target.leftOpen', { time });
  if (remaining.running || remaining.resumesAt === undefined) return { state: 'running', countdown: left };
  const resumes = showInstant(remaining.resumesAt, zone, strings.language, now);
  return { state: 'paused', countdown: `${left}. ${strings.t('page.target.paused', { time: resumes })}` };
}

/** The target in words, for a draft or for a case. */
export function presentTarget(
  advice: TargetAdvice,
  reader: Reader,
  phase: TargetPhase,
  firstResponseAt?: Instant,
): TargetView {
  const { strings, zone, now } = reader;
  if (advice.kind === 'none') {
    const note = strings.t(`target.none.${advice.code}`);
    return { state: 'none', headline: strings.t('page.target.none'), times: [], notes: [note], others: [] };
  }
  const reading = strings.t('page.target.reading', { reading: nameOf(advice.target.reading, strings) });
  const shown = { times: timesOf(advice, reader), notes: [reading], others: othersOf(advice, reader) };
  if (phase === 'draft') return { state: 'preview', headline: strings.t('page.target.preview'), ...shown };
  if (firstResponseAt !== undefined) {
    const state = advice.state === 'metLate' ? 'metLate' : 'met';
    const time = showInstant(firstResponseAt, zone, strings.language, now);
    const notes = [strings.t('page.target.cameAt', { time }), reading];
    return { ...shown, state, headline: strings.t(`page.target.${state}`), notes };
  }
  if (phase === 'ended') {
    const notes = [strings.t('page.target.endedWithout')];
    return { ...shown, state: 'none', headline: strings.t('page.target.headline'), notes };
  }
  if (advice.state === 'overdue' || advice.state === 'pastOneReading') {
    return { state: advice.state, headline: strings.t(`page.target.${advice.state}`), ...shown };
  }
  return { ...running(advice, reader), headline: strings.t('page.target.headline'), ...shown };
}
