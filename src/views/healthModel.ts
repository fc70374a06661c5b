import { isActive, type Incident } from '../desk/health.ts';
import { fail, type DeskError, type Result } from '../desk/errors.ts';
import type { Sources } from './casesReading.ts';
import type { HealthNode, IncidentNode, PostNode, ServiceNode } from './node.ts';
import type { Telling } from './presentCase.ts';
import { deskProblem } from './presentGroup.ts';
import {
  presentIncident,
  presentPost,
  presentService,
  presentSource,
  servicesOf,
  type ServiceHealth,
} from './presentIncident.ts';
import { createTimes } from './times.ts';

/** What the board shows besides its tree. */
export interface HealthState {
  readonly empty: boolean;
  readonly incidents: number;
}

interface Below {
  readonly children: readonly HealthNode[];
  /** What the row and everything under it rest on: another text means that something changed. */
  readonly trace: string;
}

/** The tree of the Service health view as plain nodes. */
export class HealthModel {
  readonly #sources: Pick<Sources, 'log' | 'now' | 'strings' | 'settings' | 'desk'>;
  #roots: readonly HealthNode[] = [];
  #nodes = new Map<string, HealthNode>();
  #below = new Map<string, Below>();
  #turn: Promise<unknown> = Promise.resolve();
  #state: HealthState = { empty: false, incidents: 0 };

  constructor(sources: Pick<Sources, 'log' | 'now' | 'strings' | 'settings' | 'desk'>) {
    this.#sources = sources;
  }

  get roots(): readonly HealthNode[] {
    return this.#roots;
  }

  get state(): HealthState {
    return this.#state;
  }

  children(node: HealthNode): readonly HealthNode[] {
    return this.#below.get(node.id)?.children ?? [];
  }

  /** Reads the board again and says which services changed, or (undefined) that the list of services did. */
  refresh(): Promise<readonly HealthNode[] | undefined> {
    const result = this.#turn.then(() => this.#refresh());
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #refresh(): Promise<readonly HealthNode[] | undefined> {
    const [strings, { settings }, board] = await Promise.all([
      this.#sources.strings(),
      this.#sources.settings(),
      this.#incidents(),
    ]);
    const telling: Telling = { strings, times: createTimes(strings.language), now: this.#sources.now() };
    const incidents = board.ok ? board.value : [];
    const services = servicesOf(incidents, settings.services);
    const [rootsBefore, nodesBefore, belowBefore] = [this.#roots, this.#nodes, this.#below];
    this.#nodes = new Map();
    this.#below = new Map();

    const changed: HealthNode[] = [];
    const rows = services.map(health => {
      const node = this.#service(health, telling, nodesBefore);
      if (belowBefore.get(node.id)?.trace !== this.#below.get(node.id)?.trace) changed.push(node);
      return node;
    });
    const failed = board.ok ? [] : [this.#problem(board.error, telling)];
    const empty = rows.length === 0 && failed.length === 0;
    // With nothing else to show, the welcome text says the same and offers the same.
    const source: HealthNode[] = empty ? [] : [{ kind: 'source', id: 'source:m365', item: presentSource(telling) }];
    this.#roots = [...failed, ...rows, ...source];
    this.#state = { empty, incidents: incidents.length };
    const same =
      rootsBefore.length === this.#roots.length &&
      rootsBefore.every((node, index) => node.id === this.#roots[index]?.id);
    return same ? changed : undefined;
  }

  async #incidents(): Promise<Result<readonly Incident[]>> {
    try {
      const opened = await this.#sources.desk();
      return opened.ok ? await opened.value.incidents() : opened;
    } catch (error) {
      this.#sources.log.error('health.read', error);
      return fail({ code: 'failed' });
    }
  }

  #problem(error: DeskError, { strings }: Telling): HealthNode {
    return { kind: 'problem', id: 'problem:desk', ...deskProblem(error, strings) };
  }

  #keep<Node extends HealthNode>(node: Node, before: ReadonlyMap<string, HealthNode>): Node {
    const known = before.get(node.id);
    const kept = known?.kind === node.kind ? Object.assign(known, node) : node;
    this.#nodes.set(kept.id, kept);
    return kept;
  }

  #service(health: ServiceHealth, telling: Telling, before: ReadonlyMap<string, HealthNode>): ServiceNode {
    const node = this.#keep<ServiceNode>(
      {
        kind: 'service',
        service: health.service,
        // With its first incident it is another row, so that VS Code opens it as it opens every service with incidents.
        id: `service:${health.service}${health.incidents.length > 0 ? '/incidents' : ''}`,
        hasIncidents: health.incidents.length > 0,
        isOpen: health.incidents.some(({ status }) => isActive(status)),
        item: presentService(health, telling),
      },
      before,
    );
    const children = health.incidents.map(incident => this.#incident(incident, node, telling, before));
    const trace = JSON.stringify([
      telling.strings.language,
      node.item,
      health.incidents.map(one => [one.id, one.revision]),
    ]);
    this.#below.set(node.id, { children, trace });
    return node;
  }

  #incident(
    incident: Incident,
    parent: ServiceNode,
    telling: Telling,
    before: ReadonlyMap<string, HealthNode>,
  ): IncidentNode {
    const node = this.#keep<IncidentNode>(
      {
        kind: 'incident',
        id: `${parent.id}/incident:${incident.id}`,
        parent,
        incidentId: incident.id,
        hasPosts: incident.posts.length > 0,
        item: presentIncident(incident, telling),
      },
      before,
    );
    const posts = incident.posts.map((post, index): PostNode => ({
      kind: 'post',
      id: `${node.id}/post:${index}`,
      parent: node,
      item: presentPost(post, telling),
    }));
    const newestFirst = posts.toReversed().map(post => this.#keep(post, before));
    this.#below.set(node.id, { children: newestFirst, trace: '' });
    return node;
  }
}
