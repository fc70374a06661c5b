import type { Desk } from '../../../src/desk/desk.ts';
import type { DeskError, Result } from '../../../src/desk/errors.ts';
import { fail, ok } from '../../../src/desk/errors.ts';
import { readPhone } from '../../../src/forms/phone.ts';
import type { CasePorts, NewCasePorts } from '../../../src/forms/ports.ts';
import type { PickedFile } from '../../../src/desk/drafts.ts';
import type { Settings } from '../../../src/host/settingsSchema.ts';
import { createStrings } from '../../../src/strings/strings.ts';
import type { MemoryDrafts } from './memoryDrafts.ts';
import { settingsWith } from '../../support/settings.ts';

/** The world around a controller: what it did is in `did`, what it meets can be set. */
export interface World {
  readonly did: string[];
  readonly logged: string[];
  readonly files: Map<string, Uint8Array>;
  settings: Settings;
  desk: Result<Desk>;
  picks: readonly PickedFile[];
  confirms: boolean;
  inWorkspace: boolean;
  /** What was put on the clipboard. */
  copied: string[];
}

export function worldOf(desk: Desk | DeskError, settings: Partial<Settings> = {}): World {
  return {
    did: [],
    logged: [],
    files: new Map(),
    settings: settingsWith(settings),
    desk: 'code' in desk ? fail(desk) : ok(desk),
    picks: [],
    confirms: true,
    inWorkspace: true,
    copied: [],
  };
}

/** A file that the world has, as the dialog would have picked it. */
export function pickable(world: World, name: string, content: Uint8Array): PickedFile {
  const uri = `file:///home/anna/${name}`;
  world.files.set(uri, content);
  return { uri, name, bytes: content.length };
}

export function portsOf(
  world: World,
  drafts: MemoryDrafts,
  now: () => number,
  post: (message: unknown) => unknown,
): NewCasePorts & CasePorts {
  const strings = createStrings('en');
  const did = (what: string) => void world.did.push(what);
  const later = (what: string) => {
    did(what);
    return Promise.resolve();
  };
  const confirm = (what: string) => {
    did(what);
    return Promise.resolve(world.confirms);
  };
  return {
    log: { info: did, error: what => void world.logged.push(what) },
    zone: 'Europe/Helsinki',
    drafts,
    now,
    strings: () => Promise.resolve(strings),
    settings: () => Promise.resolve(world.settings),
    desk: () => Promise.resolve(world.desk),
    post,
    pickFiles: () => Promise.resolve(world.picks),
    keepContent: ({ name, bytes = new Uint8Array() }) => Promise.resolve([pickable(world, name, bytes)]),
    takeAddresses: () => Promise.resolve(world.picks),
    healthReadings: () => Promise.resolve([]),
    phoneReader: () => Promise.resolve(readPhone),
    measure: ({ uri, name }) => {
      const content = world.files.get(uri);
      return Promise.resolve(content ? ok(content.length) : fail({ code: 'fileGone', name }));
    },
    read: ({ uri, name }) => {
      const content = world.files.get(uri);
      return Promise.resolve(content ? ok(content) : fail({ code: 'fileGone', name }));
    },
    setTitle: title => did(`title ${title}`),
    closePage: () => did('close page'),
    confirmSeverityA: () => confirm('confirm A'),
    confirmDiscard: () => confirm('confirm discard'),
    openCase: id => later(`open case ${id}`),
    sayKept: () => did('say kept'),
    openSettings: () => did('open settings'),
    explain: () => did('explain'),
    run: command => later(`run ${command}`),
    saveFile: ({ name }) => later(`save ${name}`),
    openPlace: ({ path }) => {
      did(`open ${path}`);
      return Promise.resolve(world.inWorkspace);
    },
    copy: text => {
      world.copied.push(text);
      return Promise.resolve();
    },
    openAddress: url => later(`open ${url}`),
    openIssue: ({ source, id }) => later(`open issue ${source ?? 'board'} ${id}`),
    sayPlaceOutside: () => did('say outside'),
  };
}
