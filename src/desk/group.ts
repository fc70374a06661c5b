import * as z from 'zod/mini';
import type { CaseDetail, CaseSummary } from './case.ts';
import type { Counts, Desk, DeskChange, DeskMember, Page, PageRequest, Where } from './desk.ts';
import { fail, ok, type DeskError, type Result } from './errors.ts';
import { isActive, type Incident } from './health.ts';
import { parseInput } from './input.ts';
import type { ListPlace } from './store.ts';

/** One desk of a group, with its name for people. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly desk: Desk;
  /** Why it cannot be asked, where its answers do not tell because it remembers. */
  readonly trouble?: () => DeskError | undefined;
}

export interface DeskGroupOptions {
  /** The id of the desk that takes what names none; the first one where it is no member. */
  readonly standard?: () => string;
  /** Whether the user follows a case of a desk. */
  readonly follows?: (desk: string, caseId: string) => boolean;
}

const pageLimit = 200;
/** Of so many cases it is known which desk holds them; of others the desks are asked. */
const remembered = 20_000;

/** Where the reading of one desk goes on: on its page at `cursor`, behind the place `after`. */
const Position = z.object({
  cursor: z.optional(z.string()),
  after: z.optional(z.tuple([z.int(), z.int()])),
});
type Position = z.infer<typeof Position>;
/** The desks that have more, by id. */
const Positions = z.record(z.string(), Position);
const Asked = z.object({ limit: z.int().check(z.positive()), cursor: z.optional(z.string()) });

/** What keeps a desk from being asked at all; every other error is about the question. */
const troubles: ReadonlySet<DeskError['code']> = new Set([
  ...(['busy', 'failed', 'newerDatabase', 'notADesk', 'signedOut', 'sqliteMissing', 'throttled'] as const),
  ...(['storageFull', 'storageReadOnly', 'unreachable', 'untrusted'] as const),
]);

const invalid = (path: string) => fail<DeskError>({ code: 'invalid', issues: [{ path, code: 'invalid' }] });
const placeOf = ({ updatedAt, number }: CaseSummary): ListPlace => ({ updatedAt, number });
/** Newest change first, the higher number first among equals: the order every desk gives its cases in. */
const inOrder = (one: ListPlace, other: ListPlace): number =>
  other.updatedAt - one.updatedAt || other.number - one.number;

/** The pages of one desk as one stream of cases that tells where it stands. */
class Stream {
  readonly member: Member;
  readonly #read: (page: PageRequest) => Promise<Result<Page<CaseSummary>>>;
  readonly #limit: number;
  #position: Position | undefined;
  #next: string | undefined;
  #items: readonly CaseSummary[] = [];

  constructor(
    member: Member,
    position: Position,
    limit: number,
    read: (page: PageRequest) => Promise<Result<Page<CaseSummary>>>,
  ) {
    this.member = member;
    this.#position = position;
    this.#limit = limit;
    this.#read = read;
  }

  get head(): CaseSummary | undefined {
    return this.#items[0];
  }

  /** Where to go on; nothing at the end. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** Reads until there is a case or the end. */
  async fill(): Promise<DeskError | undefined> {
    while (this.#items.length === 0 && this.#position !== undefined) {
      const { cursor, after } = this.#position;
      const page = await this.#read(cursor === undefined ? { limit: this.#limit } : { limit: this.#limit, cursor });
      if (!page.ok) {
        this.#position = undefined;
        return page.error;
      }
      const [updatedAt, number] = after ?? [];
      const place = updatedAt === undefined || number === undefined ? undefined : { updatedAt, number };
      this.#items = page.value.items.filter(one => place === undefined || inOrder(place, one) < 0);
      this.#next = page.value.next;
      if (this.#items.length === 0) this.#turnPage();
    }
    return undefined;
  }

  /** Takes the first case off. */
  take(): void {
    const [taken, ...rest] = this.#items;
    this.#items = rest;
    if (taken === undefined) return;
    if (rest.length === 0) this.#turnPage();
    else this.#position = { ...this.#position, after: [taken.updatedAt, taken.number] };
  }

  #turnPage(): void {
    this.#position = this.#next === undefined ? undefined : { cursor: this.#next };
  }
}

/**
 * One desk over several: lists and boards are merged, counts added, and what is about a case goes to the desk that holds
 * it. A desk that cannot be asked does not hide the others; `members` says why. It fails only where every desk does.
 */
