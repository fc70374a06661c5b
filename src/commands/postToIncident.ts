import type { Incident } from '../desk/health.ts';
import { fail, ok, type Result } from '../desk/errors.ts';
import type { Run } from '../host/commandMap.ts';
import { safeText } from '../host/safeText.ts';
import { parseArgument } from './argument.ts';
import { askText } from './ask.ts';
import { choose } from './choose.ts';
import { atDesk, sayDeskError, type AtDesk } from './desk.ts';
import { incidentRows, statusRows } from './incidentRows.ts';
import { say } from './say.ts';
import { writeOnce } from './write.ts';

const title = 'command.post.title';

async function find({ desk }: AtDesk, id: string): Promise<Result<Incident>> {
  const board = await desk.incidents();
  if (!board.ok) return board;
  const incident = board.value.find(one => one.id === id);
  return incident === undefined ? fail({ code: 'notFound' }) : ok(incident);
}

async function pickIncident(at: AtDesk): Promise<string | undefined> {
  const board = await at.desk.incidents();
  if (!board.ok) {
    sayDeskError(at, board.error);
    return undefined;
  }
  if (board.value.length > 0) return choose(at.strings.t(title), incidentRows(board.value, at.strings));
  say.info(safeText(at.strings, 'command.noIncident'));
  return undefined;
}

/** Posts to an incident of the local board, and may change where it stands. */
export const run: Run = async (services, argument) => {
  const given = parseArgument(argument);
  if (given.kind !== 'none' && given.kind !== 'incident') return;
  const at = await atDesk(services);
  if (at === undefined) return;
  const id = given.kind === 'incident' ? given.incidentId : await pickIncident(at);
  if (id === undefined) return;
  const found = await find(at, id);
  if (!found.ok) {
    if (found.error.code === 'notFound') say.warn(safeText(at.strings, 'command.post.gone'));
    else sayDeskError(at, found.error);
    return;
  }
  const status = await choose(at.strings.t('command.post.status'), statusRows(found.value.status, at.strings));
  if (status === undefined) return;
  const text = await askText(at.strings, { title, prompt: 'command.post.prompt', required: true });
  if (text === undefined) return;
  await writeOnce(at, 'casebook.health', {
    revision: found.value.revision,
    write: (key, revision) => at.desk.postToIncident(id, { status, text }, { key, revision }),
    readRevision: async () => {
      const newer = await find(at, id);
      return newer.ok ? ok(newer.value.revision) : newer;
    },
  });
};
