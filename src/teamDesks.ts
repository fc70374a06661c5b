// The desks the user has connected, loaded when there are some or one is to be connected: each with its sign-in, its
// outbox and its memory, put together with the local desk as one.
import * as vscode from 'vscode';
import { createBreaker, type Breaker } from './connectors/http/breaker.ts';
import { createHttpClient } from './connectors/http/client.ts';
import { parseOrigin } from './connectors/http/origin.ts';
import { systemTime } from './connectors/http/time.ts';
import { openTeamDesk, type TeamDesk } from './connectors/team/desk.ts';
import { onePerson, type OnePerson } from './connectors/team/onePerson.ts';
import type { CaseDetail } from './desk/case.ts';
import type { Desk, DeskChange } from './desk/desk.ts';
import { ok, type Result } from './desk/errors.ts';
import { createDeskGroup, type Member } from './desk/group.ts';
import type { Outbox } from './desk/outbox.ts';
import { createOutboxGroup } from './desk/outboxGroup.ts';
import { createLateDesk, type LateDesk } from './desk/late.ts';
import { debounced, DisposableStore, type Disposable } from './host/disposables.ts';
import { Following } from './host/following.ts';
import { silentSession } from './host/microsoft.ts';
import type { Memento } from './host/practiceMode.ts';
import { DeskSecrets, tokenOf, type KeptSignIn } from './host/secrets.ts';
import type { Connections, Services } from './host/services.ts';
import type { Connection } from './host/settingsSchema.ts';
import { createLive } from './live.ts';
import { createCache } from './outbox/cache.ts';
import { Folder, realFs } from './outbox/files.ts';
import { createOfflineDesk, type OfflineDesk } from './outbox/offlineDesk.ts';
import { createOutage } from './outbox/outage.ts';
import { Queue } from './outbox/queue.ts';
import { TeamNews } from './teamNews.ts';

export interface TeamDesksOptions {
  readonly secrets: vscode.SecretStorage;
  readonly state: Memento;
  /** Where all of Casebook is kept. */
  readonly folder: vscode.Uri;
  readonly services: () => Services;
}

/** A connected desk in use. */
interface Team {
  readonly connection: Connection;
  readonly late: LateDesk;
  readonly offline: OfflineDesk;
  /** Asks it at once, however long nobody was to: somebody wants to know. */
  readonly retry: () => void;
  readonly member: Member;
  /** Has whoever shows the desk look again. */
  readonly again: () => void;
}

const now = (): number => Date.now();
const after: typeof systemTime.after = (milliseconds, run) => systemTime.after(milliseconds, run);
const declined = 'casebook.declined';
const connectionsOf = async (services: Services): Promise<readonly Connection[]> =>
  (await services.settings()).settings.connections;

export class TeamDesks implements Connections, Disposable {
  readonly #options: TeamDesksOptions;
  readonly #secrets: DeskSecrets;
  readonly #following: Following;
  readonly #owned = new DisposableStore();
  readonly #news;
  readonly #newsSoon = this.#owned.add(debounced(1_000, () => void this.#tellNews()));
  readonly #live;
  #teams: readonly Team[] = [];
  #joined: { readonly key: string; readonly local: Desk; readonly group: Desk; readonly outbox: Outbox } | undefined;
  #joining: Promise<unknown> = Promise.resolve();

