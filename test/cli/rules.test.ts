import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { inEnglish } from '../../src/cli/commands/facts.ts';
import { Check, Classify, Facts, HandOff, Hours, May, Profiles } from '../../src/cli/output.ts';
import { facts } from '../../src/rules/facts.ts';
import { profileIds } from '../../src/rules/profile.ts';
import { answer, casebook, complaint, folder } from './support/run.ts';

describe('casebook facts and profiles', () => {
  it('shows all facts, in the order of the documents', async () => {
    const listed = (await answer(Facts, ['facts'])).facts;
    assert.deepEqual(listed, facts.map(inEnglish));
    for (const { id, statement, section } of listed) assert.ok(statement.endsWith('.') && section !== '', id);
    const { out } = await casebook(['facts']);
    assert.equal(out.trimEnd().split('\n').length, facts.length);
  });

  for (const [typed, id] of [
    ['C-20', 'C-20'],
    [' c-20 ', 'C-20'],
    ['e-13A', 'E-13a'],
    ['A-01', 'A-01'],
  ] as const) {
    it(`shows ${id} for “${typed}”: statement, document, section`, async () => {
      const [fact, ...others] = (await answer(Facts, ['facts', typed])).facts;
      assert.equal(fact?.id, id);
      assert.deepEqual(others, []);
      const { out } = await casebook(['facts', typed]);
      assert.ok(out.startsWith(`${id}: ${fact.statement}\nFrom: `), out);
    });
  }

  it('states a fact in English whatever the language, and says so of where it is from in the language', async () => {
    const { out } = await casebook(['facts', 'C-25', '--language', 'cs']);
    assert.match(out, /^C-25: Severity A is worked on around the clock\.\nZdroj: .*, Working hours$/m);
  });

  it('offers all four profiles', async () => {
    const { profiles } = await answer(Profiles, ['profiles']);
    assert.deepEqual(profiles.map(({ id }) => id).sort(), [...profileIds].sort());
    assert.deepEqual(profiles.find(({ id }) => id === 'o365Enterprise2013')?.plans, ['standard', 'premium']);
    assert.deepEqual(profiles.find(({ id }) => id === 'm365Business')?.severities, []);
  });
});

describe('casebook hours', () => {
  const hours = (profile: string, category: string, at: string, ...more: string[]) =>
    answer(Hours, ['hours', '--profile', profile, '--category', category, '--at', at, ...more]);

  for (const [check, profile, category, at, zone, state, next] of [
    ['T-26', 'm365China', 'technical', '2026-03-07T08:59+08:00', undefined, 'closed', '2026-03-07T01:00:00Z'],
    ['T-26', 'm365China', 'technical', '2026-03-07T09:00+08:00', undefined, 'open', '2026-03-07T16:00:00Z'],
    ['T-26', 'm365China', 'technical', '2026-03-07T23:59+08:00', undefined, 'open', '2026-03-07T16:00:00Z'],
    ['T-26', 'm365China', 'technical', '2026-03-07T24:00+08:00', undefined, 'closed', '2026-03-08T01:00:00Z'],
    ['T-27', 'm365China', 'technical', '2026-12-25T12:00+08:00', undefined, 'open', '2026-12-25T16:00:00Z'],
    ['T-09', 'm365Business', 'billing', '2026-03-07T10:00', 'Europe/Prague', 'closed', '2026-03-09T08:00:00Z'],
    ['T-10', 'm365Business', 'billing', '2026-03-06T17:00', 'Europe/Prague', 'closed', '2026-03-09T08:00:00Z'],
    ['T-11', 'm365Business', 'technical', '2026-03-08T03:00Z', undefined, 'open', null],
    ['A-06', 'm365China', 'billing', '2026-03-08T03:00Z', undefined, 'statedWithoutTimes', null],
    ['V-01', 'm365VolumeLicensing', 'billing', '2026-03-08T03:00Z', undefined, 'notStated', null],
  ] as const) {
    it(`${check}: ${profile} ${category} at ${at} is ${state}`, async () => {
      const found = await hours(profile, category, at, ...(zone === undefined ? [] : ['--zone', zone]));
      assert.equal(found.state, state);
      assert.equal(state === 'open' ? found.closesAt : found.nextOpening, next);
    });
  }

  it('looks at severity A around the clock (C-25), and at now without --at', async () => {
    const args = ['hours', '--profile', 'm365China', '--category', 'technical'];
    const now = Date.parse('2026-03-07T00:00:00Z');
    assert.equal((await answer(Hours, [...args, '--severity', 'A'], 0, { now })).state, 'open');
    assert.equal((await answer(Hours, args, 0, { now })).state, 'closed');
  });

  it('says to a person when it opens, on both clocks, and on which days where no times are stated', async () => {
    const { out } = await casebook([
      'hours',
      '--profile',
      'm365China',
      '--category',
      'technical',
      '--at',
      '2026-03-07T08:59+08:00',
    ]);
    assert.match(out, /^Closed\.\nOpens Sat 2026-03-07 09:00 Asia\/Shanghai .* = Sat 2026-03-07 02:00 Europe\/Prague/);
    const days = await casebook(['hours', '--profile', 'm365China', '--category', 'billing']);
    assert.match(days.out, /Monday.*Friday; no clock times are stated\.\nFacts: C-10, A-06\n/);
  });
});

