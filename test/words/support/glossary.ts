import type { Language } from '../../../src/strings/strings.ts';
import { termsOfCases } from './termsOfCases.ts';
import { termsOfOffers } from './termsOfOffers.ts';

/** How a language says a term: the word to use, and what each of its forms holds (a pattern, any case). */
export type Word = readonly [word: string, stem: string];

export interface Term {
  readonly term: string;
  readonly means: string;
  /** A pattern that finds the term in an English sentence; without it only the word is stated. */
  readonly found?: string;
  readonly words: Readonly<Record<Exclude<Language, 'en'>, Word>>;
}

/** Words that no sentence says, a pattern each (any case), and why. */
export interface Avoided {
  readonly word: string;
  readonly pattern: string;
  readonly why: string;
}

/** One word for one thing, in five languages. docs/glossary.md is written from this, and every sentence is held to it. */
export const terms: readonly Term[] = [...termsOfCases, ...termsOfOffers];
