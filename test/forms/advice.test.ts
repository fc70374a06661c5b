import assert from 'node:assert/strict';
import type { DraftContent } from '../../src/desk/drafts.ts';
import type { Incident } from '../../src/desk/health.ts';
import { openIssues } from '../../src/desk/openIssues.ts';
import { adviseTarget, advise } from '../../src/forms/advice.ts';
import { startingContent } from '../../src/forms/draftContent.ts';
import type { Settings } from '../../src/host/settingsSchema.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { settingsWith } from '../support/settings.ts';

const now = Date.parse('2026-03-06T12:00:00Z'); // Friday 20:00 in Beijing
const complete: Partial<DraftContent> = { title: 'Mail arrives late', text: 'Since Friday.', contact: '+358 40 1' };
const draft = (different: Partial<DraftContent> = {}): DraftContent => ({
  ...startingContent(settingsWith()),
  ...complete,
  ...different,
});
const asked = (content: Partial<DraftContent>, settings: Partial<Settings> = {}, board: readonly Incident[] = []) =>
  advise(draft(content), settingsWith(settings), openIssues(board, []), now);
const incident = (different: Partial<Incident> = {}): Incident => ({
  id: crypto.randomUUID(),
  number: 1,
  revision: 1,
  service: 'Exchange Online',
  title: 'Delays',
  classification: 'incident',
  status: 'serviceDegradation',
  startedAt: now,
  updatedAt: now,
  posts: [],
  ...different,
});
const down = incident();

const problems: readonly (readonly [
  what: string,
  content: Partial<DraftContent>,
  settings: Partial<Settings>,
  board: readonly Incident[],
  expected: readonly string[],
])[] = [
  ['a complete draft has none', {}, {}, [], []],
  ['a draft of severity B and C needs a contact (T-23)', { severity: 'B', contact: ' ' }, {}, [], ['contact duty']],
  [
    'severity A needs all three duties (T-21, T-22)',
    { severity: 'A', contact: '' },
    { advancedAgreement: true },
    [],
    ['severityA notSure', 'impact duty', 'resource duty', 'contact duty'],
  ],
  [
    'business needs phone, email and contact method, and no severity (T-06, T-12)',
    { profile: 'm365Business', severity: 'A', contact: '' },
    {},
    [],
    ['phone asked', 'email asked', 'contactMethod asked'],
  ],
  [
    'business with all of them has none',
    {
      profile: 'm365Business',
      contact: '',
      details: { phone: '+420 555 010 020', email: 'a@b.example', contactMethod: 'email' },
    },
    {},
    [],
    [],
  ],
  [
    'an email address without a host cannot be one',
    { profile: 'm365Business', details: { phone: '1', email: 'a@b', contactMethod: 'phone' } },
    {},
    [],
    ['email invalid'],
  ],
  [
    'volume licensing needs a licence ID or an agreement number (T-13)',
    { profile: 'm365VolumeLicensing', details: { phone: '1', email: 'a@b.example', contactMethod: 'phone' } },
    {},
    [],
    ['licenceId oneAsked'],
  ],
  [
    'volume licensing with an agreement number alone has none (T-13)',
    {
      profile: 'm365VolumeLicensing',
      details: { phone: '1', email: 'a@b.example', contactMethod: 'phone', agreementNumber: '7' },
    },
    {},
    [],
    [],
  ],
  [
    'severity A is closed without the agreement (T-19)',
    { severity: 'A', impact: 'x', resource: 'x' },
    {},
    [],
    ['severity severityClosed'],
  ],
  [
    'severity A is closed for billing (T-20)',
    { severity: 'A', category: 'billing', impact: 'x', resource: 'x' },
    { advancedAgreement: true },
    [],
    ['severity severityClosed'],
  ],
  ['who is no administrator may not file (T-16)', {}, { role: 'user' }, [], ['profile notEligible']],
  ['a trial may file (T-17)', {}, { directSubscriptions: 1 }, [], []],
  ['title and text are required', { title: ' ', text: '\n' }, {}, [], ['title required', 'text required']],
  ['a title of 1 MB is too long', { title: 'x'.repeat(1_000_000) }, {}, [], ['title tooLong']],
  ['what cannot be seen does not count', { title: '\u202e\0' }, {}, [], ['title required']],
  [
    'the 2013 offer is technical only',
    { profile: 'o365Enterprise2013', category: 'billing' },
    {},
    [],
    ['category notOffered'],
  ],
  ['an active incident asks to be confirmed (T-38)', {}, {}, [down], ['health notConfirmed']],
  ['a confirmed incident does not', { healthSeen: [down.id] }, {}, [down], []],
  [
    'nor does the one that the case is about',
    { healthAbout: { id: down.id, title: '', service: '', status: '', answer: 'same' } },
    {},
    [down],
    [],
  ],
  ['one that came later asks again', { healthSeen: [down.id] }, {}, [down, incident()], ['health notConfirmed']],
  ['one on another service does not', {}, {}, [incident({ service: 'Teams' })], []],
  ['one that is over does not', {}, {}, [incident({ status: 'serviceRestored' })], []],
];

