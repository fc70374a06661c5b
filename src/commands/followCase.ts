import type { Run } from '../host/commandMap.ts';
import { safeText } from '../host/safeText.ts';
import { say } from './say.ts';
import { caseFor } from './target.ts';

const follow =
  (on: boolean): Run =>
  async (services, argument) => {
    const at = await caseFor(services, argument, 'team.follow.title');
    if (at === undefined) return;
    const { number, followed } = at.case;
    if (followed === undefined) {
      say.info(safeText(at.strings, 'team.follow.own'));
      return;
    }
    await (await services.connections()).follow(at.case, on);
    say.info(safeText(at.strings, on ? 'team.follow.on' : 'team.follow.off', { number }));
  };

/** Has the user told when somebody brings a case of a team desk to where it needs them. */
export const run = follow(true);
/** Has them told no more. */
export const end = follow(false);
