import type { Draft, KeptNote } from '../../../src/desk/drafts.ts';
import { fail, ok, type DeskError } from '../../../src/desk/errors.ts';
import type { Outbox, UnsentItem } from '../../../src/desk/outbox.ts';
import type { Settings, SettingsReading } from '../../../src/host/settingsSchema.ts';
import { HealthMarks } from '../../../src/host/healthMarks.ts';
import type { Memento } from '../../../src/host/practiceMode.ts';
import type { SourceOfHealth } from '../../../src/host/services.ts';
import type { Sources } from '../../../src/views/casesReading.ts';
import type { HealthGround, Wanted } from '../../../src/views/healthModel.ts';
import { settingsWith } from '../../support/settings.ts';
import { english, noon } from './builders.ts';
import type { MemoryDesk } from './memoryDesk.ts';

const settings = settingsWith({ person: '', defaultService: '' });

/** What a tree reads from; change its parts between readings. */
export interface World {
  now: number;
  drafts: Draft[];
  notes: KeptNote[];
  quarantined: string[];
  settings: Partial<Settings>;
  problems: SettingsReading['problems'];
  deskError: DeskError | undefined;
  suggested: string | undefined;
  /** What waits for a remote desk; nothing where the desk is on this machine. */
  unsent: UnsentItem[] | undefined;
  /** Sources of service health, and what the user wants to see of them. */
  health: SourceOfHealth[];
  filter: string;
  practising: boolean;
  readonly wanted: Wanted & { readonly marks: HealthMarks };
  readonly logged: string[];
  readonly sources: Sources &
    Pick<HealthGround, 'health'> & { readonly practice: Pick<HealthGround['practice'], 'on'> };
}

/** What waits, in memory; what is done about it changes the list. */
function memoryOutbox(items: UnsentItem[]): Outbox {
  const take = (id: string): UnsentItem | undefined => {
    const at = items.findIndex(item => item.id === id);
    return at < 0 ? undefined : items.splice(at, 1)[0];
  };
  const gone = (id: string) => Promise.resolve(take(id) ? ok(undefined) : fail({ code: 'notFound' } as const));
  return {
    list: () => Promise.resolve(ok([...items])),
    retry: gone,
    discard: gone,
    editAsNew: async (id, use) => {
      const item = items.find(one => one.id === id);
      if (item && (await use(item.what, () => Promise.resolve(ok(new Uint8Array([1])))))) take(id);
      return ok(undefined);
    },
    takeQuarantined: () => [],
    onDidChange: () => () => undefined,
  };
}

/** A memento in memory. */
export function memento(): Memento & { readonly kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>();
  return {
    kept,
    get: key => kept.get(key),
    update: (key, value) => Promise.resolve(void kept.set(key, structuredClone(value))),
  };
}

export function world(desk: MemoryDesk): World {
  const it: World = {
    now: noon,
    drafts: [],
    notes: [],
    quarantined: [],
    settings: {},
    problems: [],
    deskError: undefined,
    suggested: undefined,
    unsent: undefined,
    health: [],
    filter: '',
    practising: false,
    wanted: { marks: new HealthMarks(memento()), filter: () => it.filter },
    logged: [],
    sources: {
      log: {
        info: event => void it.logged.push(event),
        error: event => void it.logged.push(event),
        show: () => undefined,
        dispose: () => undefined,
      },
      now: () => it.now,
      strings: () => Promise.resolve(english),
      settings: () => Promise.resolve({ settings: { ...settings, ...it.settings }, problems: it.problems }),
      desk: () => Promise.resolve(it.deskError === undefined ? ok(desk) : fail(it.deskError)),
      practice: { on: () => it.practising },
      health: () =>
        Promise.resolve({
          all: () => it.health,
          onDidChange: () => () => undefined,
          look: () => () => undefined,
          refresh: () => Promise.resolve(),
          issue: () => Promise.resolve(fail({ code: 'noService' as const })),
          link: source => (source.startsWith('snapshot') ? undefined : 'https://portal.example'),
        }),
      suggestedDesk: () => Promise.resolve(it.suggested),
      outbox: () => Promise.resolve(it.unsent && memoryOutbox(it.unsent)),
      drafts: () =>
        Promise.resolve({
          list: () => Promise.resolve(ok(it.drafts)),
          takeQuarantined: () => it.quarantined.splice(0),
          onDidChange: () => () => undefined,
          close: () => undefined,
          read: () => Promise.resolve(fail({ code: 'notFound' })),
          create: () => Promise.resolve(fail({ code: 'failed' })),
          begin: content => ({
            draft: { id: '', key: '', revision: 1, updatedAt: 0, content },
            create: () => Promise.resolve(fail({ code: 'failed' })),
          }),
          write: () => Promise.resolve(fail({ code: 'failed' })),
          discard: () => Promise.resolve(fail({ code: 'failed' })),
          readNote: () => Promise.resolve(ok({ text: '' })),
          notes: () => Promise.resolve(ok(it.notes)),
          writeNote: () => Promise.resolve(ok(undefined)),
        }),
    },
  };
  return it;
}
