import * as z from 'zod/mini';
import type { StoredFile } from '../desk/case.ts';
import { CaseAction, CaseId, NewCase } from '../desk/case.ts';
import type { Unsent } from '../desk/outbox.ts';

const format = 1;
const base = {
  ...{ format: z.literal(format), id: z.uuid(), desk: z.string(), createdAt: z.int() },
  /** Who wrote it, by the name the desk knows them by, where that was known. */
  by: z.exactOptional(z.string()),
};
/** An item as its file holds it. It never changes: another text is another item, with another key. */
export const Item = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('file'), content: NewCase }),
  z.object({
    ...base,
    kind: z.literal('act'),
    caseId: CaseId,
    action: CaseAction,
    revision: z.int(),
    title: z.optional(z.string()),
    seen: z.optional(z.int()),
  }),
]);
export type Item = z.infer<typeof Item>;
export const Newer = z.object({ format: z.int().check(z.gt(format)) });

/** The file of an item: enough in its name to keep the order of a case without reading it. */
export interface Place {
  readonly name: string;
  readonly id: string;
  /** Grows with each item added; of one case the lowest goes first. */
  readonly order: number;
  /** What it is in line with: its case, or only itself where it files one. */
  readonly lane: string;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const nameForm = new RegExp(`^(\\d{1,15})~(${uuid})~(${uuid})\\.json$`);

/** Reads the name of a file; nothing where it is not one of an item. */
export function placeOf(name: string): Place | undefined {
  const [, order, id, lane] = nameForm.exec(name) ?? [];
  return id === undefined || lane === undefined ? undefined : { name, id, order: Number(order), lane };
}

export function newPlace(id: string, order: number, what: Unsent): Place {
  const lane = what.kind === 'act' ? what.caseId : id;
  return { name: `${order}~${id}~${lane}.json`, id, order, lane };
}

/** What an item writes, without how it is kept. */
export function unsentOf(item: Item): Unsent {
  if (item.kind === 'file') return { kind: 'file', content: item.content };
  const { kind, caseId, action, revision, title, seen } = item;
  return { kind, caseId, action, revision, title, seen };
}

/** The files whose content has to be at the desk first. */
export function filesOf(what: Unsent): readonly StoredFile[] {
  if (what.kind === 'file') return what.content.files;
  return 'files' in what.action ? what.action.files : [];
}
