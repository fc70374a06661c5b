// How fast and how right open hours are added, against libraries from npm that do the same. Everyone answers the same
// thousand questions in each calendar, in processes that live in different zones; what is right says a judge that reads
// the clock minute by minute. A target must not depend on where the computer stands, so the speed to beat is that of the
// fastest library that is right in all of these zones.
import { fileURLToPath } from 'node:url';
import { start } from '../../../scripts/process.mjs';
import type { Bench, Figure } from '../support/figure.ts';
import { calendars, judge, questions, type Hours } from '../support/hours.ts';
import { median, ratioOf } from '../support/turns.ts';
import { ours, ways } from '../support/ways.ts';

const least = 100;
/** For a thousand answers and the rounds; the slowest library that answers at all takes some four seconds. */
const boundMs = 15_000;
/** Santiago's clock changes at midnight, when support in Shanghai's hours is open: local time is no substitute there. */
const processZones = ['UTC', 'America/New_York', 'America/Santiago'] as const;

const script = fileURLToPath(new URL('../support/asked.ts', import.meta.url));

interface Answered {
  answers: (number | null)[];
  /** Milliseconds for one answer, round by round. */
  times: number[];
}

/** One way in one calendar: how many answers were right in each process zone, and how long one takes in UTC. */
interface Measured {
  readonly way: string;
  readonly right: readonly number[];
  readonly times: number[];
}

export async function libraries({ runs = 5, selfCheck }: Bench): Promise<Figure[]> {
  console.log(`Right answers are counted with the process in ${processZones.join(', ')}.`);
  const figures: Figure[] = [];
  for (const hours of calendars) {
    const truth = questions.map(question => judge(hours.spec, question));
    const casebook = await measure(ours, hours, truth, runs);
    if (casebook === undefined) throw new Error('Casebook does not answer.');
    const perfect: Measured[] = [];
    for (const way of Object.keys(ways).filter(name => name !== ours)) {
      const library = await measure(way, hours, truth, runs);
      const subject = selfCheck && library !== undefined ? await measure(way, hours, truth, runs) : casebook;
      figures.push({ what: `${hours.name}: ${way}`, ...sides(library, subject ?? casebook) });
      if (library !== undefined && isRight(library)) perfect.push(library);
    }
    if (!selfCheck) figures.push(...budgets(hours, casebook, perfect));
  }
  return figures;
}

function budgets({ name }: Hours, casebook: Measured, perfect: readonly Measured[]): Figure[] {
  const [fastest] = [...perfect].sort((a, b) => median(a.times) - median(b.times));
  const speed = sides(fastest, casebook);
  return [
    {
      what: `${name}: right answers`,
      floor: format(questions.length),
      casebook: casebook.right.map(format).join(', '),
      budget: 'all',
      ok: isRight(casebook),
    },
    {
      what: `${name}: times as fast as the fastest right one`,
      ...speed,
      floor: fastest === undefined ? 'none is right' : `${perSecond(fastest)} ${fastest.way}`,
      casebook: perSecond(casebook),
      budget: `>= ${least} x`,
      ok: (speed.ratio ?? Infinity) >= least,
    },
  ];
}

/** The ratio says how many times as fast as the library Casebook is. */
function sides(
  library: Measured | undefined,
  subject: Measured,
): Pick<Figure, 'floor' | 'casebook' | 'ratio' | 'samples'> {
  const tell = (side: Measured) => `${perSecond(side)}, right: ${side.right.map(format).join(', ')}`;
  if (library === undefined) return { floor: `does not answer in ${boundMs / 1000} s`, casebook: tell(subject) };
  const samples = { floor: library.times, subject: subject.times };
  return { floor: tell(library), casebook: tell(subject), ratio: 1 / ratioOf(samples), samples };
}

const isRight = ({ right }: Measured) => right.every(count => count === questions.length);
const format = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 4 });
const perSecond = ({ times }: Measured) =>
  `${(1000 / median(times)).toLocaleString('en', { maximumSignificantDigits: 3 })}/s`;

/** Undefined when the process had to be ended in one of the zones: one question that hangs it is enough. */
async function measure(
  way: string,
  hours: Hours,
  truth: readonly number[],
  rounds: number,
): Promise<Measured | undefined> {
  const right: number[] = [];
  const times: number[] = [];
  for (const zone of processZones) {
    const answered = await ask(way, hours, zone, zone === 'UTC' ? rounds : 0);
    if (answered === undefined) return undefined;
    right.push(truth.filter((due, index) => answered.answers[index] === due).length);
    times.push(...answered.times);
  }
  return { way, right, times };
}

async function ask(way: string, { name }: Hours, zone: string, rounds: number): Promise<Answered | undefined> {
  let output = '';
  const program = start(process.execPath, ['--no-warnings', script, way, name, String(rounds)], {
    env: { TZ: zone },
    onOutput: text => (output += text),
  });
  const bound = AbortSignal.timeout(boundMs);
  bound.addEventListener('abort', () => void program.stop());
  const code = await program.exit;
  if (bound.aborted) return undefined;
  if (code !== 0) throw new Error(`${way} in ${zone}: ${output}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Answered;
}
