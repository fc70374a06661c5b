// A copy of the team desk with 50 writers, as a process: `node postgresWriter.ts ADDRESS TENANT`. Says each case that was
// acknowledged.
import { newCase, once } from '../desk/build.ts';
import { deskOver } from './bench.ts';
import { openTenant } from './postgresBench.ts';

const [database = '', tenant = ''] = process.argv.slice(2);
const { store } = await openTenant({ database, tenant });
const desk = deskOver(store, {}, Date.now);
async function write(): Promise<never> {
  for (;;) {
    const answer = await desk.file(newCase(), once());
    if (answer.ok) process.send?.({ id: answer.value.id });
  }
}
await Promise.all(Array.from({ length: 50 }, write));
