import type { Result } from '../../desk/errors.ts';
import { fail, ok } from '../../desk/errors.ts';

/** Why a text is not the address of a desk. */
export type OriginRefusal =
  | 'notAnAddress'
  /** Neither https, nor http on this machine. */
  | 'notHttps'
  /** Holds a user or a password, by which an address can look like another. */
  | 'userInfo'
  /** Goes on after the host: a desk is the whole of its origin. */
  | 'moreThanOrigin'
  /** A host that ends with a dot is another name of the same place, and secrets are kept by name. */
  | 'trailingDot';

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The origin an address means, as it is to be shown and compared: lower case, punycode, without the port that goes
 * without saying. The text is parsed here and never again: whatever else it looks like, this is where requests go.
 */
export function parseOrigin(text: string): Result<string, OriginRefusal> {
  const typed = text.trim();
  // What a parser of addresses would quietly drop, turn or move stands for nothing honest.
  if (typed.length > 2_000 || !/^https?:\/\/[^/]/i.test(typed) || /[\s\\\p{Cc}\p{Cf}]/u.test(typed)) {
    return fail(/^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^https?:/i.test(typed) ? 'notHttps' : 'notAnAddress');
  }
  if (/^[^/]*\/\/[^/?#]*@/.test(typed)) return fail('userInfo');
  const url = URL.parse(typed);
  if (!url || /^[^/]*\/\/[^/?#]*%/.test(typed)) return fail('notAnAddress');
  if (url.username !== '' || url.password !== '') return fail('userInfo');
  if (url.protocol !== 'https:' && !loopback.has(url.hostname)) return fail('notHttps');
  if (url.hostname.endsWith('.')) return fail('trailingDot');
  return /^[^/]*\/\/[^/?#]+\/?$/.test(typed) ? ok(url.origin) : fail('moreThanOrigin');
}
