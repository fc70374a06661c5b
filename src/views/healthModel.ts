import type { Incident } from '../desk/health.ts';
import { fail, type DeskError, type Result } from '../desk/errors.ts';
import { markKey, type HealthMarks } from '../host/healthMarks.ts';
import type { HealthSources, Practice, Services, SourceOfHealth } from '../host/services.ts';
import { boardBranch, sourceBranch, type Branch, type Ground, type SourceBranch } from './healthBranches.ts';
import type { HealthNode } from './node.ts';
import { deskProblem, settingProblem } from './presentGroup.ts';
import { isOpen, type Disturbance } from './presentIncident.ts';
import { presentUnconnected, titleOf } from './presentSource.ts';
import { createTimes } from './times.ts';

/** What the view shows besides its tree. */
export interface HealthState {
  readonly empty: boolean;
  /** Incidents on the board. */
  readonly incidents: number;
  /** Incidents that go on on favourite services and are not muted. */
  readonly badge: number;
  /** What must be known of the source whose row is left out. */
  readonly only: string | undefined;
  /** The oldest reading that is shown and nothing is wrong with. */
  readonly asOf: number | undefined;
  /** How many services the filter leaves, of how many; nothing without one. */
  readonly filtered: { readonly matching: number; readonly total: number } | undefined;
}

/** What the model reads from. */
export type HealthGround = Pick<Services, 'log' | 'now' | 'strings' | 'settings' | 'desk' | 'health'> & {
  readonly practice: Pick<Practice, 'on'>;
};

/** What the user wants to see of it. */
export interface Wanted {
  readonly marks: Pick<HealthMarks, 'all' | 'ended'>;
  /** Services are shown whose name has this in it. */
  readonly filter: () => string;
}

/** The board as a source. */
const board = 'board';
const day = 86_400_000;

