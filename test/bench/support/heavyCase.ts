// One case with as much in it as a desk takes: its page has to stay quick.
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { StoredFile } from '../../../src/desk/case.ts';
import type { Result } from '../../../src/desk/errors.ts';
import { createDraftStore } from '../../../src/outbox/drafts.ts';
import { openDesk } from './desk.ts';

const notes = 500;
const notesWithFiles = 4;
const filesEach = 50;
const line = 'The queue grows, *nothing* is delivered; `drain()` stops after a minute. ';

function valueOf<Value, Failure>(result: Result<Value, Failure>): Value {
  if (result.ok) return result.value;
  throw new Error(`The desk refused: ${JSON.stringify(result.error)}`);
}

/** Files a case with a text of 100,000 characters, 500 notes, 200 files and an unsent note of 2 MB; answers its id. */
export async function addHeavyCase(folder: string): Promise<string> {
  const desk = await openDesk(folder);
  const kept: StoredFile[] = [];
  for (let place = 0; place < notesWithFiles * filesEach; place++) {
    const content = new TextEncoder().encode(`log ${String(place)}`);
    const chunks = async function* () {
      yield await Promise.resolve(content);
    };
    kept.push(valueOf(await desk.upload({ name: `trace-${String(place)}.log`, chunks })));
  }
  const text = line.repeat(2_000).slice(0, 100_000);
  const kind = { profile: 'm365China', category: 'technical', severity: 'B', service: 'Exchange Online' } as const;
  const said = { title: 'A case with everything', text, impact: '', resource: '', contact: '+420 555 010 020' };
  let { id, revision } = valueOf(
    await desk.file({ ...kind, ...said, places: [], files: [], zone: 'UTC' }, { key: randomUUID() }),
  );
  for (let place = 0; place < notes; place++) {
    const files = place < notesWithFiles ? kept.slice(place * filesEach, (place + 1) * filesEach) : [];
    const note = place === 0 ? text : `${line.repeat(4)}${String(place)}`;
    const write = { key: randomUUID(), revision };
    ({ id, revision } = valueOf(await desk.act(id, { kind: 'annotate', text: note, files }, write)));
  }
  desk.close();
  const drafts = createDraftStore(join(folder, 'drafts'), { now: () => Date.now(), id: randomUUID });
  valueOf(await drafts.writeNote(id, { text: line.repeat(30_000).slice(0, 2 * 1024 * 1024), title: said.title }));
  drafts.dispose();
  return id;
}
