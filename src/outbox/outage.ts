import type { Outage } from '../desk/outage.ts';
import type { Instant } from '../rules/decision.ts';
import { codeOf, type Folder } from './files.ts';

/** How long a desk is left alone before one window tries it again, in milliseconds. */
const pause = 30_000;
/** A mark that nobody moved for so long after its pause tells nothing any more, in milliseconds. */
const longestSilence = 10 * pause;
const nameForm = /^down~\d{13}$/;

/**
 * What the windows tell each other of a desk that is down: an empty file in its folder, whose name says until when it is
 * left alone. Whoever moves it by `rename` tries the desk, and of several windows one succeeds. Nothing is read from it,
 * and one that the clock as it is now cannot have made tells nothing.
 */
export function createOutage(folder: Folder, now: () => Instant): Outage {
  const fresh = (): string => folder.at(`down~${Math.trunc(now()) + pause}`);
  const marks = async (): Promise<string[]> => (await folder.names()).filter(name => nameForm.test(name)).sort();

  async function claim(): Promise<boolean | undefined> {
    // Several windows may have made one at the same time: the last holds.
    const mark = (await marks()).at(-1);
    if (mark === undefined) return undefined;
    const left = Number(mark.slice(5)) - now();
    if (left > pause || left < -longestSilence) return undefined;
    if (left > 0) return false;
    try {
      await folder.fs.rename(folder.at(mark), fresh());
      return true;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }
  async function end(): Promise<void> {
    for (const mark of await marks()) await folder.remove(mark);
  }
  return {
    claim,
    end,
    async begin() {
      if ((await claim()) !== undefined) return;
      await end();
      await folder.fs.mkdir(folder.path, { recursive: true, mode: 0o700 });
      await (await folder.fs.open(fresh(), 'w', 0o600)).close();
    },
  };
}
