import type { Draft } from '../../../src/desk/drafts.ts';
import { fail, ok, type DeskError } from '../../../src/desk/errors.ts';
import type { Settings, SettingsReading } from '../../../src/host/settingsSchema.ts';
import type { Sources } from '../../../src/views/casesReading.ts';
import { settingsWith } from '../../support/settings.ts';
import { english, noon } from './builders.ts';
import type { MemoryDesk } from './memoryDesk.ts';

const settings = settingsWith({ person: '', defaultService: '' });

/** What a tree reads from; change its parts between readings. */
export interface World {
  now: number;
  drafts: Draft[];
  quarantined: string[];
  settings: Partial<Settings>;
  problems: SettingsReading['problems'];
  deskError: DeskError | undefined;
  suggested: string | undefined;
  readonly logged: string[];
  readonly sources: Sources;
}

export function world(desk: MemoryDesk): World {
  const it: World = {
    now: noon,
    drafts: [],
    quarantined: [],
    settings: {},
    problems: [],
    deskError: undefined,
    suggested: undefined,
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
      suggestedDesk: () => Promise.resolve(it.suggested),
      drafts: () =>
        Promise.resolve({
          list: () => Promise.resolve(ok(it.drafts)),
          takeQuarantined: () => it.quarantined.splice(0),
          onDidChange: () => () => undefined,
          close: () => undefined,
          read: () => Promise.resolve(fail({ code: 'notFound' })),
          create: () => Promise.resolve(fail({ code: 'failed' })),
          write: () => Promise.resolve(fail({ code: 'failed' })),
          discard: () => Promise.resolve(fail({ code: 'failed' })),
          readNote: () => Promise.resolve(ok('')),
          writeNote: () => Promise.resolve(ok(undefined)),
        }),
    },
  };
  return it;
}
