import { en } from './en/index.ts';

export type Language = 'en' | 'cs' | 'fi' | 'he' | 'lv';
export const languages = ['en', 'cs', 'fi', 'he', 'lv'] as const satisfies readonly Language[];

/** Every sentence a user can read, by key. English is the source; other languages are tables with the same keys. */
export type Key = keyof typeof en;
export type Table = Partial<Record<Key, string>>;

type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never;
/** The values a sentence needs, read off its placeholders. */
export type Values<K extends Key> = Record<Placeholders<(typeof en)[K]>, string | number>;
type Arguments<K extends Key> = [Placeholders<(typeof en)[K]>] extends [never] ? [] : [values: Values<K>];

/** A stem whose `.other` form exists: `cases.count` for `cases.count.one` and `cases.count.other`. */
export type PluralStem = Key extends infer K ? (K extends `${infer Stem}.other` ? Stem : never) : never;

/** The sentences of one language. */
export interface Strings {
  readonly language: Language;
  /** `rtl` for Hebrew. */
  readonly direction: 'ltr' | 'rtl';
  /** The sentence of `key` with its placeholders filled in; a missing translation falls back to English. */
  t<K extends Key>(key: K, ...values: Arguments<K>): string;
  /** The plural form of `stem` for `count`, by the language's own plural rules; `{count}` is filled in. */
  plural(stem: PluralStem, count: number): string;
  /** The sentence of a key made at run time (an error code, a status), or undefined where there is none. */
  lookup(key: string, values?: Readonly<Record<string, string | number>>): string | undefined;
}

function fill(text: string, values: Readonly<Record<string, string | number>> | undefined): string {
  return values ? text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
}

/** Makes the sentences of `language` from its table; English is inside and needs none. */
export function createStrings(language: Language, table: Table = {}): Strings {
  const texts: Readonly<Record<string, string | undefined>> = { ...en, ...table };
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  const lookup: Strings['lookup'] = (key, values) => {
    const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
    return text === undefined ? undefined : fill(text, values);
  };
  return {
    language,
    direction: language === 'he' ? 'rtl' : 'ltr',
    t: (key, ...[values]) => lookup(key, values) ?? key,
    plural: (stem, count) => {
      const values = { count: numbers.format(count) };
      return lookup(`${stem}.${rules.select(count)}`, values) ?? lookup(`${stem}.other`, values) ?? stem;
    },
    lookup,
  };
}
