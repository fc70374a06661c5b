import * as vscode from 'vscode';
import type { SignInKind } from './settingsSchema.ts';

type Provider = Exclude<SignInKind, 'token'>;

async function ask(
  provider: Provider,
  scopes: readonly string[],
  how: vscode.AuthenticationGetSessionOptions,
): Promise<string | undefined> {
  try {
    return (await vscode.authentication.getSession(provider, scopes, how))?.accessToken;
  } catch {
    // The user turned away, or nothing in this editor signs in there.
    return undefined;
  }
}

/** What signs in as the user's account with Microsoft, without asking; nothing where they are not signed in. */
export const silentSession = (provider: Provider, scopes: readonly string[]): Promise<string | undefined> =>
  ask(provider, scopes, { silent: true });

/**
 * Lets the user sign in, once: whatever comes of it, they are not asked again. Right after a good sign-in the editor may
 * answer nothing and know it a moment later, so it is looked at a second time without asking.
 */
export async function signInAtMicrosoft(provider: Provider, scopes: readonly string[]): Promise<boolean> {
  const session = await ask(provider, scopes, { createIfNone: true });
  return (session ?? (await silentSession(provider, scopes))) !== undefined;
}
