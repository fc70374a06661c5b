import type { Desk } from '../desk/desk.ts';
import type { Incident } from '../desk/health.ts';
import type { DeskError, Result } from '../desk/errors.ts';
import type { DraftContent } from '../desk/drafts.ts';
import { seenIncident } from '../desk/openIssues.ts';
import { DisposableStore, type Disposable } from '../host/disposables.ts';
import type { HealthSources } from '../host/services.ts';
import { Channel } from '../protocol/channel.ts';
import {
  incidentHost,
  incidentLabels,
  incidentPage,
  type IncidentAction,
  type IncidentStart,
  type ShownIncident,
  type Subject,
} from '../protocol/incident.ts';
import type { Span } from '../protocol/incidentWords.ts';
import type { Strings } from '../strings/strings.ts';
import { historyOf, numberOf, presentHistory, presentIncident, type Found } from './incidentView.ts';
import { Latest } from './latest.ts';
import type { IncidentPorts, RowId } from './ports.ts';
import { deskErrorText, labelTable } from './sentences.ts';
import { titlePart } from './tabTitle.ts';

interface Ground {
  readonly strings: Strings;
  readonly health: HealthSources;
  readonly board: readonly Incident[];
  readonly deskError: DeskError | undefined;
}

/** The host side of a page of an incident, an announcement, or what happened on a service: shows it as it is now. */
export class IncidentController implements Disposable {
  readonly subject: Subject;
  readonly #ports: IncidentPorts;
  readonly #channel: Channel<typeof incidentHost, typeof incidentPage>;
  readonly #owned = new DisposableStore();
  readonly #refreshes = new Latest(() => this.#refresh());
  readonly #leaving = new AbortController();
  #ground: Ground | undefined;
  #found: Found | undefined;
  #listed: readonly Subject[] = [];
  #span: Span = 7;
  /** The issue as its source answered when asked for it alone, and which version of the reading that was asked for. */
  #asked: { readonly version: string; readonly found?: Found } | undefined;
  #shown = '';
  #watched: Desk | undefined;
  #health: HealthSources | undefined;

  constructor(ports: IncidentPorts, subject: Subject) {
    this.subject = subject;
    this.#ports = ports;
    const wire = {
      session: crypto.randomUUID(),
      post: (message: unknown) => ports.post(message),
      failed: (name: string, error: unknown) => ports.log.error(`incident.${name}`, error),
    };
    const asks = {
      start: () => this.start(),
      run: ({ action }: { action: IncidentAction }) => this.#run(action),
    };
    const tells = {
      open: async ({ index }: { index: number }) => {
        const subject = this.#listed[index];
        if (subject) await ports.open(subject);
      },
      span: ({ days }: { days: Span }) => {
        this.#span = days;
        this.#show();
      },
      tryAgain: () => this.refresh(),
    };
    this.#channel = new Channel(incidentHost, incidentPage, { asks, tells }, wire);
    this.#owned.add({ dispose: () => this.#channel.close() });
    this.#owned.add({ dispose: () => this.#leaving.abort() });
  }

  receive(message: unknown): Promise<void> {
    return this.#channel.receive(message);
  }

  /** The board, a source, the settings or the language may have changed. */
  refresh(): void {
    if (this.#ground) this.#refreshes.set(undefined);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** What the page shows first: put into its document, and told again when it asks. */
  async start(): Promise<IncidentStart> {
    const { strings } = await this.#read();
    const shown = this.#view();
    this.#shown = JSON.stringify(shown);
    return { id: JSON.stringify(this.subject), labels: labelTable(strings, incidentLabels), shown };
  }

  async #read(): Promise<Ground> {
    const [strings, opened, health] = await Promise.all([
      this.#ports.strings(),
      this.#ports.desk(),
      this.#ports.health(),
    ]);
    this.#watch(health, opened.ok ? opened.value : undefined);
    const board: Result<readonly Incident[]> = opened.ok ? await opened.value.incidents() : opened;
    this.#ground = {
      ...{ strings, health, board: board.ok ? board.value : [] },
      deskError: board.ok ? undefined : board.error,
    };
    await this.#find(this.#ground);
    return this.#ground;
  }

  #watch(health: HealthSources, desk: Desk | undefined): void {
    if (this.#health !== health) {
      this.#health = health;
      this.#owned.add({ dispose: health.onDidChange(() => this.refresh()) });
      // Sources are read while somebody looks.
      this.#owned.add({ dispose: health.look() });
    }
    if (!desk || this.#watched === desk) return;
    this.#watched = desk;
    const stop = desk.onDidChange(({ cases, incidents }) => {
      if (incidents || !cases) this.refresh();
    });
    this.#owned.add({ dispose: stop });
  }

