import type { Desk } from '../desk/desk.ts';
import type { DraftStore } from '../desk/drafts.ts';
import type { Result } from '../desk/errors.ts';

/**
 * Ends the drafts whose case the desk holds already, or has on its way: they were filed, and the window died before it could end them.
 * A desk that cannot be asked leaves every draft as it is. Answers how many were ended.
 */
export async function endFiledDrafts(drafts: DraftStore, openDesk: () => Promise<Result<Desk>>): Promise<number> {
  const found = await drafts.list();
  if (!found.ok || found.value.length === 0) return 0;
  const desk = await openDesk();
  if (!desk.ok) return 0;
  let ended = 0;
  for (const { id, key } of found.value) {
    const filed = await desk.value.filedAs(key);
    // What is kept to be sent has left its draft too.
    const done = filed.ok ? filed.value !== undefined : filed.error.code === 'queued';
    if (done && (await drafts.discard(id)).ok) ended++;
  }
  return ended;
}
