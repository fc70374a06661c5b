import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { explain, sources, subjectOfCase, subjectOfDraft } from '../../src/commands/explanations.ts';
import type { DraftContent } from '../../src/desk/drafts.ts';
import { startingContent } from '../../src/forms/draftContent.ts';
import type { Settings } from '../../src/host/settingsSchema.ts';
import { settingsWith } from '../support/settings.ts';
import { english } from '../views/support/builders.ts';

const now = Date.parse('2026-03-06T12:00:00Z'); // Friday 20:00 in Beijing
const reader = { strings: english, zone: 'Europe/Helsinki', now };
const said = (content: Partial<DraftContent>, settings: Partial<Settings> = {}) => {
  const all = settingsWith(settings);
  return explain(subjectOfDraft({ ...startingContent(all), ...content }, now), all, reader);
};

describe('why', () => {
  const rows: [
    what: string,
    content: Partial<DraftContent>,
    settings: Partial<Settings>,
    text: RegExp,
    fact: string,
  ][] = [
    ['someone may not file', {}, { role: 'user' }, /^Only administrators .* Look for answers in the community/, 'C-28'],
    [
      'a partner gives support',
      { profile: 'm365Business' },
      { directSubscriptions: 0, partnerSubscriptions: 1 },
      /partner/,
      'G-10',
    ],
    ['severity A needs the agreement', {}, {}, /^Severity A: .*agreement/, 'C-22'],
    [
      'severity A is technical only',
      { category: 'billing' },
      { advancedAgreement: true },
      /^Severity A: .*technical/,
      'C-24',
    ],
    ['support sets the severity', {}, {}, /Support sets the severity/, 'C-16'],
    ['a duty is owed', { severity: 'B' }, {}, /contact details/, 'C-20'],
    [
      'a target is when it is',
      { severity: 'B' },
      {},
      /^Target: Mon, Mar 9, 20:00 .* = .*14:00 .*Monday to Friday/,
      'A-01',
    ],
    ['a target is missing', { profile: 'o365Enterprise2013', severity: 'C' }, {}, /no target is stated/, 'E-13'],
    ['there is no severity', { profile: 'm365Business' }, {}, /knows no severities/, 'G-04'],
    ['support is open', { severity: 'B' }, {}, /^Support is open now, until Fri, Mar 6, 18:00/, 'C-26'],
  ];
  for (const [what, content, settings, text, fact] of rows) {
    it(`says why ${what}, with the fact and its document`, () => {
      const found = said(content, settings).find(one => text.test(one.text));
      assert.ok(
        found,
        said(content, settings)
          .map(one => one.text)
          .join('\n'),
      );
      assert.ok(
        found.facts.some(id => id.startsWith(fact)),
        found.facts.join(),
      );
      const behind = sources(found, english);
      const [id = ''] = found.facts;
      assert.ok(behind.startsWith(`${id}: ${english.lookup(`fact.${id}`) ?? '?'}\n`), behind);
      assert.match(behind, /Get support|Contact support|readings/);
    });
  }

  it("says that a team's own cap stands in no document", () => {
    const cap = said({}, { advancedAgreement: true, highestSeverity: { technical: 'C' } }).find(
      ({ facts }) => facts.length === 0,
    );
    assert.match(cap?.text ?? '', /team/);
    assert.match(cap ? sources(cap, english) : '', /your team/);
  });

  it('warns of a lower severity while support waits for the customer, and leaves the severity as it is (T-31)', () => {
    const settings = settingsWith();
    const detail = { profile: 'm365China', category: 'technical', severitySet: 'B', openedAt: now } as const;
    const of = (status: 'actionRequired' | 'open') =>
      explain(
        // Only what the explanation reads.
        subjectOfCase(
          { ...detail, status } as unknown as Parameters<typeof subjectOfCase>[0],
          startingContent(settings),
        ),
        settings,
        reader,
      ).filter(({ facts }) => facts.includes('C-21'));
    assert.equal(of('open').length, 0);
    assert.match(of('actionRequired')[0]?.text ?? '', /may lower the severity/);
  });
});
