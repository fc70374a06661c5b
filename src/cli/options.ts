import { languages, type Language } from '../strings/strings.ts';
import { BadUse } from './fault.ts';

const text = (value: string) => ({ type: 'string', value }) as const;
const flag = { type: 'boolean' } as const;

/** Every option of every command; `value` names what it takes. Each has a sentence, `cli.option.<name>`. */
export const options = {
  profile: text('PROFILE'),
  plan: text('PLAN'),
  category: text('CATEGORY'),
  severity: text('SEVERITY'),
  opened: text('INSTANT'),
  at: text('INSTANT'),
  reading: text('READING'),
  zone: text('ZONE'),
  calendar: text('FILE'),
  amount: text('AMOUNT'),
  batch: flag,
  policy: text('FILE'),
  role: text('ROLE'),
  direct: text('N'),
  partner: text('N'),
  denied: flag,
  agreement: flag,
  origin: text('ORIGIN'),
  desk: text('FILE'),
  status: text('STATUS'),
  source: text('SOURCE'),
  url: text('URL'),
  text: flag,
  data: text('FOLDER'),
  person: text('NAME'),
  roles: text('ROLES'),
  tenant: text('TENANT'),
  days: text('N'),
  scope: text('SCOPE'),
  json: flag,
  language: text('LANGUAGE'),
  help: flag,
  version: flag,
} as const;
export type OptionName = keyof typeof options;
type TextOption = { [Name in OptionName]: (typeof options)[Name]['type'] extends 'string' ? Name : never }[OptionName];
type FlagOption = Exclude<OptionName, TextOption>;

/** Options that every command takes. */
export const everywhere = ['json', 'language', 'help', 'version'] as const satisfies readonly OptionName[];

/** The value as one of a closed list of words, else a fault that names them. */
export function wordOf<Word extends string>(name: string, found: string, words: readonly Word[]): Word {
  const word = words.find(one => one === found);
  if (word === undefined) throw new BadUse('choice', { name, found, choices: words.join(', ') });
  return word;
}

/** The options of one call. A value that cannot be used is a fault that names its option. */
export class Given {
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;
  constructor(values: Readonly<Record<string, string | boolean | undefined>>) {
    this.#values = values;
  }

  flag(name: FlagOption): boolean {
    return this.#values[name] === true;
  }
  text(name: TextOption): string | undefined {
    const value = this.#values[name];
    return typeof value === 'string' ? value : undefined;
  }
  needed(name: TextOption): string {
    const value = this.text(name);
    if (value === undefined) throw new BadUse('optionMissing', { name: `--${name}` });
    return value;
  }
  word<Word extends string>(name: TextOption, words: readonly Word[]): Word | undefined {
    const value = this.text(name);
    return value === undefined ? undefined : wordOf(`--${name}`, value, words);
  }
  neededWord<Word extends string>(name: TextOption, words: readonly Word[]): Word {
    return wordOf(`--${name}`, this.needed(name), words);
  }
  words<Word extends string>(name: TextOption, words: readonly Word[]): readonly Word[] | undefined {
    return this.text(name)
      ?.split(',')
      .map(part => wordOf(`--${name}`, part.trim(), words));
  }
  count(name: TextOption): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\d{1,6}$/.test(value)) throw new BadUse('number', { name: `--${name}`, found: value });
    return Number(value);
  }
  language(): Language | undefined {
    return this.word('language', languages);
  }
}
