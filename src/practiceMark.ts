// How a window that puts fresh sample cases in place has the others that practise follow it.
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { Disposable } from './host/disposables.ts';
import { Folder, realFs } from './outbox/files.ts';
import { watchFolder } from './outbox/watch.ts';
import type { Instant } from './rules/decision.ts';

/** When the samples were put there, by whom, and the time at which practice begins with them. */
const nameForm = /^(\d{1,15})~([0-9a-f-]{36})~(-?\d{1,15})~[0-9a-f-]{36}$/;
/** Beside the practice desk, whose own folder goes when it starts anew. */
const marksOf = (practice: string): Folder => new Folder(join(dirname(practice), 'anew'), realFs);

/** Leaves one empty file whose name is new, by which others know that `window` put fresh samples there. */
export async function markAnew(practice: string, window: string, begins: Instant): Promise<void> {
  const marks = marksOf(practice);
  const name = `${String(Date.now())}~${window}~${String(Math.trunc(begins))}~${randomUUID()}`;
  const before = await marks.names();
  await marks.create(name, '');
  for (const other of before) await marks.remove(other);
}

/** Tells a window when another has put fresh samples there, with the time at which practice begins. */
export function watchAnew(
  practice: string,
  window: string,
  anew: (begins: Instant) => void,
  failed: (error: unknown) => void,
): Disposable {
  const marks = marksOf(practice);
  let known: string | undefined;
  const look = async (heard: boolean): Promise<void> => {
    const [newest] = (await marks.names())
      .flatMap(name => {
        const [, at, by, begins] = nameForm.exec(name) ?? [];
        return by === undefined ? [] : [{ name, at: Number(at), by, begins: Number(begins) }];
      })
      .sort((one, other) => other.at - one.at);
    if (newest === undefined || newest.name === known) return;
    known = newest.name;
    if (heard && newest.by !== window) anew(newest.begins);
  };
  const started = look(false).catch(failed);
  const stop = watchFolder(marks, () => void started.then(() => look(true)).catch(failed), failed);
  return { dispose: stop };
}
