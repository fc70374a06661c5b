import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import * as z from 'zod/mini';
import { fail, ok, type Result } from '../desk/errors.ts';
import { snapshotLife } from '../desk/health.ts';
import { HealthReading } from '../desk/healthReading.ts';
import { line } from '../desk/text.ts';
import { parsed } from '../outbox/notes.ts';
import type { Instant } from '../rules/decision.ts';

/** What somebody with the right to read health has seen, for those who have not. It is never live. */
export interface Snapshot {
  /** Who saw it, as they call themselves; when is `reading.asOf`. */
  readonly by: string;
  readonly publishedAt: Instant;
  readonly expires: Instant;
  /** What who published it calls the source. */
  readonly label: string;
  readonly reading: HealthReading;
}

/** Why a snapshot is not shown. */
export type SnapshotRefusal =
  | { readonly code: 'notASnapshot' }
  /** The team's policy does not name the key it was signed with. */
  | { readonly code: 'unknownKey'; readonly key: string }
  /** It is not what the holder of the key signed. */
  | { readonly code: 'tampered' }
  | { readonly code: 'expired'; readonly since: Instant }
  /** It says to be of a time that has not come: one of the two clocks is wrong. */
  | { readonly code: 'fromTheFuture' };

const File = z.object({
  format: z.literal('casebook-health-1'),
  key: line(50, 1),
  /** What was signed, as it was signed: JSON in a text. */
  signed: z.string(),
  signature: z.string(),
});
const Signed = z.object({
  ...{ by: line(100), publishedAt: z.int(), expires: z.int(), reading: HealthReading },
  label: z._default(line(), ''),
});

/** Longest file, in UTF-16 code units. */
const longest = 10 * 1024 * 1024;
const tolerance = 5 * 60_000;

// So that no other text that the key ever signs can be taken for a snapshot.
const bytesOf = (key: string, signed: string): Buffer => Buffer.from(`casebook-health-1\n${key}\n${signed}`);

/** What names a person, an organisation or a secret, wherever a source may have put it. */
const confidential = new RegExp(
  [
    /\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/,
    /[\w.-]{1,100}\.(?:onmicrosoft|sharepoint|partner\.onmschina)\.\w{2,10}(?:\.\w{2,10})?/,
    /[\w.+-]{1,100}@[\w-]{1,100}(?:\.[\w-]{1,100}){1,5}/,
    /\beyJ[\w-]{10,4000}\.[\w-]{1,4000}(?:\.[\w-]{0,4000})?/,
    /\bBearer\s{1,5}\S{1,4000}/,
    /\b(?:sig|token|code|password|secret|key)=[^\s&]{1,4000}/,
    /\/\/[^\s/@]{1,200}:[^\s/@]{1,200}@/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** The same with every text made fit for others. */
function cleaned<Value>(value: Value): Value {
  if (typeof value === 'string') return value.replaceAll(confidential, '…') as Value & string;
  if (Array.isArray(value)) return value.map(one => cleaned<unknown>(one)) as Value & unknown[];
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleaned<unknown>(one)])) as Value &
    object;
}

function keyOf(make: () => KeyObject): KeyObject | undefined {
  try {
    const key = make();
    return key.asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Signs a reading for others, as the text of a file. `privateKey` is an Ed25519 key in PEM, `key` the name under which the
 * team's policy has its public half; undefined where it is no such key. No text in it names an organisation, a person or a
 * secret. It holds for `life` milliseconds, a day at most.
 */
export function signSnapshot(
  reading: HealthReading,
  from: {
    readonly by: string;
    readonly label?: string;
    readonly key: string;
    readonly privateKey: string;
    readonly life: number;
  },
  now: Instant,
): string | undefined {
  const secret = keyOf(() => createPrivateKey(from.privateKey));
  if (secret === undefined) return undefined;
  const { by, key, label = '' } = from;
  const expires = now + Math.min(from.life, snapshotLife);
  const signed = JSON.stringify(
    z.parse(Signed, { by, publishedAt: now, expires, label: cleaned(label), reading: cleaned(reading) }),
  );
  const signature = sign(null, bytesOf(key, signed), secret).toString('base64');
  return `${JSON.stringify({ format: 'casebook-health-1', key, signed, signature })}\n`;
}

/**
 * Reads a snapshot that somebody published. `keys` are the public keys that the team approved, by name: Ed25519, as the
 * base64 of their SPKI form. Nothing of it is looked at before the signature holds.
 */
export function readSnapshot(
  text: string,
  keys: Readonly<Record<string, string>>,
  now: Instant,
): Result<Snapshot, SnapshotRefusal> {
  const file = File.safeParse(text.length > longest ? undefined : parsed(text));
  if (!file.success) return fail({ code: 'notASnapshot' });
  const { key, signed, signature } = file.data;
  const known = Object.hasOwn(keys, key) ? (keys[key] ?? '') : '';
  const open = keyOf(() => createPublicKey({ key: Buffer.from(known, 'base64'), format: 'der', type: 'spki' }));
  if (open === undefined) return fail({ code: 'unknownKey', key });
  if (!verify(null, bytesOf(key, signed), open, Buffer.from(signature, 'base64'))) return fail({ code: 'tampered' });
  const snapshot = Signed.safeParse(parsed(signed));
  if (!snapshot.success) return fail({ code: 'notASnapshot' });
  const { publishedAt, reading } = snapshot.data;
  const expires = Math.min(snapshot.data.expires, publishedAt + snapshotLife);
  if (expires <= now) return fail({ code: 'expired', since: expires });
  if (Math.max(publishedAt, reading.asOf) > now + tolerance) return fail({ code: 'fromTheFuture' });
  return ok({ ...snapshot.data, expires });
}
