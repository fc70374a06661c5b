// The sources of service health that the user has connected, loaded when there are some or one is to be connected: each
// with its sign-in and its poller, which reads it while somebody looks. The editor's parts are passed in.
import { clouds, permissions, portalLink, scopesOf } from './connectors/graph/clouds.ts';
import { graphSource } from './connectors/graph/source.ts';
import { createHttpClient } from './connectors/http/client.ts';
import { parseOrigin } from './connectors/http/origin.ts';
import { systemTime, type Time } from './connectors/http/time.ts';
import { getJsonOver, type GetJson } from './connectors/source.ts';
import { statuspageSource } from './connectors/statuspage/source.ts';
import { fail, ok, type Result } from './desk/errors.ts';
import type { HealthFailure, HealthIssue } from './desk/healthReading.ts';
import type { CloudId } from './desk/words.ts';
import { HealthPoller } from './health/poller.ts';
import type { Disposable } from './host/disposables.ts';
import type { Log } from './host/log.ts';
import { DeskSecrets, tokenOf, type KeptSignIn, type SecretStorage, type SilentSession } from './host/secrets.ts';
import type { HealthConnections, HealthSignIn, HealthSources, SourceOfHealth } from './host/services.ts';
import { healthSourceId, type HealthSourceSetting } from './host/settingsSchema.ts';
import { Folder, realFs } from './outbox/files.ts';
import { watchFolder } from './outbox/watch.ts';
import type { Instant } from './rules/decision.ts';

export interface HealthOptions {
  /** What was read, of all windows. */
  readonly folder: string;
  readonly secrets: SecretStorage;
  readonly session: SilentSession;
  /** The editor's own, and the clock of the machine; tests give others. */
  readonly fetch?: typeof globalThis.fetch;
  readonly time?: Time;
  readonly log: Pick<Log, 'info' | 'error'>;
  /** The sources in the user's own settings, and how they are changed there. */
  readonly read: () => Promise<readonly HealthSourceSetting[]>;
  readonly write: (sources: readonly HealthSourceSetting[]) => Promise<void>;
  /** How many people share the limits of a source. */
  readonly people: () => number;
}

type Link = HealthSources['link'];

/** A source in use. */
interface Connected {
  readonly setting: HealthSourceSetting;
  readonly label: string;
  readonly poller: HealthPoller;
  readonly issue?: (id: string, signal: AbortSignal) => Promise<Result<HealthIssue, HealthFailure>>;
  readonly link: (kind: Parameters<Link>[1], id: string) => string;
}

const same = (one: HealthSourceSetting, other: HealthSourceSetting): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What signs in at the Graph of a cloud. */
export function signInOf(cloud: CloudId): HealthSignIn {
  const { graph: origin, ...rest } = clouds[cloud];
  return { ...rest, origin, scopes: scopesOf(clouds[cloud]), permissions };
}

export class ConnectedHealth implements HealthSources, HealthConnections, Disposable {
  readonly #options: HealthOptions;
  readonly #time: Time;
  readonly #secrets: DeskSecrets;
  readonly #folder: Folder;
  readonly #listeners = new Set<() => void>();
  #connected: readonly Connected[] = [];
  #lookers = 0;

  constructor(options: HealthOptions) {
    this.#options = options;
    this.#time = options.time ?? systemTime;
    this.#secrets = new DeskSecrets(options.secrets);
    this.#folder = new Folder(options.folder, realFs);
  }

  readonly signInOf = signInOf;

  originOf(address: string): string | undefined {
    const origin = parseOrigin(address);
    return origin.ok ? origin.value : undefined;
  }

