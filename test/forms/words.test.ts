import assert from 'node:assert/strict';
import type { DeskError } from '../../src/desk/errors.ts';
import type { DraftContent } from '../../src/desk/drafts.ts';
import { advise, adviseTarget } from '../../src/forms/advice.ts';
import { startingContent } from '../../src/forms/draftContent.ts';
import { presentNewCase } from '../../src/forms/newCaseView.ts';
import { deskErrorText } from '../../src/forms/sentences.ts';
import { presentTarget } from '../../src/forms/targetView.ts';
import { sameClock, showDue, showDuration, showInstant, showZone } from '../../src/forms/times.ts';
import { showSize } from '../../src/host/size.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { createStrings } from '../../src/strings/strings.ts';
import { settingsWith } from '../support/settings.ts';

const strings = createStrings('en');
const friday = Date.parse('2026-03-06T12:00:00Z');
const shanghai = 'Asia/Shanghai';

describe('times in words', () => {
  it('shows a target at midnight as 24:00 of the day that ends (A-03)', () => {
    assert.equal(showDue(Date.parse('2026-03-09T16:00:00Z'), shanghai, 'en'), 'Mon, Mar 9, 24:00');
    assert.equal(showDue(Date.parse('2026-03-09T16:00:00Z'), 'Europe/Helsinki', 'en'), 'Mon, Mar 9, 18:00');
  });

  it('names the year where it is another one', () => {
    assert.match(showInstant(Date.parse('2025-12-31T12:00:00Z'), 'UTC', 'en', friday), /2025/);
    assert.doesNotMatch(showInstant(friday, 'UTC', 'en', friday), /2026/);
  });

  it('names a zone with its offset, also across a clock change (T-40)', () => {
    assert.equal(showZone(friday, shanghai, 'en'), 'China Standard Time (GMT+8)');
    assert.equal(sameClock(friday, shanghai, 'Asia/Singapore'), true);
    assert.equal(sameClock(friday, 'Europe/Prague', 'Africa/Algiers'), true);
    assert.equal(sameClock(Date.parse('2026-07-01T12:00:00Z'), 'Europe/Prague', 'Africa/Algiers'), false);
  });

  it('rounds time left up to the minute, and shows none as none', () => {
    assert.equal(showDuration(3 * 3_600_000 + 20 * 60_000, 'en'), '3 hours, 20 minutes');
    assert.equal(showDuration(1, 'en'), '1 minute');
    assert.equal(showDuration(0, 'en'), '0 minutes');
  });

  it('shows sizes in the steps of the limit', () => {
    assert.equal(showSize(25 * 1024 * 1024, 'en'), '25 MB');
    assert.equal(showSize(1_536, 'en'), '1.5 kB');
  });
});

describe('a target in words', () => {
  const reader = (now: number, zone = 'Europe/Helsinki') => ({ strings, zone, now });
  const aim = { category: 'technical', severity: 'B', openedAt: friday } as const;
  const advice = (now: number) => adviseTarget(aim, m365China, { reading: 'weekday', holidays: [] }, now);

  it('gives both zones, the name of the reading and what the others say', () => {
    const view = presentTarget(advice(friday), reader(friday), 'draft');
    assert.deepEqual(view.times, [
      { time: 'Mon, Mar 9, 20:00', zone: 'China Standard Time (GMT+8)' },
      { time: 'Mon, Mar 9, 14:00', zone: 'Eastern European Standard Time (GMT+2)' },
    ]);
    assert.match(view.notes.join(), /Monday to Friday/);
    assert.equal(view.others.length, 2);
    assert.equal(view.state, 'preview');
  });

  it('gives one zone where both clocks agree', () => {
    assert.equal(presentTarget(advice(friday), reader(friday, 'Asia/Singapore'), 'draft').times.length, 1);
  });

  it('counts no closed hour: the time left is the same all weekend, and says when it goes on', () => {
    const late = { ...aim, severity: 'C' } as const;
    const at = (time: string) => {
      const now = Date.parse(time);
      const settings = settingsWith();
      return presentTarget(adviseTarget(late, m365China, settings, now), reader(now), 'open');
    };
    const [saturday, sunday] = [at('2026-03-07T03:00:00Z'), at('2026-03-08T10:00:00Z')];
    assert.equal(saturday.state, 'paused');
    assert.equal(saturday.countdown, sunday.countdown);
    assert.match(
      saturday.countdown ?? '',
      /41 hours left within support hours. Support is closed now. .*Mon, Mar 9, 03:00/,
    );
    const monday = at('2026-03-09T02:00:00Z');
    assert.equal(monday.state, 'running');
    assert.equal(monday.countdown, '40 hours left within support hours');
  });

  it('stops counting when the first response has come, and when the case ended without one', () => {
    const met = presentTarget(advice(friday), reader(friday), 'open', friday);
    assert.equal(met.state, 'met');
    assert.equal(met.countdown, undefined);
    assert.equal(presentTarget(advice(friday), reader(friday), 'ended').state, 'none');
  });
});

