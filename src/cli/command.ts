import type { Strings } from '../strings/strings.ts';
import type { Exit, Io } from './io.ts';
import type { Given, OptionName } from './options.ts';

/** One call of a command. */
export interface Call {
  readonly io: Io;
  readonly strings: Strings;
  readonly given: Given;
  readonly args: readonly string[];
}

/** What a command answers: `json` fits its schema in output.ts, `lines` say the same to a person. */
export interface Answer<Output> {
  readonly exit: 0 | 1;
  readonly json: Output;
  readonly lines: readonly string[];
}

/** A row of the table of commands. What it runs is loaded when it is called. */
export interface Command {
  /** As shown after `casebook`; its first word is the command. Each way to call it is a line. */
  readonly usage: readonly string[];
  /** How many arguments it needs and takes, and what they are called. */
  readonly takes: { readonly least: number; readonly most: number; readonly what: string };
  readonly options: readonly OptionName[];
  /** Answers, or has written everything itself. */
  readonly load: () => Promise<{ readonly run: (call: Call) => Answer<unknown> | Promise<Answer<unknown> | Exit> }>;
}

/** The facts an answer rests on, as its last line. */
export function factLine(strings: Strings, facts: readonly string[]): string {
  return strings.t('cli.say.facts', { facts: [...new Set(facts)].join(', ') });
}