  constructor(options: TeamDesksOptions) {
    const { secrets, state, folder, services } = options;
    this.#options = options;
    this.#secrets = new DeskSecrets(secrets);
    this.#following = new Following(state);
    this.#news = new TeamNews({ now, following: this.#following, services });
    this.#live = this.#owned.add(
      createLive({
        folder: vscode.Uri.joinPath(folder, 'live').fsPath,
        window: vscode.window,
        turned: front => this.#turned(front),
        told: () => this.#teams.forEach(team => team.again()),
        failed: error => services().log.error('live', error),
      }),
    );
    // Signed in, or out, by another window or at Microsoft.
    this.#owned.add(secrets.onDidChange(() => this.#retry()));
    this.#owned.add(vscode.authentication.onDidChangeSessions(() => this.#retry()));
    this.#owned.add({ dispose: () => this.#teams.forEach(close) });
  }

  /** The local desk with those that are connected; the same answer while they stay the same. */
  join(local: () => Promise<Result<Desk>>): Promise<Result<Desk>> {
    const joined = this.#joining.then(() => this.#join(local));
    this.#joining = joined.catch(() => undefined);
    return joined;
  }

  async #join(local: () => Promise<Result<Desk>>): Promise<Result<Desk>> {
    const connections = await connectionsOf(this.#options.services());
    const opened = await local();
    const left = this.#teams.filter(({ connection }) => !connections.some(one => same(one, connection)));
    left.forEach(close);
    if (connections.length === 0) {
      this.#teams = [];
      this.#joined = undefined;
      return opened;
    }
    // A local desk that does not open is one among others, with a row of its own.
    const own = opened.ok
      ? opened.value
      : (this.#joined?.local ?? createLateDesk({ open: local, now, after, again: () => undefined }));
    const name = (await this.#options.services().strings()).t('team.own');
    const key = JSON.stringify([name, connections]);
    if (this.#joined?.key === key && this.#joined.local === own) return ok(this.#joined.group);
    const teams: Team[] = [];
    for (const connection of connections) {
      const known = this.#teams.find(team => same(team.connection, connection));
      teams.push(known ?? (await this.#open(connection)));
    }
    this.#teams = teams;
    const group = createDeskGroup([{ id: 'local', name, desk: own }, ...teams.map(({ member }) => member)], {
      follows: (desk, id) => this.#following.follows(desk, id) ?? false,
    });
    this.#joined = {
      key,
      local: own,
      group,
      outbox: createOutboxGroup(teams.map(({ connection, offline }) => [connection.id, offline.outbox])),
    };
    this.#turned(this.#live.front());
    return ok(group);
  }

  /** What waits to be sent; nothing where no desk is connected. */
  outbox(): Outbox | undefined {
    return this.#joined?.outbox;
  }

  #ask({ origin }: Connection, breaker: Breaker, token: OnePerson['token']): Promise<Result<TeamDesk>> {
    const { log } = this.#options.services();
    const http = createHttpClient({
      ...{ origin, breaker, token, fetch: globalThis.fetch, time: systemTime },
      log: (event, details) => log.info(event, details),
    });
    return openTeamDesk({ http, time: systemTime, id: () => crypto.randomUUID() });
  }

  /** The desk for who is signed in there now; `changed` when that is somebody else, for whom it answers nothing. */
  async #remote(connection: Connection, breaker: Breaker, changed: () => void): Promise<Result<Desk>> {
    const signedIn = onePerson({
      token: refused => tokenOf(connection, this.#secrets, silentSession, refused),
      personOf: async token => {
        const asked = await this.#ask(connection, breaker, refused =>
          Promise.resolve(refused === token ? undefined : token),
        );
        if (!asked.ok) return undefined;
        asked.value.close();
        return asked.value.me().person.name;
      },
      changed,
    });
    const opened = await this.#ask(connection, breaker, refused => signedIn.token(refused));
    if (!opened.ok) return opened;
    const team = opened.value;
    const person = team.me().person.name;
    signedIn.belongsTo(person);
    return ok({ ...team, capabilities: () => ({ ...team.capabilities(), person }) });
  }

  async #open(connection: Connection): Promise<Team> {
    const { log } = this.#options.services();
    const { id, name } = connection;
    const again = new Set<() => void>();
    const nudge = (): void => again.forEach(listener => listener());
    const folder = vscode.Uri.joinPath(this.#options.folder, 'team', id);
    const breaker = createBreaker(systemTime, createOutage(new Folder(folder.fsPath, realFs), now));
    const late = createLateDesk({
      open: () => this.#remote(connection, breaker, () => late.reopen()),
      now,
      after,
      again: () => {
        nudge();
        offline.wake();
      },
    });
    const report = (what: string, error?: unknown): void => log.error(`team.${what}`, error);
    const queue = new Queue(vscode.Uri.joinPath(folder, 'outbox').fsPath, { desk: id, now, report });
    const cache = createCache(vscode.Uri.joinPath(folder, 'cache').fsPath, { now, report });
    const offline = await createOfflineDesk(() => late.ready(), queue, cache, { now, random: Math.random, report });
    late.onDidChange(() => {
      this.#live.tell();
      this.#newsSoon();
    });
    const retry = (): void => {
      breaker.retry();
      late.retry();
    };
    const desk: Desk = {
      ...offline,
      onDidChange: (listener: (change: DeskChange) => void) => {
        const changed = (): void => listener({});
        again.add(changed);
        const stop = offline.onDidChange(listener);
        return () => {
          again.delete(changed);
          stop();
        };
      },
      retry,
      file: async (draft, write) => {
        const filed = await offline.file(draft, write);
        if (filed.ok) await this.#following.follow(id, filed.value.id, true);
        return filed;
      },
    };
    return {
      connection,
      late,
      offline,
      retry,
      again: nudge,
      member: { id, name, desk, trouble: () => late.trouble() },
    };
  }

  #turned(front: boolean): void {
    for (const { late, retry } of this.#teams) {
      late.listen(front);
      // Who comes back wants to know, however long the desk was out of reach.
      if (front && late.trouble() !== undefined && late.trouble()?.code !== 'signedOut') retry();
    }
    if (front) this.#newsSoon();
  }

  #retry(): void {
    for (const { retry } of this.#teams) retry();
  }

  originOf(address: string): string | undefined {
    const origin = parseOrigin(address);
    return origin.ok ? origin.value : undefined;
  }

  async connect(connection: Connection, signIn: KeptSignIn): Promise<Result<void>> {
    const { origin } = connection;
    const before = await this.#secrets.read(origin);
    await this.#secrets.keep(origin, signIn);
    const tried = await this.#remote(connection, createBreaker(systemTime), () => undefined);
    if (!tried.ok) {
      await (before === undefined ? this.#secrets.forget(origin) : this.#secrets.keep(origin, before));
      return tried;
    }
    tried.value.close();
    const known = await connectionsOf(this.#options.services());
    const others = known.filter(one => one.origin !== origin);
    if (!known.some(one => same(one, connection))) await writeConnections([...others, connection]);
    return ok(undefined);
  }

  async disconnect({ origin }: Connection): Promise<void> {
    await this.#secrets.forget(origin);
    const known = await connectionsOf(this.#options.services());
    await writeConnections(known.filter(one => one.origin !== origin));
  }

  async decline(origin: string): Promise<void> {
    await this.#options.state.update(declined, [...this.#declined(), origin]);
  }

  #declined(): readonly unknown[] {
    const kept = this.#options.state.get(declined);
    return Array.isArray(kept) ? kept.slice(-100) : [];
  }

  /** The origin of an address that is neither connected nor declined. */
  async suggested(address: string): Promise<string | undefined> {
    const origin = this.originOf(address);
    if (origin === undefined || this.#declined().includes(origin)) return undefined;
    const known = await connectionsOf(this.#options.services());
    return known.some(one => one.origin === origin) ? undefined : origin;
  }

  async follow(of: CaseDetail, on: boolean): Promise<void> {
    const team = this.#teams.find(({ member }) => member.name === of.desk);
    if (team === undefined) return;
    await this.#following.follow(team.member.id, of.id, on);
    team.again();
  }

  async #tellNews(): Promise<void> {
    if (!this.#live.front() || this.#options.services().practice.on()) return;
    await this.#news.tell(this.#teams.map(({ member }) => member));
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

const same = (one: Connection, other: Connection): boolean => JSON.stringify(one) === JSON.stringify(other);

function close({ offline, late }: Team): void {
  offline.close();
  late.close();
}

/** In the user's own settings, where no folder and no other machine has a say. */
async function writeConnections(connections: readonly Connection[]): Promise<void> {
  const settings = vscode.workspace.getConfiguration('casebook');
  await settings.update('connections', connections, vscode.ConfigurationTarget.Global);
}
