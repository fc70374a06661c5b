import { en } from './en/index.ts';
import type { Key, Table } from './strings.ts';

/** What the extension can say, in the order in which its packed tables hold it; the terminal's own sentences stay out. */
const order = (Object.keys(en) as Key[]).filter(key => !key.startsWith('cli.'));
/** Stands between two sentences, and in none. */
const separator = '|';

/** A table without its keys, which would be a third of it: sentences in the order of the English ones, and plurals of its own. */
export interface PackedTable {
  readonly sentences: string;
  readonly more: Readonly<Record<string, string>>;
}

/** Packs the table of a language for the extension of the same build. */
export function pack(table: Readonly<Record<string, string>>): PackedTable {
  const stray = Object.values(table).find(sentence => sentence.includes(separator));
  if (stray !== undefined) throw new Error(`No sentence may have ${separator} in it: ${stray}`);
  const more = Object.entries(table).filter(([key]) => !Object.hasOwn(en, key));
  return { sentences: order.map(key => table[key] ?? '').join(separator), more: Object.fromEntries(more) };
}

/** The table again; one that another build packed is refused. */
export function unpack({ sentences, more }: PackedTable): Table {
  const found = sentences.split(separator);
  if (found.length !== order.length) throw new Error('The table is of another build.');
  const own = order.flatMap((key, place) => (found[place] ? [[key, found[place]] as const] : []));
  return { ...more, ...Object.fromEntries(own) };
}
