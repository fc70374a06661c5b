import * as vscode from 'vscode';
import type { Disposable } from './disposables.ts';

/** The one log. It takes codes, ids and counts, never what a person wrote, a path or an answer. */
export interface Log extends Disposable {
  info(event: string, details?: Readonly<Record<string, string | number | boolean>>): void;
  /** Logs where and what kind of error it was; the message is left out because it may quote what a person wrote. */
  error(event: string, error: unknown): void;
  show(): void;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  const frames = error.stack?.split('\n').filter(line => line.trimStart().startsWith('at ')) ?? [];
  return `${error.name}${code}\n${frames.slice(0, 8).join('\n')}`;
}

/** Opens the log channel; VS Code writes it to the user's log folder. */
export function openLog(): Log {
  const channel = vscode.window.createOutputChannel('Casebook', { log: true });
  return {
    info: (event, details) => channel.info(details ? `${event} ${JSON.stringify(details)}` : event),
    error: (event, error) => channel.error(`${event}: ${describe(error)}`),
    show: () => channel.show(),
    dispose: () => channel.dispose(),
  };
}
