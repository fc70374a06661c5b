import { groupings, type CaseQuery, type Grouping } from '../desk/desk.ts';
import { deskStatuses } from '../desk/words.ts';
import { severities } from '../rules/profile.ts';
import { isolatedIn, isolatedPart } from '../strings/bidi.ts';
import type { Strings } from '../strings/strings.ts';
import { shownLine } from './words.ts';

/** How the Cases view is looked at: what is kept per workspace. */
export interface Look {
  readonly filter: CaseQuery;
  readonly grouping: Grouping;
}

/** What a list can be narrowed to by severity. */
export const severityValues = [...severities, 'none'] as const;

/** The property of something unknown, or undefined. */
function part(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

function listOf<Value extends string>(value: unknown, known: readonly Value[]): readonly Value[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const kept = known.filter(one => value.includes(one));
  return kept.length > 0 ? kept : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 200) : undefined;
}

/** A filter without its empty parts, read from something kept; what does not hold is left out. */
export function parseFilter(value: unknown): CaseQuery {
  const words = text(part(value, 'text'));
  const service = text(part(value, 'service'));
  const status = listOf(part(value, 'status'), deskStatuses);
  const severity = listOf(part(value, 'severity'), severityValues);
  return {
    ...(words === undefined ? {} : { text: words }),
    ...(status === undefined ? {} : { status }),
    ...(severity === undefined ? {} : { severity }),
    ...(service === undefined ? {} : { service }),
  };
}

/** What was kept, by hand rather than by zod: it is read at activation, which must stay light. */
export function parseLook(value: unknown): Look {
  const grouping = part(value, 'grouping');
  return {
    filter: parseFilter(part(value, 'filter')),
    grouping: groupings.find(one => one === grouping) ?? 'status',
  };
}

/** Whether a filter leaves anything out. */
export function isFiltered(filter: CaseQuery): boolean {
  return Object.values(filter).some(value => value !== undefined);
}

/** The filter in words, with how many cases it leaves; plain text. */
export function filterMessage(filter: CaseQuery, matching: number, total: number, strings: Strings): string {
  const parts = [
    ...(filter.text === undefined
      ? []
      : [strings.t('view.filter.text', { text: isolatedIn(shownLine(filter.text), strings) })]),
    ...(filter.status ?? []).map(status => strings.t(`status.${status}`)),
    ...(filter.severity ?? []).map(severity => strings.t(`severity.${severity}`)),
    ...(filter.service === undefined ? [] : [isolatedIn(shownLine(filter.service), strings)]),
  ];
  return isolatedPart(strings.t('view.filter.shown', { filter: parts.join(', '), matching, total }), strings);
}
