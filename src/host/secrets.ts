import * as z from 'zod/mini';
import { signIns, type Connection, type SignInKind } from './settingsSchema.ts';

/** VS Code's storage of secrets, as far as it is used. */
export interface SecretStorage {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/**
 * What is kept once a user agreed to a desk, by its origin: how they sign in there and, where that is a token, the token.
 * Without it nobody is signed in, whatever the settings say.
 */
const Kept = z.strictObject({ signIn: z.enum(signIns), token: z.optional(z.string().check(z.maxLength(10_000))) });
export type KeptSignIn = z.infer<typeof Kept>;

/** The name a secret is kept under: no other origin has it, and it does not tell which one it is of. */
export async function secretName(origin: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(origin));
  return `casebook.desk.${Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Sign-ins by origin. One that is gone or cannot be read is as if nobody had signed in. */
export class DeskSecrets {
  readonly #storage: SecretStorage;

  constructor(storage: SecretStorage) {
    this.#storage = storage;
  }

  async read(origin: string): Promise<KeptSignIn | undefined> {
    try {
      const kept = z.safeParse(Kept, JSON.parse((await this.#storage.get(await secretName(origin))) ?? ''));
      return kept.success ? kept.data : undefined;
    } catch {
      return undefined;
    }
  }

  async keep(origin: string, signIn: KeptSignIn): Promise<void> {
    await this.#storage.store(await secretName(origin), JSON.stringify(signIn));
  }

  async forget(origin: string): Promise<void> {
    await this.#storage.delete(await secretName(origin));
  }
}

/** Asks Microsoft for what signs in at a desk, without asking the user; nothing where they are not signed in. */
export type SilentSession = (
  provider: Exclude<SignInKind, 'token'>,
  scopes: readonly string[],
) => Promise<string | undefined>;

/** What signs in at a connection's origin, unless it is what was just refused there. */
export async function tokenOf(
  { origin, signIn, scopes = [] }: Pick<Connection, 'origin' | 'signIn' | 'scopes'>,
  secrets: DeskSecrets,
  session: SilentSession,
  refused?: string,
): Promise<string | undefined> {
  const kept = await secrets.read(origin);
  // Another way than the one agreed to was written into the settings: then nobody agreed.
  if (kept?.signIn !== signIn) return undefined;
  const token = signIn === 'token' ? kept.token : await session(signIn, scopes);
  return token === refused ? undefined : token;
}
