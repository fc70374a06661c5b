// A window of its own, as a process, that writes three drafts without end: `node window.ts FOLDER`.
import { value } from '../desk/build.ts';
import { content, drafts } from './build.ts';

const store = drafts(process.argv[2] ?? '');
const first = (): Promise<string> => store.create(content({ title: 'revision 1' })).then(done => value(done).id);
const ids = [await first(), await first(), await first()];
for (let revision = 1; ; revision++) {
  for (const id of ids) {
    value(await store.write(id, revision, content({ title: `revision ${revision + 1}` })));
    process.send?.({ id, revision: revision + 1 });
  }
}