describe('casebook may', () => {
  const files = folder();
  const may = (args: string, exit: 0 | 1) => answer(May, ['may', ...args.split(' ')], exit);
  for (const [check, args, rule, instead] of [
    ['T-01', '--profile m365Business --role user', 'notAdministrator', 'publicSupportPage'],
    ['T-02', '--profile m365Business --role admin --direct 0 --partner 2', 'boughtThroughPartner', 'partner'],
    ['T-03', '--profile m365Business --role admin --direct 1 --partner 5', undefined, undefined],
    ['T-04', '--profile m365Business --role admin --direct 0 --partner 0', 'noDirectSubscription', 'selfServiceHelp'],
    ['T-05', '--profile m365Business --role admin --denied', 'notAdministrator', 'adminPermissionsHelp'],
    ['T-16', '--profile m365China --role user', 'notAdministrator', 'ownAdministrator'],
    ['T-17', '--profile m365China --role admin --direct 1', undefined, undefined],
    ['T-18', '--profile m365China --role admin --severity A --agreement', undefined, undefined],
    ['T-19', '--profile m365China --role admin --severity A', 'needsAdvancedAgreement', undefined],
    [
      'T-20',
      '--profile m365China --role admin --severity A --category billing --agreement',
      'technicalOnly',
      undefined,
    ],
    ['T-28', '--profile m365China --role admin --origin customerNetwork', 'customerNetwork', 'ownNetworkTeam'],
    ['T-29', '--profile m365China --role admin --origin thirdParty', 'thirdParty', 'communityForums'],
    ['E-01', '--profile o365Enterprise2013 --role admin --category billing', 'notOffered', undefined],
  ] as const) {
    it(`${check}: ${args} → ${rule ?? 'yes'}`, async () => {
      const found = await may(args, rule === undefined ? 0 : 1);
      assert.equal(found.allowed, rule === undefined);
      assert.equal(found.refusals[0]?.rule, rule);
      assert.equal(found.refusals[0]?.instead[0]?.id, instead);
      assert.ok(found.facts.length > 0);
    });
  }

  it("A-09: takes the team's names of roles as administrators", async () => {
    const policy = files.file('policy.json', { adminRoles: ['Helpdesk'] });
    const asks = ['may', '--profile', 'm365China', '--policy', policy, '--role'];
    assert.equal((await answer(May, [...asks, 'Helpdesk'], 0)).allowed, true);
    assert.equal((await answer(May, [...asks, 'user'], 1)).allowed, false);
    assert.match(await complaint([...asks, 'Guest']), /admin, user, Helpdesk, not “Guest”/);
  });

  it('T-15: a volume-licensing administrator without the admin center goes through the form', async () => {
    const found = await may('--profile m365VolumeLicensing --role admin --denied', 0);
    assert.equal(found.through, 'volumeLicensingForm');
  });

  it('T-19, T-20: offers B instead of A, and sends nothing silently', async () => {
    const found = await may('--profile m365China --role admin --severity A', 1);
    assert.equal(found.refusals[0]?.cap, 'B');
  });

  it('names to a person each rule, its sentence, what to do instead and the facts', async () => {
    const args = '--profile m365China --role user --origin customerNetwork --severity A --category billing';
    const { exit, out } = await casebook(['may', ...args.split(' ')]);
    assert.equal(exit, 1);
    for (const part of [
      'Only administrators of the organisation may ask this support for help. [notAdministrator]',
      'Instead: Ask an administrator of your organisation.',
      '[customerNetwork]',
      '[technicalOnly]',
      'Facts: C-23, C-24',
    ]) {
      assert.ok(out.includes(part), part);
    }
  });
});

