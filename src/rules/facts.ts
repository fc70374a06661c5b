import type { FactId } from './decision.ts';
import { businessFacts } from './facts/business.ts';
import { chinaFacts } from './facts/china.ts';
import { enterprise2013Facts } from './facts/enterprise2013.ts';
import { readingFacts } from './facts/readings.ts';

/** Where a fact stands: the page for business (with its 21Vianet part), the page of 2013, or Casebook's own reading. */
export type SourceDocument = 'business' | 'enterprise2013' | 'reading';

/**
 * A row of the tables under facts/: id, section, statement in the project's own words. What "Why?" can show has no
 * statement here: it is a sentence of strings (`fact.ID`), and so is the name of its section (`section.KEY`). A section of
 * which nothing is shown has its name here.
 */
export type FactRow<Id extends string = string> =
  readonly [id: Id, section: string] | readonly [id: Id, section: string, statement: string];

type Row = (typeof businessFacts | typeof chinaFacts | typeof enterprise2013Facts | typeof readingFacts)[number];
/** The id of a fact that "Why?" can show. */
export type ShownFactId = Extract<Row, readonly [string, string]>[0];

/** A fact: with a statement in English, or with a sentence in every language. */
export type Fact = { readonly document: SourceDocument; readonly section: string } & (
  { readonly id: ShownFactId; readonly statement?: undefined } | { readonly id: FactId; readonly statement: string }
);

function listed(
  document: SourceDocument,
  rows: readonly (readonly [ShownFactId, string] | readonly [FactId, string, string])[],
): readonly Fact[] {
  return rows.map(row =>
    row.length === 2
      ? { id: row[0], document, section: row[1] }
      : { id: row[0], document, section: row[1], statement: row[2] },
  );
}

/** Every fact the rules rest on, and the readings of what is unclear, in the order of the documents. */
export const facts: readonly Fact[] = [
  ...listed('business', businessFacts),
  ...listed('business', chinaFacts),
  ...listed('enterprise2013', enterprise2013Facts),
  ...listed('reading', readingFacts),
];

const byId: ReadonlyMap<string, Fact> = new Map(facts.map(fact => [fact.id, fact]));

/** The fact with this id, as typed (any case, spaces around it), or undefined. */
export function factOf(id: string): Fact | undefined {
  const typed = id.trim();
  return byId.get(typed.slice(0, 4).toUpperCase() + typed.slice(4).toLowerCase());
}
