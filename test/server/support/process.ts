import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { makeToken } from '../../../src/stores/secret.ts';
import { openTokens } from '../../../src/stores/openTokens.ts';
import { value } from '../../desk/build.ts';
import { everyRole } from '../../desk/conformance.ts';

const script = fileURLToPath(new URL('../../../src/server/main.ts', import.meta.url));

/** A team desk as a process of its own. */
export interface DeskProcess {
  readonly url: string;
  readonly process: ChildProcess;
  /** The lines of its log. */
  readonly lines: readonly string[];
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts the desk on a data folder, or on the PostgreSQL at an address, and waits until it listens. */
export function startProcess(data: string, database = ''): Promise<DeskProcess> {
  return startServing([script, '--data', data, '--port', '0'], { DATABASE_URL: database });
}

/** Starts a program of ours that logs as the desk does, and waits until it listens. */
export async function startServing(args: readonly string[], env: NodeJS.ProcessEnv): Promise<DeskProcess> {
  const child = spawn(process.execPath, ['--no-warnings', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<number | NodeJS.Signals | null>(resolve => {
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  const lines: string[] = [];
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      const parts = (text + piece).split('\n');
      text = parts.pop() ?? '';
      for (const line of parts) {
        lines.push(line);
        const { event, address } = JSON.parse(line) as { event: string; address?: string };
        if (event === 'listening' && address !== undefined) resolve(address);
      }
    });
    void ended.then(how => reject(new Error(`the desk ended with ${String(how)}: ${lines.join(' ')}`)));
  });
  return { url, process: child, lines, ended };
}

/** A token for a desk that need not run. */
export async function tokenFor(data: string, tenant = 'main', database = ''): Promise<string> {
  const tokens = value(await openTokens({ data, database }));
  const createdAt = Date.now();
  const [secret, kept] = makeToken({
    ...{ tenant, person: 'Jana', roles: [...everyRole], scope: 'write', createdAt },
    expiresAt: createdAt + 86_400_000,
  });
  value(await tokens.add(kept));
  tokens.close();
  return secret;
}
