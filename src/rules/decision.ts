import type { businessFacts } from './facts/business.ts';
import type { chinaFacts } from './facts/china.ts';
import type { enterprise2013Facts } from './facts/enterprise2013.ts';
import type { FactRow } from './facts.ts';
import type { readingFacts } from './facts/readings.ts';

type IdIn<Rows extends readonly FactRow[]> = Rows[number][0];
/**
 * The id of a fact of the support documents, as numbered in the project's list of facts:
 * G worldwide, V volume licensing, C 21Vianet, E Office 365 for enterprises 2013; A names a reading of an unclear rule.
 */
export type FactId =
  IdIn<typeof businessFacts> | IdIn<typeof chinaFacts> | IdIn<typeof enterprise2013Facts> | IdIn<typeof readingFacts>;

/** UTC epoch milliseconds. Every instant inside Casebook has this form; zones are added only when it is shown. */
export type Instant = number;

/** A refusal: what was refused and by which facts. The sentence for the user lives in strings, keyed by `code`. */
export interface Refusal<Code extends string> {
  readonly ok: false;
  readonly code: Code;
  readonly facts: readonly FactId[];
}

/** What a rule answers: the value with the facts it rests on, or a refusal. Rules never throw for bad input. */
export type Decision<Value, Code extends string> =
  { readonly ok: true; readonly value: Value; readonly facts: readonly FactId[] } | Refusal<Code>;

/** Makes a forgotten member of a union a compile error, and a wrong value at run time a loud one. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value of type ${typeof value}`);
}
