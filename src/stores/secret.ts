import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { KeptToken, Token } from '../desk/tokens.ts';

/*
 * A personal token is `csbk_`, 256 random bits and a checksum, both base64url. The prefix lets scanners of leaked secrets
 * find it; the checksum tells a mistyped or made-up one without a look-up.
 */
const prefix = 'csbk_';
const shape = /^csbk_[\w-]{49}$/;
const checked = prefix.length + 43;

function checksum(text: string): string {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(text));
  return sum.toString('base64url');
}

/** A new token in full, to be shown once, and what is kept of it. */
export function makeToken(of: Omit<Token, 'id'>, random: (bytes: number) => Buffer = randomBytes): [string, KeptToken] {
  const text = `${prefix}${random(32).toString('base64url')}`;
  const secret = `${text}${checksum(text)}`;
  const sha256 = hash('sha256', secret);
  return [secret, { ...of, id: sha256.slice(0, 16), sha256 }];
}

/** How a token is found and compared; nothing when the text is no token. */
export function tracesOf(secret: string): Pick<KeptToken, 'id' | 'sha256'> | undefined {
  if (!shape.test(secret) || checksum(secret.slice(0, checked)) !== secret.slice(checked)) return undefined;
  const sha256 = hash('sha256', secret);
  return { id: sha256.slice(0, 16), sha256 };
}

/** Compares two hashes in a time that does not tell where they differ. */
export function isSameHash(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one, 'hex'), Buffer.from(other, 'hex')];
  return a.length === 32 && b.length === 32 && timingSafeEqual(a, b);
}
