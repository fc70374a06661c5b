import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { classify } from '../../src/rules/classify.ts';
import { exampleWords, groupWords, howToWords, severityWords } from '../../src/rules/keywords.ts';
import type { Category, Profile } from '../../src/rules/profile.ts';
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

/** What people write, with the category, the product group and the words it is to be suggested for. */
const said: readonly (readonly [text: string, category: Category, group: string | undefined, words: string])[] = [
  ['Can we sign up for a trial?', 'billing', undefined, 'sign up for a trial'],
  [
    'I want to buy a subscription or purchase a subscription',
    'billing',
    undefined,
    'buy a subscription, purchase a subscription',
  ],
  ['Where do we buy licences', 'billing', undefined, 'buy licences, licences'],
  ['From trial to paid: convert a trial', 'billing', undefined, 'trial to paid, convert a trial'],
  ['We cannot convert trial (or: convert the trial)', 'billing', undefined, 'convert trial, convert the trial'],
  ['The bill, all bills, our billing', 'billing', undefined, 'bill, bills, billing'],
  ['One invoice of many invoices', 'billing', undefined, 'invoice, invoices'],
  ['Charged twice: a charge without a payment, a refund', 'billing', undefined, 'charge, charged, payment, refund'],
  [
    'Renew it: the renewal fails, renewing an expired subscription',
    'billing',
    undefined,
    'renew, renewal, renewing, expired subscription',
  ],
  [
    'One licence: add licences, remove licences',
    'billing',
    undefined,
    'licence, licences, add licences, remove licences',
  ],
  [
    'One license: add licenses, remove licenses',
    'billing',
    undefined,
    'license, licenses, add licenses, remove licenses',
  ],
  ['Cancel subscription; cancellation', 'billing', undefined, 'cancel, cancellation, cancel subscription'],
  ['Please cancel the subscription', 'billing', undefined, 'cancel, cancel the subscription'],
  [
    'Which features? A feature list, the benefits of it',
    'preSales',
    undefined,
    'which features, feature list, benefits of',
  ],
  ['Compare plans: a plan comparison', 'preSales', undefined, 'compare plans, plan comparison'],
  ['Which plan? The difference between plans', 'preSales', undefined, 'which plan, difference between plans'],
  ['The price, other prices, the pricing', 'preSales', undefined, 'price, prices, pricing'],
  ['How much does it take: the cost per user', 'preSales', undefined, 'how much does, cost per user'],
  [
    'The right solution, which solution, which product',
    'preSales',
    undefined,
    'right solution, which solution, which product',
  ],
  ['Find a partner: which partner is a reseller', 'preSales', undefined, 'find a partner, which partner, reseller'],
  ['How to buy? I want to buy. Before buying:', 'preSales', undefined, 'how to buy, want to buy, before buying'],
  ['Start a trial, try it out: a free trial', 'preSales', undefined, 'start a trial, try it out, free trial'],
  ['Mailbox migration: migrate mailbox', 'technical', 'exchangeOnline', 'mailbox migration, migrate mailbox, mailbox'],
  [
    'Migrate mailboxes in a migration batch',
    'technical',
    'exchangeOnline',
    'migrate mailboxes, migration batch, mailboxes',
  ],
  [
    'Mailbox permissions: one mailbox permission',
    'technical',
    'exchangeOnline',
    'mailbox permission, mailbox permissions, mailbox',
  ],
  ['Mail forwarding', 'technical', 'exchangeOnline', 'mail forwarding, forwarding, mail'],
  [
    'A shared mailbox, a distribution list',
    'technical',
    'exchangeOnline',
    'shared mailbox, distribution list, mailbox',
  ],
  ['Autodiscover', 'technical', 'exchangeOnline', 'autodiscover'],
  ['Site permissions: user groups', 'technical', 'sharePointOnline', 'site permissions, user groups'],
  [
    'SharePoint permissions of a SharePoint group',
    'technical',
    'sharePointOnline',
    'sharepoint permissions, sharepoint group, sharepoint',
  ],
  [
    'An external user, external users, external sharing',
    'technical',
    'sharePointOnline',
    'external user, external users, external sharing',
  ],
  ['Guest access', 'technical', 'sharePointOnline', 'guest access'],
  ['Install Skype and create contacts', 'technical', 'skypeForBusinessOnline', 'install skype, create contacts, skype'],
  ['Skype contacts', 'technical', 'skypeForBusinessOnline', 'skype contacts, skype'],
  ['Install Office: an Office installation', 'technical', 'appsForEnterprise', 'install office, office installation'],
  ['Activate Office by Click-to-Run', 'technical', 'appsForEnterprise', 'activate office, click to run'],
  [
    'SSO, single sign-on, ADFS, federation',
    'technical',
    'serviceConfiguration',
    'sso, single sign on, adfs, federation',
  ],
  ['Active Directory, DirSync, AD sync', 'technical', 'serviceConfiguration', 'active directory, dirsync, ad sync'],
  ['Directory synchronisation', 'technical', 'serviceConfiguration', 'directory synchronisation, synchronisation'],
  ['Directory synchronization', 'technical', 'serviceConfiguration', 'directory synchronization, synchronization'],
  ['Exchange Online, Outlook', 'technical', 'exchangeOnline', 'exchange, exchange online, outlook'],
  ['Mailbox of many mailboxes', 'technical', 'exchangeOnline', 'mailbox, mailboxes'],
  ['An e-mail, an email, two mails', 'technical', 'exchangeOnline', 'mail, email, e mail, mails'],
  [
    'SharePoint Online, OneDrive, a site collection',
    'technical',
    'sharePointOnline',
    'sharepoint, sharepoint online, onedrive, site collection',
  ],
  ['Skype for Business, once Lync', 'technical', 'skypeForBusinessOnline', 'skype, skype for business, lync'],
  [
    'An instant message, instant messages, a meeting',
    'technical',
    'skypeForBusinessOnline',
    'instant message, instant messages, meeting',
  ],
  [
    'Microsoft 365 Apps or Office 365 ProPlus',
    'technical',
    'appsForEnterprise',
    'microsoft 365 apps, office 365 proplus',
  ],
  ['Word, Excel, PowerPoint', 'technical', 'appsForEnterprise', 'word, excel, powerpoint'],
  ['The DNS of a domain', 'technical', 'serviceConfiguration', 'dns, domain'],
  ['Login: nobody can sign in', 'technical', 'serviceConfiguration', 'sign in, login'],
];

describe('keywords', () => {
  for (const [text, category, group, words] of said) {
    it(`"${text}" suggests ${group ?? category}`, () => {
      const found = classify(text, m365China);
      assert.deepEqual([found.category?.id, found.group?.id], [category, group]);
      assert.deepEqual(found.category?.words, words.split(', '));
    });
  }
  it('of examples and groups are all among what people write here', () => {
    const spoken = new Set(said.flatMap(([, , , words]) => words.split(', ')));
    const listed = [...Object.values(exampleWords).flat(), ...Object.values(groupWords).flat()];
    assert.deepEqual(
      listed.filter(word => !spoken.has(word)),
      [],
    );
  });
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
