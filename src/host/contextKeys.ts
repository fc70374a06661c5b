import * as vscode from 'vscode';
import type { contextKeyNames } from './ids.ts';

type Name = (typeof contextKeyNames)[number];
/** Every context key of ours with the values it takes. */
export type ContextKeys = Readonly<Record<Exclude<Name, 'casebook.cases' | 'casebook.health'>, boolean>> &
  Readonly<Record<'casebook.cases' | 'casebook.health', 'loading' | 'empty' | 'some'>>;

const current = new Map<string, unknown>();

/** Sets a context key, and does nothing when it has that value already. */
export function setContextKey<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  if (current.get(key) === value) return;
  current.set(key, value);
  void vscode.commands.executeCommand('setContext', key, value);
}