export function createDeskGroup(members: readonly [Member, ...Member[]], options: DeskGroupOptions = {}): Desk {
  const [first] = members;
  const byId = new Map(members.map(member => [member.id, member]));
  const trouble = new Map<string, DeskError>();
  /** Which desk holds a case, an incident or a file, the longest unused first. */
  const homes = new Map<string, Member>();

  function remember(id: string, member: Member): void {
    homes.delete(id);
    homes.set(id, member);
    if (homes.size <= remembered) return;
    for (const oldest of homes.keys()) {
      homes.delete(oldest);
      break;
    }
  }

  /** Reads from one desk, and notes whether it could be asked. */
  async function read<Value>(member: Member, question: (desk: Desk) => Promise<Result<Value>>): Promise<Result<Value>> {
    const answer = await question(member.desk);
    if (!answer.ok && troubles.has(answer.error.code)) trouble.set(member.id, answer.error);
    else trouble.delete(member.id);
    return answer;
  }

  /** Reads from every desk; the answers of those that could be asked, or the first error where none could. */
  async function readAll<Value>(
    question: (desk: Desk) => Promise<Result<Value>>,
  ): Promise<Result<readonly (readonly [Member, Value])[]>> {
    const answers = await Promise.all(members.map(async member => [member, await read(member, question)] as const));
    const good = answers.flatMap(([member, answer]) => (answer.ok ? [[member, answer.value] as const] : []));
    // A question that one desk refuses is refused; a desk in trouble is only left out.
    const errors = answers.flatMap(([, answer]) => (answer.ok ? [] : [answer.error]));
    const refusal = errors.find(({ code }) => !troubles.has(code)) ?? (good.length === 0 ? errors[0] : undefined);
    return refusal === undefined ? ok(good) : fail(refusal);
  }

  const standard = (): Member => byId.get(options.standard?.() ?? '') ?? first;
  /** The desk that is meant, as far as it is known without asking. */
  const meant = ({ desk, caseId }: Where = {}): Member | undefined =>
    desk === undefined ? (caseId === undefined ? standard() : homes.get(caseId)) : byId.get(desk);

  const named = <Case extends CaseSummary>(member: Member, of: Case): Case => {
    remember(of.id, member);
    if (members.length === 1) return of;
    // One's own desk changes by nobody else.
    const told = member === first ? {} : { followed: options.follows?.(member.id, of.id) ?? false };
    return { ...of, desk: member.name, ...told };
  };
  const namedAnswer = (member: Member, answer: Result<CaseDetail>): Result<CaseDetail> =>
    answer.ok ? ok(named(member, answer.value)) : answer;

  const namedIncident = (member: Member, incident: Incident): Incident => {
    remember(incident.id, member);
    return members.length === 1 ? incident : { ...incident, desk: member.name };
  };

  /**
   * Finds what only one desk can hold: at its known home, else at the person's own desk, which is near, else at the
   * others. It is not there only where every desk says so.
   */
  async function find<Value>(
    id: string,
    question: (desk: Desk) => Promise<Result<Value>>,
  ): Promise<Result<readonly [Member, Value]>> {
    const known = homes.get(id);
    const rounds = known === undefined ? [[first], members.slice(1)] : [[known]];
    let missing: DeskError = { code: 'notFound' };
    for (const round of rounds) {
      const answers = await Promise.all(round.map(async member => [member, await read(member, question)] as const));
      for (const [member, answer] of answers) {
        if (!answer.ok) {
          if (answer.error.code !== 'notFound') missing = answer.error;
          continue;
        }
        remember(id, member);
        return ok([member, answer.value]);
      }
    }
    return fail(missing);
  }

  /** The desk that holds a case, asked for where it is not known. */
  async function homeOf(caseId: string): Promise<Result<Member>> {
    const known = homes.get(caseId);
    if (known !== undefined) return ok(known);
    const found = await find(caseId, desk => desk.get(caseId));
    return found.ok ? ok(found.value[0]) : found;
  }
  async function placeFor(where: Where = {}): Promise<Result<Member>> {
    if (where.desk === undefined && where.caseId !== undefined) return homeOf(where.caseId);
    const member = meant(where);
    return member === undefined ? invalid('desk') : ok(member);
  }

  async function list(query: Parameters<Desk['list']>[0], page: PageRequest): Promise<Result<Page<CaseSummary>>> {
    const asked = parseInput(Asked, page);
    if (!asked.ok) return asked;
    const limit = Math.min(asked.value.limit, pageLimit);
    const positions = asked.value.cursor === undefined ? ok(undefined) : parsePositions(asked.value.cursor);
    if (!positions.ok) return positions;
    const streams = members.flatMap(member => {
      const position = positions.value === undefined ? {} : positions.value[member.id];
      if (position === undefined) return [];
      return [new Stream(member, position, limit, of => read(member, desk => desk.list(query, of)))];
    });
    const errors: DeskError[] = [];
    const fill = async (some: readonly Stream[]): Promise<void> => {
      for (const error of await Promise.all(some.map(stream => stream.fill()))) if (error) errors.push(error);
    };
    await fill(streams);
    const refusal =
      errors.find(({ code }) => !troubles.has(code)) ?? (errors.length === streams.length ? errors[0] : undefined);
    if (refusal !== undefined) return fail(refusal);
    const items: CaseSummary[] = [];
    while (items.length < limit) {
      let newest: Stream | undefined;
      for (const stream of streams) {
        if (stream.head === undefined) continue;
        if (newest?.head === undefined || inOrder(placeOf(newest.head), placeOf(stream.head)) > 0) newest = stream;
      }
      if (newest?.head === undefined) break;
      items.push(named(newest.member, newest.head));
      newest.take();
      if (items.length < limit) await fill([newest]);
    }
    const left = streams.flatMap(({ member, position }) => (position === undefined ? [] : [[member.id, position]]));
    return ok(left.length === 0 ? { items } : { items, next: JSON.stringify(Object.fromEntries(left)) });
  }

  const group: Desk = {
    capabilities: where => (meant(where) ?? first).desk.capabilities(),
    members: () =>
      members.map(({ id, name, trouble: known }): DeskMember => {
        const error = trouble.get(id) ?? known?.();
        return error === undefined ? { id, name } : { id, name, trouble: error };
      }),
    list,
    async count(query, by) {
      const answers = await readAll(desk => desk.count(query, by));
      if (!answers.ok) return answers;
      const sums = new Map<string, number>();
      for (const [, counts] of answers.value) {
        for (const { value, count } of counts) sums.set(value, (sums.get(value) ?? 0) + count);
      }
      const counts: Counts = Array.from(sums, ([value, count]) => ({ value, count }));
      return ok(counts.toSorted((one, other) => other.count - one.count || compare(one.value, other.value)));
    },
    async get(id) {
      const found = await find(id, desk => desk.get(id));
      return found.ok ? ok(named(...found.value)) : found;
    },
    async file(draft, write, where) {
      const home = await placeFor(where);
      if (!home.ok) return home;
      return namedAnswer(home.value, await home.value.desk.file(draft, write));
    },
    async filedAs(key) {
      const answers = await Promise.all(members.map(async member => [member, await member.desk.filedAs(key)] as const));
      for (const [member, answer] of answers) {
        if (!answer.ok || answer.value === undefined) continue;
        remember(answer.value, member);
        return answer;
      }
      return answers.find(([, answer]) => !answer.ok)?.[1] ?? ok(undefined);
    },
    async act(id, action, write) {
      const home = await homeOf(id);
      if (!home.ok) return home;
      return namedAnswer(home.value, await home.value.desk.act(id, action, write));
    },
    async upload(source, where) {
      const home = await placeFor(where);
      if (!home.ok) return home;
      const stored = await home.value.desk.upload(source);
      if (stored.ok) remember(stored.value.sha256, home.value);
      return stored;
    },
    async download(sha256, where) {
      const home = where === undefined ? undefined : await placeFor(where);
      if (home !== undefined) return home.ok ? home.value.desk.download(sha256) : home;
      const found = await find(sha256, desk => desk.download(sha256));
      return found.ok ? ok(found.value[1]) : found;
    },
    async incidents() {
      const answers = await readAll(desk => desk.incidents());
      if (!answers.ok) return answers;
      const all = answers.value.flatMap(([member, incidents]) => incidents.map(one => namedIncident(member, one)));
      return ok(
        all.toSorted(
          (one, other) =>
            Number(isActive(other.status)) - Number(isActive(one.status)) || other.updatedAt - one.updatedAt,
        ),
      );
    },
    async recordIncident(incident, write, where) {
      const home = await placeFor(where);
      if (!home.ok) return home;
      const recorded = await home.value.desk.recordIncident(incident, write);
      return recorded.ok ? ok(namedIncident(home.value, recorded.value)) : recorded;
    },
    async postToIncident(id, post, write) {
      // A post is shown to no desk but the one whose incident it is about; that is told by the boards.
      const boards = homes.has(id) ? undefined : await group.incidents();
      const home = homes.get(id);
      if (home === undefined) return boards?.ok === false ? boards : fail({ code: 'notFound' });
      const posted = await home.desk.postToIncident(id, post, write);
      return posted.ok ? ok(namedIncident(home, posted.value)) : posted;
    },
    async healthSnapshots() {
      const answers = await readAll(desk => desk.healthSnapshots());
      if (!answers.ok) return answers;
      return ok(answers.value.flatMap(([{ name: desk }, kept]) => kept.map(({ text }) => ({ text, desk }))));
    },
    async publishHealth(snapshot, write, where) {
      const home = await placeFor(where);
      return home.ok ? home.value.desk.publishHealth(snapshot, write) : home;
    },
    asOf(caseId) {
      if (caseId !== undefined) return homes.get(caseId)?.desk.asOf?.(caseId);
      const ages = members.flatMap(({ desk }) => desk.asOf?.() ?? []);
      return ages.length === 0 ? undefined : Math.min(...ages);
    },
    retry: () => members.forEach(({ desk }) => desk.retry?.()),
    onDidChange(listener) {
      const stops = members.map(({ desk }) => desk.onDidChange((change: DeskChange) => listener(change)));
      return () => stops.forEach(stop => stop());
    },
    close: () => members.forEach(({ desk }) => desk.close()),
  };

  return group;
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

function parsePositions(cursor: string): Result<Readonly<Record<string, Position>>> {
  try {
    const parsed = z.safeParse(Positions, JSON.parse(cursor));
    return parsed.success ? ok(parsed.data) : invalid('cursor');
  } catch {
    return invalid('cursor');
  }
}
