import * as z from 'zod/mini';
import { Severity } from '../desk/case.ts';
import type { DeskError } from '../desk/errors.ts';
import { actionKinds, deskStatuses } from '../desk/words.ts';
import type { FactId } from '../rules/decision.ts';

/** Why an item is aside: what the desk answered, or that it became too old. */
export type Aside = DeskError | 'expired';

const action = z.enum(actionKinds);
const name = z.string();
// Facts are shown as they stand; one this Casebook does not know has no link.
const FactIds = z.custom<readonly FactId[]>(ids => Array.isArray(ids) && ids.every(id => typeof id === 'string'));
const plain = [
  ...(['notFound', 'keyReused', 'busy', 'storageFull', 'storageReadOnly', 'sqliteMissing', 'unreachable'] as const),
  ...(['notADesk', 'untrusted', 'signedOut', 'stillRunning', 'failed'] as const),
] as const;

/** A reason as it is kept on disk. What a newer Casebook kept and this one does not know is `failed`. */
export const Reason: z.ZodMiniType<Aside> = z.catch(
  z.union([
    z.literal('expired'),
    z.object({ code: z.enum(plain) }),
    z.object({ code: z.literal('conflict'), revision: z.int() }),
    z.object({ code: z.literal('impossible'), action, status: z.enum([...deskStatuses, 'draft']) }),
    z.object({ code: z.enum(['alreadyRecorded', 'notYours']), action }),
    z.object({ code: z.literal('refused'), rule: z.string(), facts: FactIds, cap: z.exactOptional(Severity) }),
    z.object({
      code: z.literal('invalid'),
      issues: z.array(
        z.object({
          path: z.string(),
          code: z.enum(['required', 'tooLong', 'invalid']),
          limit: z.exactOptional(z.number()),
        }),
      ),
    }),
    z.object({ code: z.literal('fileTooLarge'), name, limit: z.number() }),
    z.object({ code: z.enum(['caseFull', 'quotaReached']), limit: z.number() }),
    z.object({ code: z.literal('fileGone'), name }),
    z.object({ code: z.literal('otherWriter'), by: name }),
  ]),
  { code: 'failed' },
);
