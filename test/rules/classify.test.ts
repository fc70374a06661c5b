import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { classify } from '../../src/rules/classify.ts';
import { exampleWords, groupWords, howToWords, severityWords } from '../../src/rules/keywords.ts';
import type { Profile } from '../../src/rules/profile.ts';
import { m365Business } from '../../src/rules/profiles/m365Business.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';
import { runs } from './support/runs.ts';

describe('classify', () => {
  it('T-30: "add licences" is billing (C-12)', () => {
    const { category, group } = classify('Please add licences for ten people', m365China);
    assert.equal(category?.id, 'billing');
    assert.deepEqual(category.words, ['licences', 'add licences']);
    assert.ok(category.facts.includes('C-12'));
    assert.equal(group, undefined);
  });
  it('T-30: "Autodiscover" is technical, Exchange Online (C-14)', () => {
    const { category, group } = classify('AUTODISCOVER fails.', m365China);
    assert.equal(category?.id, 'technical');
    assert.deepEqual(category.words, ['autodiscover']);
    assert.deepEqual(group, { id: 'exchangeOnline', words: ['autodiscover'], facts: ['C-14', 'C-14c'] });
  });
  for (const [text, category, group] of [
    ['The SharePoint site shows wrong permissions', 'technical', 'sharePointOnline'],
    ['Skype for Business: cannot create contacts', 'technical', 'skypeForBusinessOnline'],
    ['Install Office on ten machines', 'technical', 'appsForEnterprise'],
    ['AD-Sync stopped after the domain changed', 'technical', 'serviceConfiguration'],
    ['active -- directory', 'technical', 'serviceConfiguration'],
    ['a licence for a mailbox', 'technical', 'exchangeOnline'],
    ['Single sign-on (SSO) and Outlook', 'technical', 'serviceConfiguration'],
    ['Outlook mail, mailbox and SSO', 'technical', 'exchangeOnline'],
    ['compare plans before buying', 'preSales', undefined],
    ['the invoice has a wrong charge for the mailbox', 'billing', undefined],
    ['emails', undefined, undefined],
    ['licensed billboard', undefined, undefined],
    ['', undefined, undefined],
  ] as const) {
    it(`"${text}": ${String(category)}, ${String(group)}`, () => {
      const found = classify(text, m365China);
      assert.deepEqual([found.category?.id, found.group?.id], [category, group]);
    });
  }
  it('an example outweighs a name of another product', () => {
    assert.equal(classify('external users in Outlook', m365China).group?.id, 'sharePointOnline');
  });

  for (const [text, severity, words] of [
    ['All users: mail is down', 'A', ['all users', 'is down']],
    ['Outlook is slow and sometimes fails', 'B', ['slow', 'sometimes fails']],
    ['One user is affected, there is a workaround', 'C', ['workaround', 'one user']],
    ['The site is down, but slow before', 'A', ['is down']],
    ['How to set a password for all users that never expires', 'C', ['how to']],
    ['How do I tell everyone about the outage?', 'C', ['how do i']],
  ] as const) {
    it(`A-12, A-13: "${text}" suggests ${severity} by ${words.join(', ')}`, () => {
      const found = classify(text, m365China).severity;
      assert.equal(found?.id, severity);
      assert.deepEqual(found.words, words);
      assert.ok(found.facts.includes('A-12') && found.facts.includes('C-17'));
      assert.equal(found.facts.includes('A-13'), severity === 'C');
    });
  }
  it('suggests no severity without words for one, and none where there are none (T-12)', () => {
    assert.equal(classify('Mail', m365China).severity, undefined);
    assert.equal(classify('outage', m365Business).severity, undefined);
    assert.deepEqual(classify('outage', o365Enterprise2013).severity, {
      id: 'A',
      words: ['outage'],
      facts: ['E-12', 'E-13', 'A-12'],
    });
  });

  it('reads the beginning of a long text only', () => {
    assert.equal(classify(`${'x '.repeat(10_000)} invoice`, m365China).category, undefined);
    assert.equal(classify(`${'x '.repeat(9_000)} invoice`, m365China).category?.id, 'billing');
  });
  it('takes examples it has no words for', () => {
    const odd: Profile = {
      ...m365China,
      categories: [
        {
          category: 'technical',
          facts: [],
          examples: [{ id: 'unheardOf', facts: [] }],
          groups: [{ id: 'unheardOf', facts: [], examples: [] }],
        },
      ],
    };
    assert.equal(classify('invoice', odd).category, undefined);
  });
  it('suggests no group that no word speaks for', () => {
    const odd: Profile = {
      ...m365China,
      categories: [
        {
          category: 'technical',
          facts: [],
          examples: [{ id: 'renewal', facts: [] }],
          groups: [{ id: 'exchangeOnline', facts: [], examples: [] }],
        },
      ],
    };
    const { category, group } = classify('renew', odd);
    assert.deepEqual([category?.id, group], ['technical', undefined]);
  });
  it('answers any text, with words that stand in it', () => {
    const known = fc.constantFrom(...Object.values(exampleWords).flat(), ...Object.values(groupWords).flat());
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), known)), parts => {
        const text = parts.join(' ');
        const plain = ` ${text
          .normalize('NFKC')
          .toLowerCase()
          .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
        const { category, group, severity } = classify(text, m365China);
        for (const suggestion of [category, group, severity]) {
          if (suggestion === undefined) continue;
          assert.ok(suggestion.words.length > 0 && suggestion.words.every(word => plain.includes(` ${word} `)));
        }
      }),
      runs,
    );
  }).timeout(120_000);
});

describe('keywords', () => {
  it('are written the way texts are read: lower case, single spaces', () => {
    const words = [
      ...Object.values(exampleWords).flat(),
      ...Object.values(groupWords).flat(),
      ...howToWords,
      ...severityWords.flatMap(([, list]) => list),
    ];
    for (const word of words) assert.match(word, /^[a-z0-9]+( [a-z0-9]+)*$/);
  });
  it('exist for every example and group of the profile, and for no other', () => {
    const groups = m365China.categories.flatMap(row => [...row.groups]);
    const examples = [
      ...m365China.categories.flatMap(row => [...row.examples]),
      ...groups.flatMap(row => [...row.examples]),
    ];
    assert.deepEqual(Object.keys(exampleWords).sort(), examples.map(({ id }) => id).sort());
    assert.deepEqual(Object.keys(groupWords).sort(), groups.map(({ id }) => id).sort());
  });
});