describe('advice on a draft', () => {
  for (const [what, content, settings, board, expected] of problems) {
    it(what, () => {
      const found = asked(content, settings, board).problems.map(({ path, code }) => `${path} ${code}`);
      assert.deepEqual(found, expected);
    });
  }

  it('says why a severity is closed, with the cap', () => {
    const [a, b] = asked({}).severities.map(({ choice }) => choice);
    assert.deepEqual(a && !a.open && [a.code, a.cap], ['needsAdvancedAgreement', 'B']);
    assert.equal(b?.open, true);
  });

  it("closes what the team's policy caps, and refuses a draft above it", () => {
    const team = { highestSeverity: { technical: 'C' } } as const;
    const { severities, problems: found } = asked({ severity: 'B' }, team);
    assert.deepEqual(
      severities.map(({ choice }) => (choice.open ? choice.severity : `${choice.code} ${choice.cap}`)),
      ['needsAdvancedAgreement C', 'teamCap C', 'C'],
    );
    assert.deepEqual(
      found.map(({ path, code }) => `${path} ${code}`),
      ['severity severityClosed'],
    );
  });

  it('never lowers a severity by itself (A-04)', () => {
    const content = draft({ severity: 'A' });
    advise(content, settingsWith(), [], now);
    assert.equal(content.severity, 'A');
  });

  it('shows what sources tell of beside the board, with the reasons, and asks by its own id', () => {
    const issue = {
      ...{
        id: 'EX900001',
        services: ['Exchange Online'],
        title: 'Mail waits',
        classification: 'incident',
        feature: '',
      },
      ...{ status: 'serviceDegradation', resolved: false, impact: '', posts: [] },
    };
    const over = { ...issue, id: 'EX900002', resolved: true };
    const reading = { source: 'graph:worldwide', name: '', asOf: now, partial: false, services: [], notices: [] };
    const open = openIssues([], [{ ...reading, issues: [issue, over] }]);
    const before = advise(draft(), settingsWith(), open, now);
    assert.deepEqual(
      before.incidents.map(({ id, because }) => [id, because.map(({ code, words }) => [code, ...words])]),
      [
        [
          'graph:worldwide/EX900001',
          [
            ['service', 'Exchange Online'],
            ['words', 'Mail'],
          ],
        ],
      ],
    );
    assert.equal(before.healthConfirmed, false);
    const seen = draft({ healthSeen: ['graph:worldwide/EX900001'] });
    assert.equal(advise(seen, settingsWith(), open, now).healthConfirmed, true);
  });
});

describe('advice on a target', () => {
  const aim = { category: 'technical', severity: 'B', openedAt: now } as const;
  const due = (reading: Settings['reading']) => {
    const advice = adviseTarget(aim, m365China, { reading, holidays: [] }, now);
    return advice.kind === 'due' ? new Date(advice.target.due).toISOString() : advice.code;
  };

  it('follows the reading of the settings (A-01: Friday 20:00, severity B)', () => {
    assert.equal(due('supportDay'), '2026-03-07T12:00:00.000Z');
    assert.equal(due('weekday'), '2026-03-09T12:00:00.000Z');
    assert.equal(due('endOfWeekday'), '2026-03-09T16:00:00.000Z');
  });

  it('says "overdue" only after the latest reading', () => {
    const at = (time: string) => {
      const advice = adviseTarget(aim, m365China, { reading: 'weekday', holidays: [] }, Date.parse(time));
      return advice.kind === 'due' && advice.state;
    };
    assert.equal(at('2026-03-07T11:00:00Z'), 'running');
    assert.equal(at('2026-03-07T13:00:00Z'), 'pastOneReading');
    assert.equal(at('2026-03-09T15:59:00Z'), 'pastOneReading');
    assert.equal(at('2026-03-09T16:01:00Z'), 'overdue');
  });

  it('has none without a severity, and none for billing (A-05)', () => {
    const settings = settingsWith();
    const none = { category: 'technical', openedAt: now } as const;
    assert.deepEqual(adviseTarget(none, m365China, settings, now), { kind: 'none', code: 'noSeverity' });
    const billing = adviseTarget({ ...aim, category: 'billing' }, m365China, settings, now);
    assert.equal(billing.kind === 'none' && billing.code, 'notForCategory');
  });
});
