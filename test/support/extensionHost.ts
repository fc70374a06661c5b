// Ends the extension host the hard way, as a crash would. Reads /proc, so it works on Linux only.
import { readFile, readdir } from 'node:fs/promises';

/** Kills the extension host of the server that leads this process group. */
export async function killExtensionHostOf(processGroup: number): Promise<void> {
  for (const pid of (await readdir('/proc')).filter(name => /^\d+$/.test(name))) {
    const [command = '', status = ''] = await Promise.all(
      ['cmdline', 'stat'].map(file => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    );
    // After the name in brackets, `stat` goes on with state, parent and process group.
    const group = Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[2]);
    if (group === processGroup && command.includes('--type=extensionHost'))
      return void process.kill(Number(pid), 'SIGKILL');
  }
  throw new Error('The server runs no extension host.');
}
