import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Draft } from '../../src/desk/drafts.ts';
import { fail, ok } from '../../src/desk/errors.ts';
import { sweepContent } from '../../src/forms/pasted.ts';
import { aDraft, day, noon } from '../views/support/builders.ts';

describe('what was pasted', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pasted-'));
    for (const [name, age] of [
      ['old', 31],
      ['named', 31],
      ['young', 29],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, 'image.png'), name);
      const at = new Date(noon - age * day);
      await utimes(join(folder, name), at, at);
    }
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const uri = () => vscode.Uri.file(folder);
  const drafts = (): readonly Draft[] => {
    const file = vscode.Uri.joinPath(uri(), 'named', 'image.png').toString();
    const draft = aDraft();
    return [{ ...draft, content: { ...draft.content, files: [{ uri: file, name: 'image.png', bytes: 5 }] } }];
  };

  it('is removed a month after nothing names it any more', async () => {
    await sweepContent(uri(), { list: () => Promise.resolve(ok(drafts())) }, noon);
    assert.deepEqual((await readdir(folder)).sort(), ['named', 'young']);
  });

  it('stays while it is not known what the drafts name', async () => {
    await sweepContent(uri(), { list: () => Promise.resolve(fail({ code: 'failed' })) }, noon);
    assert.equal((await readdir(folder)).length, 3);
  });

  it('may never have been', async () => {
    await sweepContent(vscode.Uri.joinPath(uri(), 'none'), { list: () => Promise.resolve(ok([])) }, noon);
  });
});