/** The tree of the Service health view as plain nodes. */
export class HealthModel {
  readonly #ground: HealthGround;
  readonly #wanted: Wanted;
  #branches = new Map<string, Branch>();
  #roots: readonly HealthNode[] = [];
  /** Rows shown of what has many, by the node they are under. */
  readonly #pages = new Map<string, number>();
  #turn: Promise<unknown> = Promise.resolve();
  #state: HealthState = {
    empty: false,
    incidents: 0,
    badge: 0,
    only: undefined,
    asOf: undefined,
    filtered: undefined,
  };

  constructor(ground: HealthGround, wanted: Wanted) {
    this.#ground = ground;
    this.#wanted = wanted;
  }

  get roots(): readonly HealthNode[] {
    return this.#roots;
  }

  get state(): HealthState {
    return this.#state;
  }

  children(node: HealthNode): readonly HealthNode[] {
    return node.kind === 'incident' ? node.posts : (this.#branches.get(node.id)?.children() ?? []);
  }

  /** Shows more of what is under a node; answers as `refresh` does. */
  showMore(under: string): Promise<readonly HealthNode[] | undefined> {
    this.#pages.set(under, (this.#pages.get(under) ?? 0) + 1);
    return this.refresh();
  }

  /** Reads again and says which nodes changed with what is under them, or (undefined) that the roots did. */
  refresh(): Promise<readonly HealthNode[] | undefined> {
    const result = this.#turn.then(() => this.#refresh());
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #refresh(): Promise<readonly HealthNode[] | undefined> {
    const { practice } = this.#ground;
    const { marks } = this.#wanted;
    const [strings, { settings, problems }, incidents, health] = await Promise.all([
      this.#ground.strings(),
      this.#ground.settings(),
      this.#incidents(),
      this.#ground.health(),
    ]);
    const now = this.#ground.now();
    const [favourites, muted] = [marks.all('favourite'), marks.all('muted')];
    const filter = this.#wanted.filter();
    const ground: Ground = {
      telling: { strings, times: createTimes(strings.language), now },
      marked: source => ({
        favourite: service => favourites.has(markKey(source, service)),
        muted: incident => muted.size > 0 && muted.has(markKey(source, incident)),
      }),
      key: JSON.stringify([
        ...[strings.language, Math.floor(now / day), filter],
        ...[[...favourites], [...muted], [...this.#pages]],
      ]),
      filter,
      pages: id => this.#pages.get(id) ?? 0,
      link: (...of) => health.link(...of) !== undefined,
    };
    const before = this.#branches;
    const next = new Map<string, Branch>();
    const { telling } = ground;
    const roots: HealthNode[] = [];
    const failed = (error: DeskError): HealthNode => ({
      ...{ kind: 'problem', id: 'problem:desk' },
      ...deskProblem(error, strings),
    });
    if (problems.includes('healthSources')) {
      roots.push({ kind: 'problem', id: 'problem:setting', ...settingProblem('healthSources', strings) });
    }
    if (!incidents.ok) roots.push(failed(incidents.error));
    const recorded = incidents.ok ? incidents.value : [];
    const sources = health.all();
    const shown = sources.map(source => sourceBranch(source, ground, before, next));
    // The board stands beside sources where something was recorded on it, and alone with all services there are.
    if (sources.length === 0 || recorded.length > 0) {
      shown.push(boardBranch(recorded, settings.services, sources.length > 0, ground, before, next));
    }
    const only = onlyOne(sources, shown);
    if (sources.length === 0 || only !== undefined) roots.push(...shown.flatMap(branch => branch.children()));
    else roots.push(...shown.map(({ node }) => node));
    const empty = roots.length === 0;
    // With nothing else to show, the welcome text says the same and offers the same.
    if (sources.length === 0 && !empty && !practice.on()) {
      roots.push({ kind: 'unconnected', id: 'unconnected', item: presentUnconnected(telling) });
    }
    const rootsBefore = this.#roots;
    this.#roots = roots;
    this.#branches = next;
    await marks.ended(this.#ended(recorded, health, muted));
    const good = sources.flatMap(({ seenBy, state: { reading, failure } }) =>
      reading && !failure && seenBy === undefined ? [reading.asOf] : [],
    );
    const sum = (of: (branch: SourceBranch) => number): number => shown.reduce((so, one) => so + of(one), 0);
    this.#state = {
      empty,
      incidents: recorded.length,
      badge: sum(({ urgent }) => urgent),
      only: only && titleOf(only, telling),
      asOf: good.length > 0 ? Math.min(...good) : undefined,
      filtered:
        filter === ''
          ? undefined
          : { matching: sum(({ services }) => services.matching), total: sum(({ services }) => services.total) },
    };
    return changesOf(rootsBefore, before, roots, next);
  }

  /** What is muted and over. */
  #ended(recorded: readonly Incident[], health: HealthSources, muted: ReadonlySet<string>): ReadonlySet<string> {
    if (muted.size === 0) return new Set();
    const over = (source: string, all: readonly Disturbance[]): string[] =>
      all.filter(one => !isOpen(one)).map(({ id }) => markKey(source, id));
    return new Set([
      ...over(board, recorded),
      ...health.all().flatMap(({ id, state }) => over(id, state.reading?.issues ?? [])),
    ]);
  }

  async #incidents(): Promise<Result<readonly Incident[]>> {
    try {
      const opened = await this.#ground.desk();
      return opened.ok ? await opened.value.incidents() : opened;
    } catch (error) {
      this.#ground.log.error('health.read', error);
      return fail({ code: 'failed' });
    }
  }
}

/**
 * The source whose row is left out, because it would stand alone over all others. What somebody else saw must say so, and
 * a source without rows would be forgotten.
 */
function onlyOne(sources: readonly SourceOfHealth[], shown: readonly SourceBranch[]): SourceOfHealth | undefined {
  const [source] = sources;
  const rows = shown[0]?.children().length ?? 0;
  return shown.length === 1 && source?.seenBy === undefined && rows > 0 ? source : undefined;
}

/** Compares two forests from the top: who changed is told with all that is under it. */
function changesOf(
  rootsBefore: readonly HealthNode[],
  before: ReadonlyMap<string, Branch>,
  roots: readonly HealthNode[],
  after: ReadonlyMap<string, Branch>,
): readonly HealthNode[] | undefined {
  const rowsOf = (nodes: readonly HealthNode[], leaves: ReadonlyMap<string, Branch>): string =>
    JSON.stringify(nodes.map(({ id, item }) => (leaves.has(id) ? id : [id, item])));
  if (rowsOf(rootsBefore, before) !== rowsOf(roots, after)) return undefined;
  const changed: HealthNode[] = [];
  const compare = (node: HealthNode): void => {
    const [was, is] = [before.get(node.id), after.get(node.id)];
    if (was === is) return;
    if (was?.trace !== is?.trace) changed.push(node);
    else for (const child of is?.branches ?? []) compare(child);
  };
  for (const root of roots) compare(root);
  return changed;
}