describe('what is owed for a severity, in words', () => {
  const owed = (content: Partial<DraftContent>) => {
    const settings = settingsWith({ advancedAgreement: true });
    const draft = { ...startingContent(settings), title: 'Mail', text: 'None comes in.', ...content };
    const advice = advise(draft, settings, [], friday);
    const extras = { settings, fileProblems: new Map(), problems: [], conflict: undefined, desks: [] };
    const { duties, required } = presentNewCase(draft, advice, extras, { strings, zone: 'UTC', now: friday });
    assert.deepEqual(
      required.filter(field => duties.some(duty => duty.field === field)),
      duties.map(({ field }) => field),
    );
    for (const { text } of duties) assert.match(text, /^[A-Z].+\.$/);
    return duties.map(({ field, met }) => `${met ? '✓' : '○'} ${field}`);
  };
  const cases: readonly (readonly [string, Partial<DraftContent>, readonly string[]])[] = [
    ['severity A owes all three (T-18)', { severity: 'A' }, ['○ impact', '○ resource', '○ contact']],
    ['each is ticked by itself', { severity: 'A', resource: 'Anna' }, ['○ impact', '✓ resource', '○ contact']],
    ['blanks tick nothing', { severity: 'A', impact: ' \u200b' }, ['○ impact', '○ resource', '○ contact']],
    ['what is too long is not done', { severity: 'B', contact: 'x'.repeat(1_001) }, ['○ contact']],
    ['severity B and C owe a contact (T-23)', { severity: 'C', contact: '+358 40 1' }, ['✓ contact']],
    ['an offer without severities owes nothing', { profile: 'm365Business' }, []],
  ];
  for (const [what, content, expected] of cases) it(what, () => assert.deepEqual(owed(content), expected));
});

describe('errors in words', () => {
  const errors: readonly DeskError[] = [
    { code: 'notFound' },
    { code: 'conflict', revision: 2 },
    { code: 'impossible', action: 'answer', status: 'closed' },
    { code: 'alreadyRecorded', action: 'recordFirstResponse' },
    { code: 'notYours', action: 'close' },
    { code: 'refused', rule: 'needsAdvancedAgreement', facts: [] },
    { code: 'refused', rule: 'teamCap', facts: [], cap: 'C' },
    { code: 'refused', rule: 'aRuleOfTomorrow', facts: [] },
    { code: 'invalid', issues: [{ path: 'files.0.name', code: 'required' }] },
    { code: 'fileTooLarge', name: 'big.log', limit: 26_214_400 },
    { code: 'fileGone', name: 'gone.log' },
    { code: 'keyReused' },
    { code: 'busy' },
    { code: 'storageFull' },
    { code: 'storageReadOnly' },
    { code: 'newerDatabase', found: 9, known: 1 },
    { code: 'sqliteMissing' },
    { code: 'unreachable' },
    { code: 'notADesk' },
    { code: 'untrusted' },
    { code: 'signedOut' },
    { code: 'throttled', until: 0 },
    { code: 'stillRunning' },
    { code: 'failed' },
  ];
  for (const error of errors) {
    it(`${error.code}${'rule' in error ? ` (${error.rule})` : ''}: a whole sentence`, () => {
      const text = deskErrorText(strings, error);
      assert.match(text, /^\p{L}.{20,}\S$/su);
      assert.doesNotMatch(text, /[{}]|undefined/);
    });
  }
  it('name the severity that is left, B where a desk does not say', () => {
    assert.match(deskErrorText(strings, { code: 'refused', rule: 'teamCap', facts: [], cap: 'C' }), /severity C/);
    assert.match(deskErrorText(strings, { code: 'refused', rule: 'technicalOnly', facts: [] }), /severity B/);
  });
});
