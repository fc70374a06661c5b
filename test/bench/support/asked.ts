// A process that answers every question in one way and one calendar, then measures how fast, and writes both as JSON. It is
// started with TZ set, and ended from outside if it hangs.
// Usage: node asked.ts WAY CALENDAR ROUNDS
import { calendars, questions } from './hours.ts';
import { ways } from './ways.ts';

/** The system counts a thread's time in steps of some milliseconds: one round has to be many of them. */
const roundMs = 100;
const batch = 100;

const [way = '', calendar = '', rounds = '0'] = process.argv.slice(2);
const hours = calendars.find(({ name }) => name === calendar);
const add = hours && (await ways[way]?.(hours));
if (add === undefined) throw new Error(`Unknown: ${way}, ${calendar}.`);

const answers = questions.map(({ from, hours }) => add(from, hours));
const times = Array.from({ length: Number(rounds) + 1 }, round);
// The first round is for warming up.
console.log(JSON.stringify({ answers, times: times.slice(1) }));

/** Milliseconds for one answer. */
function round(): number {
  const begin = processorMs();
  let asked = 0;
  let spent = 0;
  let sum = 0;
  while (spent < roundMs) {
    for (let last = asked + batch; asked < last; asked++) {
      const { from = 0, hours = 1 } = questions[asked % questions.length] ?? {};
      sum += add?.(from, hours) ?? 0;
    }
    spent = processorMs() - begin;
  }
  if (!Number.isFinite(sum)) throw new Error('An answer is no instant.');
  return spent / asked;
}

/** Time this thread ran: what others take of the machine does not count. */
function processorMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
