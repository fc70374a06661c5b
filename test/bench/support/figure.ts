// A line of the table.
import { median, ratioOf, type Turns } from './turns.ts';

export interface Figure {
  what: string;
  floor: string;
  casebook: string;
  /** How often the floor fits into Casebook. */
  ratio?: number | undefined;
  budget?: string | undefined;
  /** Absent where no budget is set. */
  ok?: boolean | undefined;
  samples?: Turns<number> | undefined;
}

/** What is measured; `selfCheck` puts the floor on both sides, which shows what the method is worth: 1. */
export interface Bench {
  readonly runs: number | undefined;
  readonly selfCheck: boolean;
  /** Where to write processor profiles instead of trusting figures, which a profiler spoils. */
  readonly profiles: string | undefined;
}

interface Compared {
  what: string;
  turns: Turns<number>;
  unit: (value: number) => string;
  /** The highest ratio allowed, where there is one. */
  most?: number;
}

export function compare({ what, turns, unit, most }: Compared): Figure {
  const ratio = ratioOf(turns);
  return {
    what,
    floor: unit(median(turns.floor)),
    casebook: unit(median(turns.subject)),
    ratio,
    ...(most !== undefined && { budget: `<= ${most} x`, ok: ratio <= most }),
    samples: turns,
  };
}

export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}
export function megabytes(value: number): string {
  return `${(value / 1024 / 1024).toFixed(2)} MB`;
}
