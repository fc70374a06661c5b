import type { Sourced } from './profile.ts';

/** What says something that a document says: `by` is the path of a row, a file of the project or the key of a sentence. */
export interface Claim extends Sourced {
  readonly by: string;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isSourced = (value: object): value is Sourced => 'facts' in value && Array.isArray(value.facts);

/** What identifies a row among others of its kind. */
const naming: readonly string[] = ['severity', 'id', 'category', 'origin'];

function nameOf(row: unknown): string | undefined {
  const entries: readonly (readonly [string, unknown])[] = isObject(row) ? Object.entries(row) : [];
  const [, name] = entries.find(([key]) => naming.includes(key)) ?? [];
  return typeof name === 'string' ? name : undefined;
}

/**
 * The rows of a table that name facts, wherever they stand in it. `by` is where: `m365China.severity.levels[A].locks[0]`,
 * with the name of a row, or its place where it has none or another row has the same.
 */
export function claimsIn(table: unknown, path: string): readonly Claim[] {
  if (!isObject(table)) return [];
  if (Array.isArray(table)) {
    const rows: readonly unknown[] = table;
    const names = rows.map(nameOf);
    const isAlone = (name: string): boolean => names.indexOf(name) === names.lastIndexOf(name);
    return rows.flatMap((row, place) => {
      const name = names[place];
      return claimsIn(row, `${path}[${name !== undefined && isAlone(name) ? name : place}]`);
    });
  }
  const own = isSourced(table) ? [{ by: path, facts: table.facts }] : [];
  return [...own, ...Object.entries(table).flatMap(([key, part]) => claimsIn(part, `${path}.${key}`))];
}

/** Facts that no row of a profile can carry, and the file or sentence that has them. */
export const claimedElsewhere: readonly Claim[] = [{ by: 'src/rules/classify.ts', facts: ['A-12'] }];
