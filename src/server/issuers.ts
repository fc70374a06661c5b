import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod/mini';
import { cleanLine } from '../desk/clean.ts';
import { fail, ok } from '../desk/errors.ts';
import { deskRoles, type DeskRole } from '../desk/lifecycle.ts';
import type { Instant } from '../rules/decision.ts';
import type { SignIn } from './callers.ts';
import type { Issuer } from './config.ts';

/** Nothing symmetric, and never `none`. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
/** Seconds by which clocks may differ. */
const clockTolerance = 60;
const patience = 5_000;
const keyTroubles = ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'];

const unknown = fail({ code: 'unauthenticated' } as const);
const away = fail({ code: 'unavailable', retryAfter: 5 } as const);

const Configuration = z.object({ issuer: z.string(), jwks_uri: z.url() });

/** Where an issuer says its keys are. */
async function keysOf(issuer: string): Promise<URL> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(patience) });
  if (!answer.ok) throw new Error('no OpenID configuration');
  const told = Configuration.parse(await answer.json());
  const keys = new URL(told.jwks_uri);
  if (told.issuer !== issuer || keys.protocol !== new URL(issuer).protocol) throw new Error('another issuer');
  return keys;
}

function valuesOf(claim: unknown): string[] {
  if (typeof claim === 'string') return [claim];
  return Array.isArray(claim) ? claim.filter(value => typeof value === 'string') : [];
}

/** What the claims make somebody, by the table of the issuer. */
export function rolesOf(claims: JWTPayload, table: Issuer['roles']): DeskRole[] {
  const held = Object.entries(table).flatMap(([claim, roles]) => {
    const values = Object.hasOwn(claims, claim) ? valuesOf(claims[claim]) : [];
    return values.flatMap(value => (Object.hasOwn(roles, value) ? (roles[value] ?? []) : []));
  });
  return deskRoles.filter(role => held.includes(role));
}

function nameOf({ name, preferred_username: login, sub }: JWTPayload): string {
  const [first] = [name, login, sub].filter(text => typeof text === 'string').map(text => cleanLine(text));
  return (first ?? '').slice(0, 100);
}

/** What a token says it is from, before anything of it is believed. */
function claimedIssuer(token: string): unknown {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    return typeof claims === 'object' && claims !== null && 'iss' in claims ? claims.iss : undefined;
  } catch {
    return undefined;
  }
}

/** Knows the holders of access tokens of these issuers. Keys are fetched when first needed, and again when they rolled over. */
export function issuerSignIn(issuers: readonly Issuer[], now: () => Instant, report: (error: unknown) => void): SignIn {
  const known = new Map<string, Promise<JWTVerifyGetKey>>();
  const keys = ({ issuer, jwks }: Issuer): Promise<JWTVerifyGetKey> => {
    const found =
      known.get(issuer) ??
      (async () =>
        createRemoteJWKSet(jwks === undefined ? await keysOf(issuer) : new URL(jwks), { timeoutDuration: patience }))();
    known.set(issuer, found);
    found.catch(() => known.delete(issuer));
    return found;
  };
  return async token => {
    const claimed = claimedIssuer(token);
    const from = issuers.find(({ issuer }) => issuer === claimed);
    if (!from) return unknown;
    try {
      const { audience, issuer, roles, tenant, subject } = from;
      const expected = { issuer, audience, algorithms, clockTolerance, currentDate: new Date(now()) };
      const { payload } = await jwtVerify(token, await keys(from), { ...expected, requiredClaims: ['exp', subject] });
      const id = payload[subject];
      if (typeof id !== 'string' || id === '') return unknown;
      const name = nameOf(payload);
      return ok({ id: `${issuer}#${id}`, name, tenant, roles: rolesOf(payload, roles), scope: 'write' });
    } catch (error) {
      // What is wrong with a token has a code of its own; the rest is about getting the keys.
      const isKnown = error instanceof errors.JOSEError && !keyTroubles.includes(error.code);
      if (isKnown) return unknown;
      report(error);
      return away;
    }
  };
}
