import type { TimelineEvent } from '../../desk/case.ts';
import { searchWords } from '../../desk/store.ts';
import { eventText } from '../rows.ts';

/** The words of a search are no longer (see `queryWords`), so no more of a word can be asked for. */
const wordLength = 40;
/** A `tsvector` holds 1 MB: so many words of 40 characters of four bytes, with their tenant. */
const mostWords = 5_000;

/** Words of a case that are kept in one row. */
export interface WordRow {
  readonly team_only: boolean;
  /** As `tsvector` reads it. */
  readonly found_by: string;
}

const shortened = (word: string): string => Array.from(word).slice(0, wordLength).join('');
/** The words of a text, each once, with their tenant before them; there is nothing in them to be escaped. */
function wordsOf(text: string, tenant: number): string[] {
  const words = searchWords(text).map(word => (word.length <= wordLength ? word : shortened(word)));
  return [...new Set(words)].map(word => `'${String(tenant)}:${word}'`);
}

/** Rows for the words of texts that are for all, and of events. */
export function wordRows(tenant: number, texts: readonly string[], events: readonly TimelineEvent[]): WordRow[] {
  const told = events.map(event => ({ text: eventText(event), team_only: isApart(event) }));
  return [{ text: texts.join('\n'), team_only: false }, ...told].flatMap(({ text, team_only }) => {
    const words = wordsOf(text, tenant);
    const count = Math.ceil(words.length / mostWords);
    return Array.from({ length: count }, (_, row) => {
      return { team_only, found_by: words.slice(row * mostWords, (row + 1) * mostWords).join(' ') };
    });
  });
}

/** Whether an event is for the team alone. */
export const isApart = (event: TimelineEvent): boolean => event.kind === 'annotated' && event.teamOnly === true;

/** What a case is found by that has a word which begins with `word`, as `tsquery` reads it. */
export const beginningWith = (word: string, tenant: number): string => `'${String(tenant)}:${word}':*`;
