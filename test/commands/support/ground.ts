import { fail, ok, type DeskError, type Result } from '../../../src/desk/errors.ts';
import type { HealthFailure } from '../../../src/desk/healthReading.ts';
import { signInOf } from '../../../src/healthSources.ts';
import type { CommandId } from '../../../src/host/ids.ts';
import type { CasesLook, Services, SourceOfHealth } from '../../../src/host/services.ts';
import { loadRun } from '../../../src/commands/index.ts';
import { memoryDrafts, type MemoryDrafts } from '../../forms/support/memoryDrafts.ts';
import { memoryDesk, type MemoryDesk } from '../../views/support/memoryDesk.ts';
import { world, type World } from '../../views/support/sources.ts';

/** What commands run on in a test, and what they did to it. */
export interface Ground {
  readonly desk: MemoryDesk;
  readonly drafts: MemoryDrafts;
  readonly place: World;
  readonly services: Services;
  /** Calls to pages, look and log, as `name(argument)`. */
  readonly calls: string[];
  active: string | undefined;
  practising: boolean;
  practiceError: DeskError | undefined;
  /** What connecting a desk answers. */
  connectError: DeskError | undefined;
  /** The sources of health in use. */
  sources: SourceOfHealth[];
  /** What signing a reading comes to. */
  signed: string | undefined;
  /** What a status page answers that is to be connected. */
  pageName: Result<string, HealthFailure>;
  /** Every question asked of desk and drafts. */
  asked: number;
  run(id: CommandId, argument?: unknown): Promise<void>;
}

export function ground(): Ground {
  const desk = memoryDesk();
  const place = world(desk);
  const drafts = memoryDrafts(() => place.now);
  const calls: string[] = [];
  const call =
    (name: string) =>
    (...values: unknown[]): void =>
      void calls.push(`${name}(${values.map(value => JSON.stringify(value)).join()})`);
  const later =
    (name: string) =>
    (...values: unknown[]): Promise<void> => {
      call(name)(...values);
      return Promise.resolve();
    };
  const look: CasesLook = {
    filter: () => ({}),
    setFilter: call('setFilter'),
    grouping: () => 'status',
    setGrouping: call('setGrouping'),
    showMore: call('showMore'),
    refresh: call('refresh'),
  };
  const it: Ground = {
    desk,
    drafts,
    place,
    calls,
    active: undefined,
    practising: false,
    practiceError: undefined,
    connectError: undefined,
    sources: [],
    signed: 'signed',
    pageName: ok('Example'),
    asked: 0,
    services: {
      ...place.sources,
      log: { ...place.sources.log, show: call('showLog') },
      look,
      healthLook: { filter: () => '', setFilter: call('setHealthFilter'), mark: later('mark') },
      onDidChangePolicy: () => ({ dispose: () => undefined }),
      onDidChangePlace: () => ({ dispose: () => undefined }),
      practice: {
        on: () => it.practising,
        open: () => Promise.resolve(it.practiceError === undefined ? ok(undefined) : fail(it.practiceError)),
        leave: later('leave'),
        anew: () => {
          call('anew')();
          return Promise.resolve(ok(undefined));
        },
        setClock: later('setClock'),
      },
      connections: () =>
        Promise.resolve({
          originOf: address => (URL.canParse(address) ? new URL(address).origin : undefined),
          connect: (connection, signIn) => {
            call('connect')(connection, signIn);
            return Promise.resolve(it.connectError === undefined ? ok(undefined) : fail(it.connectError));
          },
          disconnect: later('disconnect'),
          decline: later('decline'),
          follow: later('follow'),
        }),
      health: () =>
        Promise.resolve({
          all: () => it.sources,
          onDidChange: () => () => undefined,
          look: () => () => undefined,
          refresh: later('refreshHealth'),
          issue: () => Promise.resolve(fail({ code: 'noService' })),
          link: (source, kind, id) => (source.startsWith('graph') ? `https://portal.example/${kind}/${id}` : undefined),
        }),
      healthConnections: () =>
        Promise.resolve({
          signInOf,
          originOf: address => (URL.canParse(address) ? new URL(address).origin : undefined),
          nameOf: () => Promise.resolve(it.pageName),
          connect: later('connectHealth'),
          remove: later('removeHealth'),
        }),
      healthPublishing: () =>
        Promise.resolve({
          publicKey: () => Promise.resolve(`MCowBQYDK2VwAyEA${'A'.repeat(43)}=`),
          sign: (...given) => {
            call('sign')(...given);
            return Promise.resolve(it.signed);
          },
        }),
      desk: () => {
        it.asked += 1;
        return place.sources.desk();
      },
      drafts: () => {
        it.asked += 1;
        return Promise.resolve(drafts);
      },
      pages: {
        newCase: later('newCase'),
        openDraft: later('openDraft'),
        openCase: later('openCase'),
        showNote: later('showNote'),
        openIssue: later('openIssue'),
        keepFile: ({ name, bytes }) => Promise.resolve([{ uri: `kept:${name}`, name, bytes: bytes?.length ?? 0 }]),
        activeCase: () => it.active,
        activeDraft: () => undefined,
      },
    },
    run: async (id, argument) => (await loadRun(id))(it.services, argument),
  };
  return it;
}
