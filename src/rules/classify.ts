import type { FactId } from './decision.ts';
import { exampleWords, groupWords, howToWords, severityWords } from './keywords.ts';
import type { Category, Item, Profile, Severity } from './profile.ts';

/** A suggestion with the words of the text that speak for it; a person decides. */
export interface Suggestion<Id extends string> {
  readonly id: Id;
  readonly words: readonly string[];
  readonly facts: readonly FactId[];
}

/** What a text suggests; undefined where nothing speaks for anything. */
export interface Classification {
  readonly category: Suggestion<Category> | undefined;
  readonly group: Suggestion<string> | undefined;
  readonly severity: Suggestion<Severity> | undefined;
}

/** Only the beginning is read: the rest of a log file says nothing about its category. */
const readLength = 20_000;

/** Words in lower case with one space around each, so that whole words are found. */
function wordsOf(text: string): string {
  const plain = text.slice(0, readLength).normalize('NFKC').toLowerCase();
  return ` ${plain.replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
}

const matches = (words: string, wanted: readonly string[] | undefined): readonly string[] =>
  wanted?.filter(word => words.includes(` ${word} `)) ?? [];

/** The suggestion that most words speak for; the first of equals. */
function strongest<Id extends string>(suggestions: readonly Suggestion<Id>[]): Suggestion<Id> | undefined {
  let found: Suggestion<Id> | undefined;
  for (const suggestion of suggestions) {
    if (suggestion.words.length > (found?.words.length ?? 0)) found = suggestion;
  }
  return found;
}

function evidence(
  words: string,
  items: readonly Item<string>[],
): { words: readonly string[]; facts: readonly FactId[] } {
  const found = items.map(({ id, facts }) => ({ words: matches(words, exampleWords[id]), facts }));
  const spoken = found.filter(one => one.words.length > 0);
  return { words: spoken.flatMap(one => one.words), facts: [...new Set(spoken.flatMap(one => one.facts))] };
}

function suggestSeverity(words: string, profile: Profile): Suggestion<Severity> | undefined {
  const howTo = matches(words, howToWords);
  const suggestions: readonly (readonly [Severity, readonly string[]])[] =
    howTo.length > 0 ? [['C', howTo]] : severityWords.map(([id, wanted]) => [id, matches(words, wanted)]);
  const found = suggestions.find(([, matched]) => matched.length > 0);
  if (found === undefined) return undefined;
  const [id, spoken] = found;
  const level = profile.severity?.levels.find(({ severity }) => severity === id);
  return level && { id, words: spoken, facts: [...level.facts, 'A-12'] };
}

/**
 * The category, product group and severity that a text suggests under a profile, each with the words that matched; it
 * decides nothing. Facts: C-07, C-12, C-14, C-17 (T-30), E-13, A-12, A-13.
 */
export function classify(text: string, profile: Profile): Classification {
  const words = wordsOf(text);
  const groups = profile.categories.flatMap(row =>
    row.groups.map(({ id, examples, facts }) => {
      const byExample = evidence(words, examples);
      const byName = matches(words, groupWords[id]);
      return {
        category: row.category,
        // An example is more telling than a product's name.
        weight: byExample.words.length * 2 + byName.length,
        suggestion: { id, words: [...byExample.words, ...byName], facts: [...facts, ...byExample.facts] },
      };
    }),
  );
  const byWeight = groups.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  const categories = profile.categories.map(({ category, examples, facts }): Suggestion<Category> => {
    const own = evidence(words, examples);
    const ofGroups = groups.filter(group => group.category === category).map(({ suggestion }) => suggestion);
    return {
      id: category,
      words: [...own.words, ...ofGroups.flatMap(suggestion => suggestion.words)],
      facts: [...new Set([...facts, ...own.facts])],
    };
  });
  const category = strongest(categories);
  const group = category && byWeight.find(one => one.category === category.id)?.suggestion;
  return { category, group, severity: suggestSeverity(words, profile) };
}
