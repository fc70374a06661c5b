import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('window.ts', import.meta.url));

/** Another window: a process that uses the desk in a folder as `window.ts` says. */
export function otherWindow(task: string, folder: string, ...more: string[]): ChildProcess {
  const stdio = ['ignore', 'inherit', 'inherit', 'ipc'] as const;
  return fork(script, [task, folder, ...more], { execArgv: ['--no-warnings'], stdio: [...stdio] });
}

export function ended(window: ChildProcess): Promise<number | NodeJS.Signals | null> {
  return new Promise(resolve => window.once('exit', (code, signal) => resolve(code ?? signal)));
}

/** The next message of a window that satisfies `is`. */
export function said<Message>(window: ChildProcess, is: (message: unknown) => message is Message): Promise<Message> {
  return new Promise((resolve, reject) => {
    window.once('exit', code => reject(new Error(`the window ended with ${String(code)}`)));
    window.on('message', message => {
      if (is(message)) resolve(message);
    });
  });
}

/** Runs a window to its end. */
export async function child(task: string, folder: string, ...more: string[]): Promise<void> {
  const code = await ended(otherWindow(task, folder, ...more));
  if (code !== 0 && code !== 'SIGKILL') throw new Error(`${task} ended with ${String(code)}`);
}
