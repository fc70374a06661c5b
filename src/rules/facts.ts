import type { FactId } from './decision.ts';
import { businessFacts } from './facts/business.ts';
import { chinaFacts } from './facts/china.ts';
import { enterprise2013Facts } from './facts/enterprise2013.ts';
import { readingFacts } from './facts/readings.ts';

/** Where a fact stands: the page for business (with its 21Vianet part), the page of 2013, or Casebook's own reading. */
export type SourceDocument = 'business' | 'enterprise2013' | 'reading';

/** A row of the tables under facts/: id, statement in the project's own words, section of the document. */
export type FactRow<Id extends string = string> = readonly [id: Id, statement: string, section: string];

export interface Fact {
  readonly id: FactId;
  readonly statement: string;
  readonly document: SourceDocument;
  readonly section: string;
}

function listed(document: SourceDocument, rows: readonly FactRow<FactId>[]): readonly Fact[] {
  return rows.map(([id, statement, section]) => ({ id, statement, document, section }));
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
