import type { Result } from '../desk/errors.ts';
import { fail, ok } from '../desk/errors.ts';
import type { DeskRole } from '../desk/lifecycle.ts';
import type { Scope, Tokens } from '../desk/tokens.ts';
import type { Instant } from '../rules/decision.ts';
import { isSameHash, tracesOf } from '../stores/secret.ts';
import type { Trouble } from './problems.ts';

/** Who is asking, once that was proved. */
export interface Caller {
  /** The same for all tokens of a person; writes are repeated by it. */
  readonly id: string;
  readonly name: string;
  readonly tenant: string;
  readonly roles: readonly DeskRole[];
  readonly scope: Scope;
}

/** Finds out who holds a credential; `unauthenticated` when nobody does, any longer or yet. */
export type SignIn = (credential: string) => Promise<Result<Caller, Trouble>>;

const unknown = fail({ code: 'unauthenticated' } as const);

/** Knows the holders of personal tokens. */
export function tokenSignIn(tokens: Pick<Tokens, 'find'>, now: () => Instant): SignIn {
  return async credential => {
    const traces = tracesOf(credential);
    if (!traces) return unknown;
    const found = await tokens.find(traces.id);
    if (!found.ok) return found;
    const token = found.value;
    if (!token || !isSameHash(token.sha256, traces.sha256)) return unknown;
    if (token.revokedAt !== undefined || token.expiresAt <= now()) return unknown;
    const { tenant, person, roles, scope } = token;
    return ok({ id: `token:${person}`, name: person, tenant, roles, scope });
  };
}

/** Asks in turn: personal tokens are told by their prefix, so a token of an issuer never reaches their table. */
export function signInBy(byToken: SignIn, byIssuer: SignIn | undefined): SignIn {
  return credential => {
    if (credential.startsWith('csbk_')) return byToken(credential);
    return byIssuer ? byIssuer(credential) : Promise.resolve(unknown);
  };
}

/** The credential of a header `Authorization: Bearer …`. */
export function bearerOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer ([\w~+/.=-]{1,8000})$/i.exec(header)?.[1];
}
