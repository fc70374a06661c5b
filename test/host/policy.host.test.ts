import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openTeamPolicy, type TeamPolicy } from '../../src/host/policy.ts';
import { maxPolicyLength } from '../../src/policy/policy.ts';
import { createStrings } from '../../src/strings/strings.ts';
import { eventually } from '../support/eventually.ts';

const log = { info: () => {}, error: () => {}, show: () => {}, dispose: () => {} };

describe('the policy file of a workspace', () => {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const file = vscode.Uri.joinPath(folder, 'casebook.policy.json');
  const other = vscode.Uri.joinPath(folder, '.vscode/casebook.json');
  const { fs } = vscode.workspace;
  let example: Uint8Array;
  let policy: TeamPolicy;
  let changes = 0;

  const write = (uri: vscode.Uri, text: string): Thenable<void> => fs.writeFile(uri, new TextEncoder().encode(text));
  // The extension itself marks the same faults in the same file.
  const marks = (): string[] => {
    const ours = vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Casebook');
    const told = ours.map(({ code, range: { start } }) =>
      [typeof code === 'string' ? code : '', `${start.line}:${start.character}`].join(' '),
    );
    return [...new Set(told)];
  };

  before(async () => {
    example = await fs.readFile(file);
    policy = await openTeamPolicy({
      log,
      strings: () => Promise.resolve(createStrings('en')),
      changed: () => {
        changes += 1;
      },
    });
  });
  after(async () => {
    policy.dispose();
    await fs.writeFile(file, example);
  });

  it('is in force once it was read', () => {
    assert.equal(policy.inForce()?.reading, 'weekday');
    assert.equal(changes, 0);
  });

  it('stays in force when the file becomes wrong, and every fault is marked at its key', async () => {
    const wrong =
      '{\n  "reading": "supportDay",\n  "holidays": [{ "date": "2026-02-30", "name": "x" }],\n  "role": "admin"\n}';
    await write(file, wrong);
    await eventually(() => assert.deepEqual(marks(), ['impossibleDate 2:17', 'unknownKey 3:2']));
    const document = await vscode.workspace.openTextDocument(file);
    const [first] = vscode.languages.getDiagnostics(file).filter(({ source }) => source === 'Casebook');
    assert.equal(first && document.getText(first.range), '"date"');
    assert.equal(first?.message, 'There is no such date. Write it as YYYY-MM-DD.');
    assert.equal(policy.inForce()?.reading, 'weekday');
    assert.equal(changes, 0);
  });

  it('comes into force again when it is right again, and tells so', async () => {
    await write(file, '{ "reading": "supportDay" }');
    await eventually(() => assert.equal(policy.inForce()?.reading, 'supportDay'));
    await eventually(() => assert.deepEqual(marks(), []));
    assert.equal(changes, 1);
  });

  it('gives way to the file in .vscode when it is deleted, and that one to the settings', async () => {
    await write(other, '{ "reading": "endOfWeekday" }');
    await fs.delete(file);
    await eventually(() => assert.equal(policy.inForce()?.reading, 'endOfWeekday'));
    await fs.delete(other);
    await eventually(() => assert.equal(policy.inForce(), undefined));
  });

  it('is not read above its size', async () => {
    await write(file, '{}'.padEnd(maxPolicyLength + 1));
    await eventually(() => assert.deepEqual(marks(), ['tooLarge 0:0']));
    assert.equal(policy.inForce(), undefined);
  });

  it('leaves no mark when it is deleted', async () => {
    await fs.delete(file);
    await eventually(() => assert.deepEqual(marks(), []));
  });
});
