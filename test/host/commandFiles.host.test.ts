import assert from 'node:assert/strict';
import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { answering, type Answer, type Asked } from '../commands/support/answers.ts';
import { ground, type Ground } from '../commands/support/ground.ts';
import { aCase, idOf } from '../views/support/builders.ts';

describe('commands with files', () => {
  let on: Ground;
  let person: Asked;
  const answer = (...answers: Answer[]) => (person = answering(...answers));
  afterEach(() => person.restore());
  const caseId = idOf(12);
  const folder = join(tmpdir(), `casebook-files-${process.pid}`);
  const file = (name: string) => vscode.Uri.file(join(folder, name));
  before(async () => {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a.log'), 'hello');
    await writeFile(join(folder, '.env'), 'SECRET=1');
    await writeFile(join(folder, 'big.bin'), '');
    await truncate(join(folder, 'big.bin'), 26 * 1024 * 1024);
    await symlink(join(folder, 'a.log'), join(folder, 'link.log'));
  });
  after(() => rm(folder, { recursive: true, force: true }));
  beforeEach(() => {
    on = ground();
    answer();
    on.desk.cases = [aCase()];
  });

  it('adds what was chosen, with its note', async () => {
    answer('See the log').open = [file('a.log')];
    await on.run('casebook.addFiles', { caseId });
    const sha256 = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824';
    assert.deepEqual(on.desk.writes, [
      { kind: 'annotate', text: 'See the log', files: [{ name: 'a.log', bytes: 5, sha256 }] },
    ]);
  });

  const refused: [name: string, words: RegExp][] = [
    ['big.bin', /big\.bin is larger than 25 MB/],
    ['gone.txt', /gone\.txt can no longer be read/],
    ['link.log', /link\.log is a link to another file/],
    ['.', /is not a file/],
  ];
  for (const [name, words] of refused) {
    it(`says why ${name} cannot be added`, async () => {
      answer().open = [file('a.log'), file(name)];
      await on.run('casebook.addFiles', { caseId });
      assert.match(person.shown.join(), words);
      assert.deepEqual([on.desk.attempts, on.desk.files.size], [[], 0]);
    });
  }

  it('says so when a file vanishes between choosing and sending', async () => {
    await writeFile(join(folder, 'short.log'), 'x');
    answer('note').open = [file('short.log')];
    const { showInputBox } = vscode.window;
    Object.assign(vscode.window, {
      showInputBox: async (options: vscode.InputBoxOptions) => {
        await rm(join(folder, 'short.log'));
        return showInputBox(options);
      },
    });
    await on.run('casebook.addFiles', { caseId });
    assert.match(person.shown.at(-1) ?? '', /^warning: short\.log can no longer be read/);
    assert.deepEqual(on.desk.attempts, []);
  });

  it('asks twice before a file that may hold secrets', async () => {
    answer('Add all', undefined).open = [file('a.log'), file('.env')];
    await on.run('casebook.addFiles', { caseId });
    assert.equal(person.shown.filter(text => text.startsWith('modal: ')).length, 2);
    assert.deepEqual(on.desk.attempts, []);
    person.restore();
    answer('Leave these out', '').open = [file('a.log'), file('.env')];
    await on.run('casebook.addFiles', { caseId });
    person.restore();
    answer('Add all', 'Add anyway', '').open = [file('.env')];
    await on.run('casebook.addFiles', { caseId });
    const names = on.desk.writes.map(write => ('files' in write ? write.files.map(({ name }) => name) : []));
    assert.deepEqual(names, [['a.log'], ['.env']]);
  });

  it('saves an attachment under a safe name, and only one that is whole', async () => {
    const stored = await on.desk.upload({
      name: '../../CON',
      async *chunks() {
        yield await Promise.resolve(new TextEncoder().encode('content'));
      },
    });
    assert.ok(stored.ok);
    on.desk.filed.set(caseId, [stored.value]);
    answer().save = file('saved.bin');
    await on.run('casebook.saveAttachment', { caseId, sha256: stored.value.sha256 });
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(file('saved.bin'))), 'content');
    assert.equal(person.proposed, '_.._CON');
    on.desk.files.set(stored.value.sha256, new TextEncoder().encode('other'));
    await on.run('casebook.saveAttachment', { caseId, sha256: stored.value.sha256 });
    assert.match(person.shown.at(-1) ?? '', /does not match its checksum/);
    await on.run('casebook.saveAttachment', { caseId, sha256: 'c'.repeat(64) });
    assert.equal(person.shown.length, 1);
  });

  it('exports as JSON and Markdown, and says when that fails', async () => {
    answer('JSON', undefined).save = file('case.json');
    await on.run('casebook.exportTimeline', { caseId });
    const bytes = await vscode.workspace.fs.readFile(file('case.json'));
    const json = JSON.parse(new TextDecoder().decode(bytes)) as { format: string };
    assert.equal(json.format, 'casebook.case');
    assert.equal(person.proposed, 'case-12.json');
    person.restore();
    answer('Markdown').save = file('a.log/inside-a-file.md');
    await on.run('casebook.exportTimeline', { caseId });
    assert.match(person.shown.at(-1) ?? '', /^error: The file could not be saved there/);
  });
});
