import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Desk } from '../../src/desk/desk.ts';
import type { Services } from '../../src/host/services.ts';
import { Places } from '../../src/places.ts';
import { answering, type Asked } from '../commands/support/answers.ts';
import { ground, type Ground } from '../commands/support/ground.ts';
import { eventually } from '../support/eventually.ts';
import { day, hour, noon } from '../views/support/builders.ts';

/** The state of a workspace: what is kept when a window goes. */
class State {
  readonly #kept = new Map<string, unknown>();
  get(key: string): unknown {
    return this.#kept.get(key);
  }
  update(key: string, value: unknown): Promise<void> {
    this.#kept.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

describe('the two places a window works at', () => {
  let storage: string;
  let state: State;
  let windows: Places[];
  let person: Asked;
  beforeEach(async () => {
    storage = await mkdtemp(join(tmpdir(), 'places-'));
    state = new State();
    windows = [];
    person = answering();
  });
  afterEach(async () => {
    person.restore();
    for (const one of windows) one.dispose();
    await rm(storage, { recursive: true, force: true });
  });

  const open = (changes: Partial<Services> = {}): Places => {
    const services = { ...ground().services, ...changes };
    const uri = vscode.Uri.file(storage);
    const secrets: vscode.SecretStorage = {
      keys: () => Promise.resolve([]),
      get: () => Promise.resolve(undefined),
      store: () => Promise.resolve(),
      delete: () => Promise.resolve(),
      onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
    };
    const states = { globalState: new State(), workspaceState: state };
    const context = { extensionUri: uri, globalStorageUri: uri, secrets, ...states };
    const places = new Places({ context, services: () => services });
    windows.push(places);
    return places;
  };
  const deskOf = async (places: Places): Promise<Desk> => {
    const opened = await places.current.desk();
    assert.ok(opened.ok);
    return opened.value;
  };
  const titles = async (places: Places): Promise<string[]> => {
    const list = await (await deskOf(places)).list({}, { limit: 200 });
    assert.ok(list.ok);
    return list.value.items.map(({ title }) => title);
  };
  const file = async (places: Places, title: string): Promise<void> => {
    const texts = { service: '', text: 'x', impact: '', resource: '', contact: 'x' };
    const kind = { profile: 'm365China', category: 'technical', severity: 'C', zone: 'UTC' } as const;
    const filed = await (
      await deskOf(places)
    ).file({ ...kind, ...texts, title, places: [], files: [] }, { key: crypto.randomUUID() });
    assert.ok(filed.ok, JSON.stringify(filed));
  };

  it('never mix their cases and drafts, there and back', async () => {
    const places = open();
    await file(places, 'My own');
    assert.equal(places.practice.on(), false);
    assert.ok((await places.practice.open()).ok);
    assert.equal(places.practice.on(), true);
    await file(places, 'Practised');
    assert.equal((await titles(places)).length, 11);
    const drafts = await (await places.current.drafts()).list();
    assert.equal(drafts.ok && drafts.value.length, 2);
    await places.practice.leave();
    assert.deepEqual(await titles(places), ['My own']);
    const own = await (await places.current.drafts()).list();
    assert.equal(own.ok && own.value.length, 0);
    assert.ok((await places.practice.open()).ok);
    assert.ok((await titles(places)).includes('Practised'), 'what was practised is there the next time');
  });

  it('tell of every change between them and of every change of the clock', async () => {
    const places = open();
    let told = 0;
    places.onDidChange(() => told++);
    await places.practice.open();
    await places.practice.open();
    assert.equal(told, 1);
    await places.practice.setClock(noon);
    assert.equal(told, 2);
    await places.practice.leave();
    await places.practice.leave();
    assert.equal(told, 3);
  });

  it('stay through a reload: the mode, the clock, what was written', async () => {
    const before = open();
    await before.practice.open();
    await file(before, 'Practised');
    await before.practice.setClock(noon);
    const shown = before.current.now();
    assert.ok(Math.abs(shown - noon) < hour);
    before.dispose();
    const after = open();
    assert.equal(after.practice.on(), true);
    assert.ok(Math.abs(after.current.now() - noon) < hour);
    assert.ok((await titles(after)).includes('Practised'));
    await after.practice.setClock();
    assert.ok(Math.abs(after.current.now() - Date.now()) < hour);
  });

  it('give a practice clock to practice only', async () => {
    const places = open();
    await places.practice.open();
    await places.practice.setClock(Date.now() + 30 * day);
    await file(places, 'Later');
    await places.practice.leave();
    assert.ok(Math.abs(places.current.now() - Date.now()) < hour);
  });

  it('start anew with fresh samples, and leave nothing beside them', async () => {
    const places = open();
    await file(places, 'My own');
    await places.practice.open();
    await file(places, 'Practised');
    assert.ok((await places.practice.anew()).ok);
    const fresh = await titles(places);
    assert.equal(fresh.length, 10);
    assert.ok(!fresh.includes('Practised'));
    assert.deepEqual(
      (await readdir(storage)).filter(name => name.startsWith('practice')),
      ['practice'],
    );
    await places.practice.leave();
    assert.deepEqual(await titles(places), ['My own']);
  });

  it('give two windows one practice desk, whoever opens it first', async () => {
    const [one, other] = [open(), open()];
    const opened = await Promise.all([one.practice.open(), other.practice.open()]);
    assert.ok(opened.every(({ ok }) => ok));
    await file(one, 'Practised');
    assert.deepEqual(await titles(other), await titles(one));
    assert.equal((await titles(other)).length, 11);
  });

  it('follow each other when one starts anew: cases, drafts and the beginning of the clock', async () => {
    const [one, other] = [open(), open()];
    await one.practice.open();
    await other.practice.open();
    let told = 0;
    other.onDidChange(() => told++);
    let mine = 0;
    one.onDidChange(() => mine++);
    await eventually(async () => {
      // Until the other watches nothing is heard: then once more.
      const before = told;
      await file(one, 'Practised');
      await other.practice.setClock(noon);
      assert.ok((await one.practice.anew()).ok);
      await eventually(() => assert.ok(told > before + 1), 500);
    });
    assert.equal((await titles(other)).length, 10);
    assert.deepEqual(await titles(other), await titles(one));
    assert.ok(Math.abs(other.current.now() - one.current.now()) < hour);
    await file(one, 'Practised together');
    assert.ok((await titles(other)).includes('Practised together'));
    await file(other, 'And back');
    assert.ok((await titles(one)).includes('And back'));
    // Who starts anew does not follow itself, nor does a window that has left.
    await other.practice.leave();
    [told, mine] = [0, 0];
    assert.ok((await one.practice.anew()).ok);
    const names = await readdir(join(storage, 'anew'));
    assert.deepEqual([names.length, mine, told], [1, 1, 0]);
  });

  it('put whole samples where a window died before it had made them', async () => {
    await mkdir(join(storage, 'practice', 'drafts'), { recursive: true });
    await mkdir(join(storage, 'practice.new-x'), { recursive: true });
    const places = open();
    assert.ok((await places.practice.open()).ok);
    assert.equal((await titles(places)).length, 10);
  });

  it('leave the window at its own desk where the practice desk is of a newer Casebook', async () => {
    await mkdir(join(storage, 'practice'));
    const newer = new DatabaseSync(join(storage, 'practice', 'desk.sqlite'));
    newer.exec('CREATE TABLE later(id); PRAGMA user_version = 999');
    newer.close();
    const places = open();
    const opened = await places.practice.open();
    assert.equal(opened.ok ? '' : opened.error.code, 'newerDatabase');
    assert.equal(places.practice.on(), false);
    await file(places, 'My own');
    assert.deepEqual(await titles(places), ['My own']);
  });

  it('leave the window at its own desk, and nothing half-made, where the samples cannot be made', async () => {
    const places = open({ strings: () => Promise.reject(new Error('no strings')) });
    const opened = await places.practice.open();
    assert.equal(opened.ok ? '' : opened.error.code, 'failed');
    assert.equal(places.practice.on(), false);
    assert.deepEqual(
      (await readdir(storage)).filter(name => name.startsWith('practice')),
      [],
    );
    await file(places, 'My own');
    assert.deepEqual(await titles(places), ['My own']);
  });

  it('take a place where a file stands in the way', async () => {
    await writeFile(join(storage, 'practice'), '');
    const places = open();
    assert.ok((await places.practice.open()).ok);
    assert.equal((await titles(places)).length, 10);
  });
});

describe('the commands of the practice desk', () => {
  let on: Ground;
  let person: Asked;
  beforeEach(() => (on = ground()));
  afterEach(() => person.restore());

  const moments: [choice: string, typed: string[], set: number | undefined][] = [
    ['One hour on', [], noon + hour],
    ['One day on', [], noon + day],
    // Support is open at noon of the builders, a Wednesday at 10:00 in Beijing: it opens again the next day at 09:00.
    ['When support opens next', [], noon + 23 * hour],
    ['Back to now', [], undefined],
    ['A date and time', ['2030-03-05 14:30'], new Date(2030, 2, 5, 14, 30).getTime()],
    ['A date and time', ['2020-03-05 14:30'], new Date(2020, 2, 5, 14, 30).getTime()],
  ];
  for (const [choice, typed, set] of moments) {
    it(`set its clock: ${[choice, ...typed].join(' ')}`, async () => {
      on.practising = true;
      person = answering(choice, ...typed);
      await on.run('casebook.setPracticeClock');
      assert.deepEqual(on.calls, [`setClock(${set === undefined ? '' : String(set)})`]);
    });
  }

  it('change nothing when the person turns away', async () => {
    on.practising = true;
    person = answering(undefined, undefined);
    await on.run('casebook.setPracticeClock');
    await on.run('casebook.startPracticeAnew');
    assert.deepEqual(on.calls, []);
  });

  it('ask before they delete what was practised', async () => {
    on.practising = true;
    person = answering('Start anew');
    await on.run('casebook.startPracticeAnew');
    assert.deepEqual(on.calls, ['anew()']);
    assert.match(person.shown.join(), /modal: Start practice anew\?\nEverything on the practice desk is deleted/);
  });

  for (const id of ['casebook.setPracticeClock', 'casebook.startPracticeAnew'] as const) {
    it(`do nothing but say why where nobody practises: ${id}`, async () => {
      person = answering();
      await on.run(id);
      assert.deepEqual([on.calls, person.shown], [[], ['info: Open the practice desk first.']]);
    });
  }

  it('tell why the practice desk does not open in the words of the local desk', async () => {
    person = answering();
    on.practiceError = { code: 'storageFull' };
    await on.run('casebook.openPracticeDesk');
    assert.match(person.shown.join(), /^warn(ing)?: The disk is full\./);
    person.restore();
    person = answering(undefined);
    on.practiceError = { code: 'newerDatabase', found: 9, known: 1 };
    await on.run('casebook.openPracticeDesk');
    assert.match(person.shown.join(), /^error: /);
  });
});
