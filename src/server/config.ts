import * as z from 'zod/mini';
import { deskRoles } from '../desk/lifecycle.ts';
import { limits, line } from '../desk/text.ts';

/** The name of a tenant; also the name of its folder. */
export const TenantName = z.string().check(z.regex(/^[a-z0-9][a-z0-9-]{0,62}$/));

/** Only an address on this machine may go without TLS. */
const SafeUrl = z.url().check(z.regex(/^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/])[^\s@]*$/));

/** An issuer of access tokens that the desk accepts, such as a tenant of Microsoft Entra ID in any of its clouds. */
export const Issuer = z.strictObject({
  /** As in the claim `iss` of its tokens. */
  issuer: SafeUrl,
  /** What the claim `aud` must hold: this desk. */
  audience: line(300, 1),
  /** Where its keys are; without it they are looked up in its OpenID configuration. */
  jwks: z.optional(SafeUrl),
  /** The tenant its people belong to. */
  tenant: TenantName,
  /** By claim and value of the claim, what somebody is to the desk; who has none of them is nothing to it. */
  roles: z.record(line(100, 1), z.record(line(200, 1), z.array(z.enum(deskRoles)))),
  /** The claim that names a person for ever. */
  subject: z._default(line(100, 1), 'sub'),
});
export type Issuer = z.infer<typeof Issuer>;

/** `desk.json` in the data folder; everything in it can be left out. */
export const Config = z.strictObject({
  issuers: z._default(z.array(Issuer).check(z.maxLength(50)), []),
  /** Proxies whose word about where a request comes from is believed: addresses or ranges. */
  trustedProxies: z._default(z.array(line(100, 1)), []),
  /** At most so many connections to PostgreSQL from this copy, all tenants together. */
  databaseConnections: z._default(z.int().check(z.minimum(3), z.maximum(1_000)), 20),
  /** At most so many bytes of texts and files in one case, and in all cases of a tenant together. */
  caseBytes: z._default(z.int().check(z.minimum(limits.fileBytes)), limits.caseBytes),
  tenantBytes: z._default(z.int().check(z.minimum(limits.fileBytes)), limits.tenantBytes),
});
export type Config = z.infer<typeof Config>;
