// Taking turns: what is compared is measured side by side, so that a busy machine slows both.

/** What both sides answered, turn by turn. */
export interface Turns<Sample> {
  floor: Sample[];
  subject: Sample[];
}

/** Measures floor and subject once in each turn; who goes first changes from turn to turn. */
export async function takeTurns<Sample>(
  turns: number,
  floor: () => Promise<Sample>,
  subject: () => Promise<Sample>,
): Promise<Turns<Sample>> {
  const taken: Turns<Sample> = { floor: [], subject: [] };
  for (let turn = 0; turn < turns; turn++) {
    const sides = [async () => taken.floor.push(await floor()), async () => taken.subject.push(await subject())];
    for (const measure of turn % 2 === 0 ? sides : sides.reverse()) await measure();
  }
  return taken;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = NaN, high = NaN] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

/** The median over the turns of the ratio within a turn. */
export function ratioOf({ floor, subject }: Turns<number>): number {
  return median(subject.map((value, turn) => value / (floor[turn] ?? NaN)));
}
