import * as z from 'zod/mini';
import {
  categories,
  type DraftField,
  draftFields,
  origins,
  plans,
  profileIds,
  roles,
  severities,
} from '../rules/profile.ts';
import { checked, parseJson, readText } from './files.ts';

const text = z.optional(z.string());
const count = z.optional(z.int().check(z.nonnegative()));
const flag = z.optional(z.boolean());

const details = { phone: text, email: text, contactMethod: text, licenceId: text, agreementNumber: text };

/** A draft as a file: what is to be handed over, and what is known about who asks. Nothing is required. */
const DraftFile = z.strictObject({
  profile: z.optional(z.enum(profileIds)),
  plan: z.optional(z.enum(plans)),
  category: z.optional(z.enum(categories)),
  severity: z.optional(z.enum(severities)),
  service: text,
  title: text,
  text,
  ...details,
  // Where the extension's own drafts hold those.
  details: z.optional(z.strictObject(details)),
  impact: text,
  resource: text,
  contact: text,
  role: z.optional(z.enum(roles)),
  directSubscriptions: count,
  partnerSubscriptions: count,
  advancedAgreement: flag,
  adminCenterDenied: flag,
  numberRegistered: flag,
  countryListed: flag,
  origin: z.optional(z.enum(origins)),
  // What the extension's own drafts hold besides; no rule looks at it.
  places: z.optional(z.array(z.unknown())),
  files: z.optional(z.array(z.unknown())),
  healthSeen: z.optional(z.array(z.unknown())),
});
export type DraftFile = Readonly<z.output<typeof DraftFile>>;

/** Reads a draft, also one as the extension keeps it (its `content`); what cannot be is a fault that names the field. */
export async function loadDraft(file: string): Promise<DraftFile> {
  const input = parseJson(file, await readText(file));
  const kept = typeof input === 'object' && input !== null && 'content' in input && 'revision' in input;
  return checked(file, DraftFile, kept ? input.content : input);
}

/** The fields of a draft that rules ask for. */
export function fieldsOf(draft: DraftFile): Partial<Record<DraftField, string>> {
  const typed: Partial<Record<DraftField, string | undefined>> = { ...draft.details, ...draft };
  return Object.fromEntries(
    draftFields.flatMap(field => {
      const value = typed[field];
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
}