  /** Goes on with these sources: those that stay are left alone, others end or begin. */
  use(settings: readonly HealthSourceSetting[]): void {
    const before = this.#connected;
    const next = settings.map(one => before.find(({ setting }) => same(setting, one)) ?? this.#connectedTo(one));
    const left = before.filter(one => !next.includes(one));
    if (left.length === 0 && next.length === before.length) return;
    this.#connected = next;
    for (const { poller } of left) poller.hide();
    if (this.#lookers > 0) for (const { poller } of next) void poller.show();
    this.#tell();
  }

  all(): readonly SourceOfHealth[] {
    return this.#connected.map(({ setting, label, poller }) => ({
      id: healthSourceId(setting),
      label,
      state: poller.state(),
    }));
  }

  onDidChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  look(): () => void {
    if (this.#lookers++ === 0) for (const { poller } of this.#connected) void poller.show();
    let looks = true;
    return () => {
      if (looks && --this.#lookers === 0) for (const { poller } of this.#connected) poller.hide();
      looks = false;
    };
  }

  async refresh(): Promise<void> {
    await Promise.all(this.#connected.map(({ poller }) => poller.refresh()));
  }

  /** Somebody signed in or out, here or in another window: who had nobody signed in is read again. */
  signInChanged(): void {
    if (this.#lookers === 0) return;
    for (const { poller } of this.#connected) {
      if (poller.state().failure?.code === 'signedOut') void poller.refresh();
    }
  }

  async issue(source: string, id: string, signal: AbortSignal): Promise<Result<HealthIssue, HealthFailure>> {
    const from = this.#find(source);
    const known = from?.poller.state().reading?.issues.find(one => one.id === id);
    const asked = await from?.issue?.(id, signal);
    if (asked?.ok === true || known === undefined) return asked ?? fail({ code: 'noService' });
    return ok(known);
  }

  link(...[source, kind, id]: Parameters<Link>): string | undefined {
    return this.#find(source)?.link(kind, id);
  }

  async nameOf(origin: string): Promise<Result<string, HealthFailure>> {
    const source = statuspageSource(origin, this.#get(origin), () => this.#time.now());
    const read = await source.read(new AbortController().signal);
    return read.ok ? ok(read.value.name) : read;
  }

  async connect(setting: HealthSourceSetting, signIn?: KeptSignIn): Promise<void> {
    const id = healthSourceId(setting);
    if (setting.kind === 'graph' && signIn) await this.#secrets.keep(clouds[setting.cloud].graph, signIn);
    const known = await this.#options.read();
    const place = known.findIndex(one => healthSourceId(one) === id);
    await this.#options.write(place < 0 ? [...known, setting] : known.with(place, setting));
    this.use(await this.#options.read());
    await this.#find(id)?.poller.refresh();
  }

  async remove(id: string): Promise<void> {
    const left = this.#find(id);
    if (left?.setting.kind === 'graph') await this.#secrets.forget(clouds[left.setting.cloud].graph);
    const known = await this.#options.read();
    await this.#options.write(known.filter(one => healthSourceId(one) !== id));
    this.use(await this.#options.read());
    await left?.poller.forget();
  }

  dispose(): void {
    for (const { poller } of this.#connected) poller.hide();
    this.#connected = [];
    this.#listeners.clear();
  }

  #find(id: string): Connected | undefined {
    return this.#connected.find(({ setting }) => healthSourceId(setting) === id);
  }

  #get(origin: string, token?: (refused?: string) => Promise<string | undefined>): GetJson {
    const { fetch = globalThis.fetch, log } = this.#options;
    const client = {
      origin,
      fetch,
      time: this.#time,
      log: (...[event, details]: Parameters<Log['info']>) => log.info(event, details),
    };
    return getJsonOver(createHttpClient(token ? { ...client, token } : client));
  }

  #connectedTo(setting: HealthSourceSetting): Connected {
    const { session } = this.#options;
    const now = (): Instant => this.#time.now();
    if (setting.kind === 'statuspage') {
      const { origin, name: label } = setting;
      // Nobody else's limits: a page is read by whoever likes to.
      const poller = this.#poller(statuspageSource(origin, this.#get(origin), now), () => 1);
      return { setting, label, poller, link: (_kind, id) => `${origin}/incidents/${encodeURIComponent(id)}` };
    }
    const cloud = clouds[setting.cloud];
    const { origin, provider, scopes, name: label } = signInOf(setting.cloud);
    const signIn = setting.signIn === 'token' ? 'token' : provider;
    const token = (refused?: string) =>
      tokenOf({ origin, signIn, scopes: [...scopes] }, this.#secrets, session, refused);
    const source = graphSource({ id: setting.cloud, cloud, get: this.#get(origin, token), now });
    return {
      ...{ setting, label, poller: this.#poller(source, this.#options.people) },
      issue: (id, signal) => source.issue(id, signal),
      link: (kind, id) => portalLink(cloud, kind, id),
    };
  }

  #poller(source: ConstructorParameters<typeof HealthPoller>[0]['source'], people: () => number): HealthPoller {
    const { log } = this.#options;
    const failed = (error: unknown): void => log.error('health.watch', error);
    const poller = new HealthPoller({
      ...{ source, folder: this.#folder, time: this.#time, people },
      watch: tell => watchFolder(this.#folder, tell, failed),
      log: (event, code) => log.info(event, { code }),
    });
    poller.onDidChange(() => this.#tell());
    return poller;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
