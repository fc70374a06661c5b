// Hebrew in an editor that reads from left to right: each part of a row keeps its direction to itself.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { sources } from '../../src/commands/explanations.ts';
import { safeText } from '../../src/host/safeText.ts';
import { deskStatuses } from '../../src/desk/words.ts';
import { arranged, isolated, isolatedIn, isolatedPart } from '../../src/strings/bidi.ts';
import { createStrings, type Table } from '../../src/strings/strings.ts';
import { caseTarget } from '../../src/views/caseTarget.ts';
import { filterMessage } from '../../src/views/look.ts';
import { presentCase, presentDraft, type Telling } from '../../src/views/presentCase.ts';
import { presentNote } from '../../src/views/presentUnsent.ts';
import { damagedDraft, presentGroup, presentMore, settingProblem } from '../../src/views/presentGroup.ts';
import { presentIncident, presentPost, presentService } from '../../src/views/presentIncident.ts';
import { presentUnconnected } from '../../src/views/presentSource.ts';
import { statusText } from '../../src/views/statusBar.ts';
import { createTimes } from '../../src/views/times.ts';
import { settingsWith } from '../support/settings.ts';
import { aCase, aDraft, anIncident, day, english, hour, idOf, noon } from '../views/support/builders.ts';
import { aSource, sourceRows } from '../views/support/health.ts';

const strings = createStrings('he', JSON.parse(readFileSync('l10n/he.json', 'utf8')) as Table);
const telling: Telling = { strings, times: createTimes('he', 'Asia/Jerusalem'), now: noon };
const hebrew = /\p{Script=Hebrew}/u;

const post = { at: noon, by: { name: 'Ada' }, status: 'investigating', text: 'Two of 3 servers' } as const;
const incident = anIncident({ posts: [post] });
const failures = [
  ...(['signedOut', 'consentMissing', 'noAdminRole', 'unreachable', 'noService', 'notASource'] as const).map(code => ({
    code,
  })),
  { code: 'throttled', until: noon + hour } as const,
];
const rows = [
  ...deskStatuses.flatMap(status =>
    [0, 5 * hour, 9 * day].map(age => {
      const of = aCase({ status, vendorNumber: 'SR-7', notes: 1, files: 2, title: 'הדואר של Outlook לא נשלח' });
      const now = noon + age;
      const target = caseTarget(of, settingsWith(), now);
      return presentCase(of, { ...telling, now, target, severityNames: true, showStatus: true });
    }),
  ),
  presentDraft(aDraft({ title: '', severity: 'A' }), telling),
  presentNote({ caseId: idOf(1), title: '', teamOnly: true, updatedAt: noon }, telling),
  presentGroup(strings.t('view.group.unsent'), { count: 12, more: false }, 'x', strings),
  presentMore(50, strings),
  settingProblem('holidays', strings).item,
  damagedDraft('draft-7.json', strings).item,
  presentService({ service: 'Exchange Online', favourite: true, incidents: [incident], open: [incident] }, telling),
  presentIncident(incident, telling),
  presentPost(post, telling),
  presentPost({ ...post, text: '' }, telling),
  presentUnconnected(telling),
  ...failures.flatMap(failure => sourceRows(aSource({ failure }), telling)),
  ...sourceRows(aSource({}, { by: 'רות', publishedAt: noon }), telling),
];

/** What of a line is not between isolates. */
function outside(line: string): string {
  let depth = 0;
  let found = '';
  for (const character of line) {
    if (character === '\u2067' || character === '\u2068') depth++;
    else if (character === '\u2069') depth--;
    else if (depth === 0) found += character;
    assert.ok(depth >= 0, line);
  }
  assert.equal(depth, 0, line);
  return found;
}

describe('from right to left', () => {
  it('no Hebrew of a row, a tooltip or the status bar can reorder what stands beside it', () => {
    const status = statusText({ needsYou: 1, waiting: 2, total: 3, possible: new Set() }, strings);
    const message = filterMessage({ text: 'mail (new)', service: 'Exchange Online' }, 2, 3, strings);
    const texts = rows.flatMap(({ label, description, tooltip }) => [label, description ?? '', tooltip ?? '']);
    for (const text of [...texts, status?.tooltip ?? '', message]) {
      for (const line of text.split('\n')) assert.doesNotMatch(outside(line), hebrew, line);
    }
  });

  it('what a screen reader is told has no marks that it would name, but around names and numbers', () => {
    for (const { accessibility } of rows) assert.match(outside(accessibility), hebrew);
  });

  it('no Hebrew of what Why? rests on can reorder its line, and ids keep to themselves', () => {
    const behind = sources({ text: '', facts: ['C-16', 'E-13a'] }, strings);
    const lines = behind.split('\n').filter(line => line !== '');
    assert.equal(lines.length, 4, behind);
    for (const line of lines) assert.equal(outside(line), '', line);
    for (const id of ['C-16', 'E-13a']) assert.ok(behind.includes(`\u2067${isolated(id)}: `), behind);
  });

  const parts: readonly (readonly [text: string, shown: string])[] = [
    ['Mail is late', 'Mail is late'],
    ['#12', '#12'],
    ['', ''],
    ['הדואר', isolated('הדואר')],
    ['עד 10:00.', isolated('עד 10:00.')],
    [isolated('הדואר'), isolated('הדואר')],
    [`${isolated('הדואר')} של ${isolated('Outlook')}`, isolated(`${isolated('הדואר')} של ${isolated('Outlook')}`)],
    ['بريد', isolated('بريد')],
  ];
  for (const [text, shown] of parts) {
    it(`the part “${text}” of a line is ${shown === text ? 'left as it is' : 'isolated'}`, () =>
      assert.equal(isolatedPart(text), shown));
  }

  it('a Hebrew sentence that begins with a Latin name is one from right to left', () => {
    assert.equal(isolatedPart('Casebook: פניות', strings), '\u2067Casebook: פניות\u2069');
  });

  const data: readonly (readonly [text: string, inHebrew: boolean, inEnglish: boolean])[] = [
    ['12', false, false],
    ['1 200,5', false, false],
    ['', false, false],
    ['#12', true, false],
    ['+86 400-089-0365', true, false],
    ['SR-7', true, false],
    ['דוח.txt', true, true],
  ];
  for (const [text, inHebrew, inEnglish] of data) {
    it(`“${text}” in a sentence is ${inHebrew ? 'isolated' : 'left as it is'} in Hebrew`, () => {
      assert.equal(isolatedIn(text, { direction: 'rtl' }), inHebrew ? isolated(text) : text);
      assert.equal(isolatedIn(text, { direction: 'ltr' }), inEnglish ? isolated(text) : text);
    });
  }

  it('parts that are missing leave no separator', () => {
    assert.equal(arranged(' · ', [undefined, 'B', '', 'פתוחה'], english), `B · ${isolated('פתוחה')}`);
  });

  it('a notification in Hebrew is isolated, and so is the name in it, cleaned of marks of its own', () => {
    const text = safeText(strings, 'error.fileGone', { name: '\u202elog.\u2066txt' });
    assert.ok(text.startsWith('\u2067') && text.endsWith('\u2069'));
    assert.ok(text.includes(isolated(' log. txt')), text);
  });
});