const china = { profile: 'm365China', category: 'technical', severity: 'A', title: 'Mail is down', text: 'All of it.' };

describe('casebook check', () => {
  const files = folder();
  const check = (draft: object, exit: 0 | 1, ...more: string[]) =>
    answer(Check, ['check', files.file('draft.json', draft), ...more], exit);

  for (const [name, draft, found] of [
    ['T-06: G asks for four fields', { profile: 'm365Business' }, ['text', 'phone', 'email', 'contactMethod']],
    [
      'T-13: V asks for licence or agreement',
      { profile: 'm365VolumeLicensing', text: 'x', phone: '1', email: 'a@b', contactMethod: 'phone' },
      ['licenceId'],
    ],
    ['T-19: A without agreement', { ...china, impact: 'x', resource: 'x', contact: 'x' }, ['severity']],
    ['T-21, T-22: the duties of A', { ...china, advancedAgreement: true }, ['impact', 'resource', 'contact']],
    ['T-23: B owes a contact only', { ...china, severity: 'B' }, ['contact']],
    ['who asks', { ...china, severity: 'C', contact: 'x', role: 'user' }, ['role']],
    ['where it comes from', { ...china, severity: 'C', contact: 'x', origin: 'thirdParty' }, ['origin']],
    ['what it is about', { profile: 'o365Enterprise2013', text: 'x', category: 'billing' }, ['category']],
  ] as const) {
    it(name, async () => {
      const { complete, findings } = await check(draft, 1);
      assert.equal(complete, false);
      assert.deepEqual(
        findings.map(({ field }) => field),
        found,
      );
      assert.ok(findings.every(({ message, facts: cited }) => message.endsWith('.') && cited.length > 0));
    });
  }

  it('finds nothing in a complete draft, also one as the extension keeps it', async () => {
    const content = { ...china, severity: 'B', contact: '+420 1', places: [], files: [], impact: '', resource: '' };
    assert.equal((await check(content, 0)).complete, true);
    assert.equal((await check({ id: 'x', revision: 3, content }, 0)).complete, true);
  });

  it('reads what an offer asks for besides where the extension keeps it', async () => {
    const details = { phone: '+420 123456789', email: 'anna@example.com', contactMethod: 'email' };
    const draft = { profile: 'm365Business', title: 'Mail', text: 'No mail comes in.', category: 'technical' };
    const found = async (more: object, code: 0 | 1) =>
      (await check({ id: 'x', revision: 3, content: { ...draft, ...more } }, code)).findings.map(({ field }) => field);
    assert.deepEqual(await found({ details }, 0), []);
    assert.deepEqual(await found({ details: { ...details, phone: undefined } }, 1), ['phone']);
    assert.deepEqual(await found({}, 1), ['phone', 'email', 'contactMethod']);
  });

  it('takes from the policy and the options what the draft does not say', async () => {
    const policy = files.file('policy.json', { profile: 'm365China', advancedAgreement: true });
    const { profile, ...rest } = { ...china, impact: 'x', resource: 'x', contact: 'x' };
    assert.equal((await check(rest, 0, '--policy', policy)).complete, true);
    assert.equal((await check(rest, 0, '--profile', profile, '--agreement')).complete, true);
  });

  it('names to a person the field, why, and the facts', async () => {
    const { out } = await casebook(['check', files.file('draft.json', { ...china, severity: 'B' })]);
    assert.equal(out, 'How support reaches you: Needed for this severity.\n  Facts: C-20\n');
  });
});