  async #find({ board, health }: Ground): Promise<void> {
    if ('service' in this.subject) return;
    const { source: name, id } = this.subject;
    if (name === undefined) {
      const incident = board.find(one => one.id === id);
      this.#found = incident && { kind: 'board', incident };
      return;
    }
    // What was seen by somebody else is of the same source, under a name of its own.
    const all = health.all();
    const source = all.find(one => one.id === name) ?? all.find(one => one.state.reading?.source === name);
    const issue = source?.state.reading?.issues.find(one => one.id === id);
    const notice = source?.state.reading?.notices.find(one => one.id === id);
    this.#found =
      source && issue
        ? { kind: 'issue', issue, source }
        : source && notice
          ? { kind: 'notice', notice, source }
          : undefined;
    if (!source || notice || source.seenBy) return;
    // What a source lists may be shortened: it is asked for the whole once for each change.
    const version = JSON.stringify([issue?.updatedAt, source.state.reading?.asOf === undefined]);
    if (this.#asked?.version !== version) {
      this.#asked = { version };
      const asking = health.issue(name, id, this.#leaving.signal).then(answer => {
        if (answer.ok) this.#asked = { version, found: { kind: 'issue', issue: answer.value, source } };
        return answer.ok;
      });
      if (issue) void asking.then(came => came && this.refresh());
      else await asking;
    }
    const whole = this.#asked.found;
    if (whole?.kind === 'issue') this.#found = { kind: 'issue', issue: whole.issue, source };
  }

  #view(): ShownIncident {
    if (!this.#ground) return { ok: false, text: '' };
    const { strings, health, board, deskError } = this.#ground;
    const reader = { strings, zone: this.#ports.zone, now: this.#ports.now() };
    if ('service' in this.subject) {
      const { service } = this.subject;
      const happened = historyOf(service, this.#span, board, health.all(), reader);
      this.#listed = happened.map(({ subject }) => subject);
      this.#ports.setTitle(strings.t('page.history.heading', { service: titlePart(service, strings) }));
      const entries = happened.map(({ entry }) => entry);
      return { ok: true, view: presentHistory(service, this.#span, entries, reader) };
    }
    if (!this.#found) {
      const isLost = this.subject.source === undefined && deskError !== undefined;
      return { ok: false, text: isLost ? deskErrorText(strings, deskError) : strings.t('page.incident.gone') };
    }
    const view = presentIncident(this.#found, this.#link() !== undefined, reader);
    this.#ports.setTitle(`${view.lead} ${titlePart(view.title, strings)}`);
    return { ok: true, view };
  }

  #link(): string | undefined {
    const found = this.#found;
    if (!found || found.kind === 'board') return undefined;
    const kind = found.kind === 'notice' ? 'notice' : 'issue';
    return this.#ground?.health.link(found.source.id, kind, numberOf(found));
  }

  async #refresh(): Promise<void> {
    await this.#read();
    this.#show();
  }

  #show(): void {
    const shown = this.#view();
    const text = JSON.stringify(shown);
    if (text === this.#shown) return;
    this.#shown = text;
    this.#channel.tell('shown', shown);
  }

  async #run(action: IncidentAction): Promise<{ copied: boolean }> {
    const found = this.#found;
    if (!found) return { copied: false };
    switch (action) {
      case 'copyText':
        await this.#ports.run('casebook.copyHealth', rowOf(found));
        return { copied: true };
      case 'post':
        await this.#ports.run('casebook.postToIncident', rowOf(found));
        break;
      case 'openPortal':
        await this.#ports.run('casebook.openPortal', rowOf(found));
        break;
      case 'caseAbout':
        await this.#ports.newCase(aboutOf(found));
        break;
      case 'history': {
        const [service] = servicesOf(found);
        if (service !== undefined) await this.#ports.open({ service });
        break;
      }
    }
    return { copied: false };
  }
}

/** What the row of an incident gives to a command. */
function rowOf(found: Found): RowId {
  if (found.kind === 'board') return { incidentId: found.incident.id };
  const { source } = found;
  return found.kind === 'issue'
    ? { source: source.id, issueId: found.issue.id }
    : { source: source.id, noticeId: found.notice.id };
}

function servicesOf(found: Found): readonly string[] {
  if (found.kind === 'board') return [found.incident.service];
  return found.kind === 'issue' ? found.issue.services : found.notice.services;
}

/** What is known of a case about an incident: its service, what it is called by, and that it was seen. */
function aboutOf(found: Found): Partial<DraftContent> {
  if (found.kind === 'notice') return {};
  const services = servicesOf(found);
  const { title, status, id } = found.kind === 'board' ? found.incident : found.issue;
  const at = found.kind === 'board' ? { id } : { source: found.source.id, id };
  return {
    ...{ service: services[0] ?? '', text: `${numberOf(found)} ${title}\n\n` },
    healthAbout: seenIncident({ at, services, title, status }, 'same'),
  };
}
