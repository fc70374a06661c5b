// A window of its own, as a process, that writes notes and sends what waits. Its task is the first message.
import type { CaseAction, CaseDetail } from '../../src/desk/case.ts';
import type { Desk } from '../../src/desk/desk.ts';
import { fail, ok, type Result } from '../../src/desk/errors.ts';
import { createCache } from '../../src/outbox/cache.ts';
import { createOfflineDesk } from '../../src/outbox/offlineDesk.ts';
import { Queue } from '../../src/outbox/queue.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';
import { watched } from './faultyFiles.ts';
import { note } from './remote.ts';

/** What a worker is told. */
export interface Task {
  readonly folder: string;
  readonly url: string;
  /** The notes to write, in order. */
  readonly notes: readonly { readonly key: string; readonly caseId: string; readonly text: string }[];
  /** The call of the file system before which it dies. */
  readonly dieAt?: number | undefined;
}
const task = new Promise<Task>(resolve => process.once('message', told => resolve(told as Task)));
const { folder, url, notes, dieAt } = await task;

async function ask<Answer>(path: string, body: unknown): Promise<Result<Answer>> {
  try {
    const response = await fetch(`${url}${path}`, { method: 'POST', body: JSON.stringify(body) });
    return (await response.json()) as Result<Answer>;
  } catch {
    return fail({ code: 'unreachable' });
  }
}
const remote: Desk = {
  ...memoryDesk(),
  get: id => ask<CaseDetail>('/get', { id }),
  act: (id, action: CaseAction, write) => ask<CaseDetail>('/act', { id, action, write }),
};

const fs = watched((_call, nth) => {
  if (nth === dieAt) process.kill(process.pid, 'SIGKILL');
});
const now = (): number => Date.now();
const queue = new Queue(`${folder}/outbox`, { desk: 'team', now, fs });
const cache = createCache(`${folder}/cache`, { now });
// Pauses are short, so that the test is.
const desk = await createOfflineDesk(() => Promise.resolve(ok(remote)), queue, cache, { now, random: () => 0.02 });
// Its timers do not keep a window alive: the person does.
setInterval(() => undefined, 60_000);
process.on('disconnect', () => process.exit());

/** Writes as a person does: who is told that the case changed looks at it and sends the note again. */
async function write({ key, caseId, text }: Task['notes'][number]): Promise<unknown> {
  for (;;) {
    const shown = await desk.get(caseId);
    const answer = await desk.act(caseId, note(text), { key, revision: shown.ok ? shown.value.revision : 1 });
    if (answer.ok || answer.error.code === 'queued') return key;
    if (answer.error.code !== 'conflict') return { key, refused: answer.error.code };
  }
}
for (const one of notes) process.send?.(await write(one));
process.send?.('done');
