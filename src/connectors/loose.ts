import * as z from 'zod/mini';
import { cleanLine } from '../desk/clean.ts';
import type { Instant } from '../rules/decision.ts';
import { repaired } from './plainText.ts';

// What others send is read loosely: a field that is missing or of another kind is empty, fields we do not know are ignored.

/** A text, or an empty one. */
export const text = z.catch(z.string(), '');
/** A number or text that names something; empty where there is none. */
export const id = z.catch(z.pipe(z.union([z.string(), z.number()]), z.transform(String)), '');
/** Whether a field is exactly true. */
export const flag = z.catch(z.boolean(), false);
/** The items of a list that fit; others are left out. */
export function list<Schema extends z.ZodMiniType>(item: Schema): z.ZodMiniType<z.output<Schema>[]> {
  const fits = (items: unknown): z.output<Schema>[] =>
    (Array.isArray(items) ? items : []).flatMap(one => {
      const parsed = z.safeParse(item, one);
      return parsed.success ? [parsed.data] : [];
    });
  return z.pipe(z.optional(z.unknown()), z.transform(fits));
}

const longestLine = 500;
/** One short clean line of what a source wrote. */
export function line(written: string): string {
  return cleanLine(repaired(written.slice(0, longestLine)));
}

const shape = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:?\d\d)?$/i;
const earliest = Date.UTC(1990, 0);
const latest = Date.UTC(2200, 0);

/** An instant as sources write it; without a zone it is UTC. Undefined for what is none, such as year 1. */
export function instantOf(written: string): Instant | undefined {
  const [whole, zone] = shape.exec(written.trim()) ?? [];
  if (whole === undefined) return undefined;
  const timed = whole.length > 10 ? whole.replace(' ', 'T') : `${whole}T00:00`;
  // Only milliseconds of a fraction are kept; some sources send seven digits.
  const at = Date.parse(`${timed.replace(/(\.\d{3})\d+/, '$1')}${zone === undefined ? 'Z' : ''}`);
  return at > earliest && at < latest ? at : undefined;
}

/** The same without the keys that hold nothing. */
export function timed<Name extends string>(
  times: Readonly<Record<Name, string>>,
): { readonly [Key in Name]?: Instant } {
  const known: { [Key in Name]?: Instant } = {};
  for (const name in times) {
    const at = instantOf(times[name]);
    if (at !== undefined) known[name] = at;
  }
  return known;
}

/** One item for each id, the one changed last; items without an id are left out. The first place of an id is kept. */
export function distinct<Item extends { readonly id: string; readonly updatedAt?: Instant | undefined }>(
  items: readonly Item[],
): Item[] {
  const byId = new Map<string, Item>();
  for (const item of items) {
    const before = byId.get(item.id);
    if (item.id !== '' && (before === undefined || (item.updatedAt ?? 0) >= (before.updatedAt ?? 0))) {
      byId.set(item.id, item);
    }
  }
  return [...byId.values()];
}
