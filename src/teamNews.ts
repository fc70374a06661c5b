// What somebody else did at a team desk and the user should know of.
import * as vscode from 'vscode';
import type { Member } from './desk/group.ts';
import { isQuiet, readNews, type News } from './desk/news.ts';
import { executeCommand } from './host/commandMap.ts';
import type { Following } from './host/following.ts';
import { notify } from './host/notify.ts';
import { safeText } from './host/safeText.ts';
import type { Services } from './host/services.ts';
import type { Instant } from './rules/decision.ts';

/** There is never more than one message in this time, in milliseconds. */
const pause = 60_000;

export interface TeamNewsOptions {
  readonly now: () => Instant;
  readonly following: Following;
  readonly services: () => Pick<Services, 'settings' | 'strings'>;
}

/** Tells of what needs the user, quietly and at most once in a while; the badge shows the rest. */
export class TeamNews {
  readonly #options: TeamNewsOptions;
  #last = -Infinity;

  constructor(options: TeamNewsOptions) {
    this.#options = options;
  }

  /** Reads what is new at these desks and tells of it, unless it is quiet now or was not a moment ago. */
  async tell(members: readonly Member[]): Promise<void> {
    const { now, following } = this.#options;
    const services = this.#options.services();
    const news: News[] = [];
    for (const { id, desk } of members) {
      const since = following.toldUntil(id);
      const known = await readNews(desk, since, caseId => following.follows(id, caseId));
      news.push(...known.news);
      if (known.until !== since) await following.told(id, known.until);
    }
    const { settings } = await services.settings();
    const [first] = news;
    const clock = new Date(now());
    if (first === undefined || isQuiet(settings.quietHours, clock.getHours() * 60 + clock.getMinutes())) return;
    if (now() - this.#last < pause) return;
    this.#last = now();
    const strings = await services.strings();
    if (news.length === 1) {
      const open = { label: safeText(strings, 'team.news.open'), value: true };
      const { number } = first;
      if (await notify.info(safeText(strings, `team.news.${first.status}`, { number }), open))
        await executeCommand('casebook.openCase', { caseId: first.id });
      return;
    }
    const show = { label: safeText(strings, 'team.news.show'), value: true };
    const many = safeText(strings, 'view.badge.other', { count: news.length });
    if (await notify.info(many, show)) await vscode.commands.executeCommand('casebook.cases.focus');
  }
}