describe('casebook handoff', () => {
  const files = folder();
  const handoff = (draft: object) => answer(HandOff, ['handoff', files.file('draft.json', draft)]);

  it('T-32: goes online first, then to +86 400-089-0365', async () => {
    const found = await handoff({ ...china, contact: '+420 1' });
    assert.deepEqual(
      found.channels.map(({ id, fallback, number }) => [id, fallback, number]),
      [
        ['portal', false, null],
        ['phone', true, '+864000890365'],
      ],
    );
    assert.deepEqual(
      found.duties.map(({ id, value }) => [id, value]),
      [
        ['impactStatement', null],
        ['namedResource', null],
        ['reachableContact', '+420 1'],
      ],
    );
    assert.match(found.text, /By phone \(if that does not work\)\n {3}\+86 400-089-0365/);
    assert.match(found.text, /Name someone who works .*: \(missing\)\n/);
  });

  it('T-14: puts the words in front of the question, in English, once', async () => {
    const one = await handoff({ profile: 'm365VolumeLicensing', title: 'which key?' });
    assert.equal(one.query, 'manage volume licensing which key?');
    const two = await handoff({ profile: 'm365VolumeLicensing', title: 'Manage volume licensing which key?' });
    assert.equal(two.query, one.query);
  });

  it('T-07, T-08: tells before a call what holds for this person', async () => {
    const base = { profile: 'm365Business', title: 'x' };
    const notices = async (more: object) =>
      (await handoff({ ...base, ...more })).channels[1]?.notices.map(({ id }) => id);
    assert.deepEqual(await notices({}), ['accountDetails', 'pinCode']);
    assert.deepEqual(await notices({ numberRegistered: true, countryListed: false }), [
      'accountDetails',
      'neighbourOrUsa',
    ]);
  });

  for (const profile of profileIds) {
    for (const language of ['en', 'cs', 'fi', 'he', 'lv']) {
      it(`${profile} in ${language}: every step and notice is a sentence`, async () => {
        const file = files.file('draft.json', { profile, title: 'x', countryListed: false });
        const { channels } = await answer(HandOff, ['handoff', file, '--language', language]);
        for (const { message, id } of channels.flatMap(({ steps, notices }) => [...steps, ...notices])) {
          assert.match(message, /.{10,}\.$/u, id);
        }
      });
    }
  }

  it('fills in what the team knows: the addresses the documents leave out, and a contact by its reference', async () => {
    const links = { publicSupportPage: 'https://support.example.com/' };
    const contacts = { desk: { name: 'Service desk', phone: '+420 1', email: 'desk@example.com' } };
    const policy = files.file('policy.json', { links, contacts });
    const withTeam = async (contact: string, profile = 'm365Business') => {
      const file = files.file('draft.json', { profile, title: 'x', contact });
      return answer(HandOff, ['handoff', file, '--policy', policy]);
    };
    const business = await withTeam('');
    assert.equal(business.links.find(({ id }) => id === 'publicSupportPage')?.url, links.publicSupportPage);
    assert.equal(business.links.find(({ id }) => id === 'youTube')?.url, null);
    assert.match(business.text, /\n {3}Public support page: https:\/\/support\.example\.com\/(\n|$)/);
    const reached = async (contact: string) => (await withTeam(contact, 'm365China')).duties.at(-1)?.value;
    assert.equal(await reached('desk'), 'Service desk, +420 1, desk@example.com');
    for (const other of ['Anna', 'constructor', '__proto__']) assert.equal(await reached(other), other);
  });

  it('shows what people wrote as text and nothing more', async () => {
    const file = files.file('draft.json', { ...china, text: 'one\u001b[2J\r\ntwo\u202e', contact: '\u0007x' });
    const { out } = await casebook(['handoff', file]);
    assert.match(out, /Description: one\[2J\n {5}two\n/);
    assert.doesNotMatch(out, /[\u0007\u001b\u202e]/);
  });
});

describe('casebook classify', () => {
  it('T-30: suggests with the words that speak for it', async () => {
    const args = ['classify', '--profile', 'm365China', 'Autodiscover is down for everyone'];
    const found = await answer(Classify, args);
    assert.deepEqual([found.category?.id, found.group?.id, found.severity?.id], ['technical', 'exchangeOnline', 'A']);
    const { out } = await casebook(args);
    assert.match(out, /^Technical, because of: autodiscover\nExchange Online, .*\nSeverity A, .*\n.*you decide\.\n/);
  });

  it('reads from stdin with -, and says when nothing speaks for anything', async () => {
    const args = ['classify', '--profile', 'm365China', '-'];
    const found = await answer(Classify, args, 0, { stdin: ['add lic', 'ences'] });
    assert.equal(found.category?.id, 'billing');
    const { out } = await casebook(args, { stdin: ['hm'] });
    assert.match(out, /^Nothing in this text/);
  });
});
