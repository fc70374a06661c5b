import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { safeFileName } from '../../src/host/fileName.ts';
import { literal } from '../../src/host/literal.ts';
import { parseMoment } from '../../src/commands/moment.ts';
import { mayHoldSecrets } from '../../src/host/secretNames.ts';
import { deskSentence } from '../../src/commands/sentence.ts';
import type { DeskError } from '../../src/desk/errors.ts';
import { english } from '../views/support/builders.ts';
import { hostile } from '../views/support/hostile.ts';

describe('a typed time', () => {
  const zone = process.env['TZ'];
  beforeEach(() => {
    process.env['TZ'] = 'Europe/Prague';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const now = Date.UTC(2026, 2, 30, 12, 0, 30);
  const from = Date.UTC(2026, 2, 1, 8, 30, 45);
  const parse = (text: string) => parseMoment(text, { from, now });

  const read: [text: string, at: number][] = [
    ['2026-03-05 14:30', Date.UTC(2026, 2, 5, 13, 30)],
    [' 2026-03-30T14:00 ', Date.UTC(2026, 2, 30, 12)],
    ['13:59', Date.UTC(2026, 2, 30, 11, 59)],
    // The minute the case was opened in.
    ['2026-03-01 09:30', from],
  ];
  for (const [text, at] of read) it(`reads ${text}`, () => assert.deepEqual(parse(text), { ok: true, at }));

  const refused: [text: string, code: string][] = [
    ['', 'notATime'],
    ['yesterday', 'notATime'],
    ['14:3', 'notATime'],
    ['24:00', 'notATime'],
    ['2026-02-30 10:00', 'notATime'],
    ['2026-3-5 10:00', 'notATime'],
    ['2026-03-05 10:00Z', 'notATime'],
    ['0000-01-01 00:00', 'notATime'],
    ['2026-03-29 02:30', 'skipped'],
    ['2026-03-30 14:01', 'future'],
    ['14:01', 'future'],
    ['9999-12-31 23:59', 'future'],
    ['2026-03-01 09:29', 'beforeOpening'],
  ];
  it('that the clocks show twice is the first of the two', () => {
    const at = Date.UTC(2026, 9, 25, 0, 30);
    assert.deepEqual(parseMoment('2026-10-25 02:30', { from, now: at + 86_400_000 }), { ok: true, at });
  });
  for (const [text, code] of refused) {
    it(`refuses ${text || 'nothing'}: ${code}`, () => assert.deepEqual(parse(text), { ok: false, code }));
  }
});

describe('the name proposed for a saved file', () => {
  const names: [name: string, proposed: string][] = [
    ['report.log', 'report.log'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\x', '_.._x'],
    ['a:b', 'a_b'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['COM1.log', '_COM1.log'],
    ['nul', '_nul'],
    ['.bashrc', 'bashrc'],
    ['...', 'file'],
    ['', 'file'],
    ['  x.txt. ', 'x.txt'],
    ['a\u0000b.txt', 'ab.txt'],
    ['gpj.\u202Eexe', 'gpj.exe'],
    ['a\u200Bb', 'ab'],
    ['C:\\Windows\\x.dll', 'C__Windows_x.dll'],
    ['%APPDATA%', '_APPDATA_'],
    [`${'x'.repeat(300)}.log`, `${'x'.repeat(116)}.log`],
    ['příloha č. 1.pdf', 'příloha č. 1.pdf'],
    ['קובץ.txt', 'קובץ.txt'],
  ];
  for (const [name, proposed] of names) {
    it(`of ${JSON.stringify(name.slice(0, 30))} is ${JSON.stringify(proposed.slice(0, 30))}`, () => {
      assert.equal(safeFileName(name, 'file'), proposed);
    });
  }

  it('is one plain name whatever it is made of', () => {
    for (const text of hostile) {
      const name = safeFileName(text, 'file');
      assert.doesNotMatch(name, /[\\/:*?"<>|\p{C}]/u);
      assert.ok(name.length > 0 && name.length <= 120 && !name.startsWith('.'));
    }
  });
});

describe('names of files that may hold secrets', () => {
  for (const name of ['.env', '.env.local', 'key.pem', 'id_rsa', 'id_ed25519.pub', '.npmrc', 'state.vscdb', 'a.PFX']) {
    it(name, () => assert.ok(mayHoldSecrets(name)));
  }
  for (const name of ['env.ts', 'pem.txt', 'identity.log', 'vscdb', 'screenshot.png', 'width_id_1']) {
    it(`not ${name}`, () => assert.ok(!mayHoldSecrets(name)));
  }
});

describe('the sentence of what a desk answers', () => {
  const sentences: [error: DeskError, sentence: string][] = [
    [{ code: 'notFound' }, 'This case is not here any more. Refresh the list.'],
    [{ code: 'impossible', action: 'close', status: 'closed' }, 'This is not possible while the case is “Closed”.'],
    [
      { code: 'refused', rule: 'technicalOnly', facts: ['C-23'] },
      'Severity A is for technical cases only; here the highest is severity B.',
    ],
    [{ code: 'refused', rule: 'unheardOf', facts: [] }, 'A rule of this support offer refuses this: unheardOf'],
    [
      {
        code: 'invalid',
        issues: [
          { path: 'title', code: 'tooLong', limit: 200 },
          { path: 'files.0.name', code: 'invalid' },
          { path: 'files.1.name', code: 'invalid' },
        ],
      },
      'Some fields need another look: Title and Files.',
    ],
    [
      { code: 'fileTooLarge', name: 'dump.bin', limit: 25 * 1024 * 1024 },
      'dump.bin is larger than 25 MB. Choose a smaller file or split it.',
    ],
    [
      { code: 'newerDatabase', found: 9, known: 1 },
      'The cases were saved by a newer Casebook (format 9, this one knows 1). Nothing was touched; update Casebook to open them.',
    ],
  ];
  for (const [error, sentence] of sentences) {
    it(error.code, () => assert.equal(deskSentence(english, error), sentence));
  }

  it('carries no link from a file’s name', () => {
    for (const name of hostile) {
      const sentence = deskSentence(english, { code: 'fileGone', name });
      assert.doesNotMatch(sentence, /\]\(|<\w|https?:\/\/|\$\(/);
    }
  });
});

describe('a text in a list to choose from', () => {
  const shown: [text: string, given: string][] = [
    ['$(bug) in mail', '\\$(bug) in mail'],
    ['$(sync~spin)', '\\$(sync~spin)'],
    ['$(Bug)$(x)', '\\$(Bug)\\$(x)'],
    ['costs $(5 + 5) or $() or $(', 'costs $(5 + 5) or $() or $('],
    ['plain', 'plain'],
  ];
  for (const [text, given] of shown) it(`never draws an icon: ${text}`, () => assert.equal(literal(text), given));
});
