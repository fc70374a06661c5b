import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import {
  maxPolicyLength,
  Policy,
  policyFaultCodes,
  readPolicy,
  type PolicyFaultCode,
} from '../../src/policy/policy.ts';
import { maxHolidays } from '../../src/rules/calendar.ts';
import { profileIds } from '../../src/rules/profile.ts';
import { createStrings } from '../../src/strings/strings.ts';

const holidays = (count: number) => Array.from({ length: count }, () => ({ date: '2026-10-01', name: 'x' }));
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** A text, and its faults as `code key line:column`. */
const bad: readonly (readonly [what: string, text: string, ...faults: string[]])[] = [
  ['an empty file', '', 'notJson  1:1'],
  ['a file of comments', '// nothing yet\n', 'notJson  2:1'],
  ['a file cut short', '{\n  "holidays": [', 'notJson holidays[0] 2:16'],
  ['words after the end', '{}\n{}', 'notJson  2:1'],
  ['a list at the top', '[]', 'wrongValue  1:1'],
  ['a text at the top', '"m365China"', 'wrongValue  1:1'],
  ['a file above the size', `{"plan": "${'x'.repeat(5 * 1024 * 1024)}"}`, 'tooLarge  1:1'],
  ['10,000 holidays', JSON.stringify({ holidays: holidays(10_000) }), 'tooLarge  1:1'],
  [
    'more holidays than a calendar takes',
    JSON.stringify({ holidays: holidays(maxHolidays + 1) }),
    'tooManyHolidays holidays 1:2',
  ],
  ['brackets without end', '['.repeat(maxPolicyLength), 'wrongValue  1:33'],
  ['an unknown key', '{ "severity": "A" }', 'unknownKey severity 1:3'],
  ['a key of the person', '{ "role": "admin" }', 'unknownKey role 1:3'],
  [
    'unknown keys at depth',
    '{"contacts": {"ann": {"name": "Ann", "fax": "1"}},\n"queries": [{"name": "x"}, {"name": "y", "url": "z"}]}',
    'unknownKey contacts.ann.fax 1:38',
    'unknownKey queries[1].url 2:42',
  ],
  [
    'the name of what every object inherits',
    '{"__proto__": {"plan": "premium"},\n"constructor": 1}',
    'unknownKey __proto__ 1:2',
    'unknownKey constructor 2:1',
  ],
  [
    'such a name at depth',
    '{"contacts": {"__proto__": {"name": "x"}}, "links": {"constructor": "https://example.com"}}',
    'unknownKey contacts.__proto__ 1:15',
    'unknownKey links.constructor 1:54',
  ],
  ['a key written twice', '{"plan": "standard",\n "plan": "premium"}', 'duplicateKey plan 2:2'],
  [
    'a key written twice at depth',
    '{"officeHours": {"start": "09:00", "end": "17:00", "end": "18:00"}}',
    'duplicateKey officeHours.end 1:52',
  ],
  [
    'wrong types',
    '{"plan": 7, "holidays": {}, "advancedAgreement": "yes", "services": [1]}',
    'wrongValue plan 1:2',
    'wrongValue holidays 1:13',
    'wrongValue advancedAgreement 1:29',
    'wrongValue services[0] 1:70',
  ],
  [
    'counts that cannot be',
    '{"directSubscriptions": -1, "partnerSubscriptions": 1.5}',
    'wrongValue directSubscriptions 1:2',
    'wrongValue partnerSubscriptions 1:29',
  ],
  ['a version to come', '{"version": 2}', 'wrongValue version 1:2'],
  [
    'days that do not exist',
    '{"holidays": [\n{"date": "2026-02-30", "name": "x"},\n{"date": "2026-13-01", "name": "x"},\n{"date": "1.10.2026", "name": "x"},\n{"date": "0000-01-01", "name": "x"},\n{"date": "2028-02-29", "name": "x"}]}',
    ...[0, 1, 2, 3].map(place => `impossibleDate holidays[${place}].date ${place + 2}:2`),
  ],
  ['a holiday without a name', '{"holidays": [{"date": "2026-10-01"}]}', 'wrongValue holidays[0].name 1:15'],
  ['a zone that does not exist', '{"supportZone": "Mars/Olympus"}', 'unknownZone supportZone 1:2'],
  ['a country that does not exist', '{"supportCountry": "ZZ"}', 'wrongValue supportCountry 1:2'],
  [
    'hours that end before they start',
    '{"officeHours": {"start": "17:00", "end": "09:00"}}',
    'wrongValue officeHours.end 1:36',
  ],
  [
    'hours that cannot be',
    '{"officeHours": {"start": "24:00", "end": "25:00"}}',
    'wrongValue officeHours.start 1:18',
    'wrongValue officeHours.end 1:36',
  ],
  [
    'keys that are none, or half a secret',
    '{"healthKeys": {"ada": "-----BEGIN PRIVATE KEY-----",\n"eve": "AAAA", "a b": 1}, "healthPeople": 0}',
    'wrongValue healthKeys.ada 1:17',
    'wrongValue healthKeys.eve 2:1',
    'wrongValue healthKeys.a b 2:16',
    'wrongValue healthPeople 2:27',
  ],
  [
    'a link without https',
    '{"links": {"volumeLicensingForm": "http://example.com"}}',
    'wrongValue links.volumeLicensingForm 1:12',
  ],
  [
    'a link that runs a command',
    '{"links": {"volumeLicensingForm": "command:casebook.newCase"}}',
    'wrongValue links.volumeLicensingForm 1:12',
  ],
  [
    'a link that names a user',
    '{"links": {"volumeLicensingForm": "https://example.com@evil.example/"}}',
    'wrongValue links.volumeLicensingForm 1:12',
  ],
  ['a link that no document names', '{"links": {"nowhere": "https://example.com"}}', 'unknownKey links.nowhere 1:12'],
  ['a reference that is no word', '{"contacts": {"Ann Lee": {"name": "Ann"}}}', 'wrongValue contacts.Ann Lee 1:15'],
  ['places after a byte order mark and CRLF', '\ufeff{\r\n\r\n  "plan": "gold"\r\n}', 'wrongValue plan 3:3'],
  ['places on a line after a byte order mark', '\ufeff{"plan": "gold"}', 'wrongValue plan 1:2'],
  ['places after old line ends', '{\r"plan": "gold"}', 'wrongValue plan 2:1'],
];

describe('readPolicy', () => {
  for (const [what, text, ...faults] of bad) {
    it(`names ${what} by code, key and place`, () => {
      const read = readPolicy(text);
      const told = read.ok ? [] : read.faults.map(({ code, key, line, column }) => `${code} ${key} ${line}:${column}`);
      assert.deepEqual(told, faults);
      assert.ok(!read.ok && read.faults.every(({ facts }) => facts.length === 0));
    });
  }

  it('assigns no key to what every object inherits', () => {
    readPolicy('{"__proto__": {"polluted": true}, "contacts": {"__proto__": {"polluted": true}}}');
    assert.equal(Object.hasOwn(Object.prototype, 'polluted'), false);
  });

  it('reads every key, with comments and trailing commas', () => {
    const policy: Policy = {
      version: 1,
      profile: 'm365China',
      plan: 'standard',
      reading: 'endOfWeekday',
      holidays: holidays(maxHolidays),
      advancedAgreement: true,
      directSubscriptions: 3,
      partnerSubscriptions: 0,
      supportCountry: 'CZ',
      supportZone: 'Europe/Prague',
      officeHours: { start: '09:00', end: '24:00' },
      highestSeverity: { technical: 'A', billing: 'B', preSales: 'C' },
      adminRoles: ['Helpdesk admin'],
      links: { volumeLicensingForm: 'https://example.com/form' },
      contacts: { ann: { name: 'Ann Lee', phone: '+86 10 5555 0100', email: 'ann@example.com' } },
      services: ['Exchange Online'],
      defaultService: 'Exchange Online',
      queries: [{ name: 'Critical', status: ['open'], severity: ['A'], text: 'mail', service: 'Exchange Online' }],
      suggestedDesk: 'https://desk.example.com',
      healthKeys: { ada: `MCowBQYDK2VwAyEA${'A'.repeat(43)}=` },
      healthPeople: 200,
    };
    assert.deepEqual(Object.keys(policy).sort(), Object.keys(Policy.def.shape).sort());
    const text = JSON.stringify(policy, undefined, 1).replace('{', '{ // the team\n').replace(/\}$/, ', /* end */ }');
    assert.deepEqual(readPolicy(text), { ok: true, policy });
    assert.deepEqual(readPolicy('\ufeff{}'), { ok: true, policy: {} });
  });

  it('takes a file of the longest length and none longer', () => {
    assert.ok(readPolicy('{}'.padEnd(maxPolicyLength)).ok);
    assert.equal(readPolicy('{}'.padEnd(maxPolicyLength + 1)).ok, false);
  });

  it('has a sentence for every fault', () => {
    const strings = createStrings('en');
    for (const code of policyFaultCodes) {
      const text = strings.lookup(`policy.fault.${code}`, { facts: 'C-22' });
      assert.match(text ?? '', /^\p{L}[^{}]{20,}\.$/u, code);
    }
  });

  it('tells of a bounded number of faults', () => {
    const read = readPolicy(JSON.stringify({ services: Array<number>(199).fill(1) }));
    assert.equal(read.ok ? 0 : read.faults.length, 100);
    const unknown = readPolicy(
      JSON.stringify(Object.fromEntries(Array.from({ length: 9_000 }, (_, at) => [`k${at}`, 1]))),
    );
    assert.equal(unknown.ok ? 0 : unknown.faults.length, 100);
  });
});

/** What a policy says, the keys that lift a cap, and a fact that forbids it. */
const lifting: readonly (readonly [what: object, lifted: Readonly<Record<string, string>>])[] = [
  [{ profile: 'm365China', highestSeverity: { billing: 'A' } }, { billing: 'C-24' }],
  [
    { profile: 'm365China', advancedAgreement: true, highestSeverity: { billing: 'A', technical: 'A' } },
    { billing: 'C-24' },
  ],
  [
    { profile: 'm365China', highestSeverity: { technical: 'A', preSales: 'A' } },
    { technical: 'C-22', preSales: 'C-23' },
  ],
  [{ profile: 'm365China', advancedAgreement: false, highestSeverity: { technical: 'A' } }, { technical: 'C-22' }],
  [{ highestSeverity: { technical: 'A' } }, { technical: 'C-22' }],
  [{ profile: 'm365China', highestSeverity: { technical: 'B', billing: 'B', preSales: 'C' } }, {}],
  [{ profile: 'm365China', advancedAgreement: true, highestSeverity: { technical: 'A', billing: 'C' } }, {}],
  [{ profile: 'o365Enterprise2013', highestSeverity: { technical: 'A' } }, {}],
  [{ profile: 'm365Business', highestSeverity: { technical: 'C' } }, { technical: 'G-08' }],
  [{ profile: 'm365VolumeLicensing', highestSeverity: { billing: 'C' } }, { billing: 'V-01' }],
  ...profileIds.map(profile => [{ profile, highestSeverity: {} }, {}] as const),
];

describe('a policy and the caps of its offer', () => {
  for (const [what, lifted] of lifting) {
    const text = JSON.stringify(what);
    it(`${Object.keys(lifted).length > 0 ? 'may not say' : 'may say'} ${text}`, () => {
      const read = readPolicy(text);
      const faults = read.ok ? [] : read.faults;
      const expected: [PolicyFaultCode, string][] = Object.keys(lifted).map(key => [
        'liftsCap',
        `highestSeverity.${key}`,
      ]);
      assert.deepEqual(faults.map(({ code, key }) => [code, key]).sort(), expected.sort());
      for (const { key, facts } of faults) {
        const fact = lifted[key.replace('highestSeverity.', '')];
        assert.ok(
          facts.some(id => id === fact),
          `${key}: ${facts.join(' ')}`,
        );
      }
    });
  }
});

const keys = fc.constantFrom(...Object.keys(Policy.def.shape), '__proto__', 'constructor', 'date', 'name', 'billing');
const words = fc.constantFrom(
  'm365China',
  'premium',
  'A',
  'B',
  '2026-10-01',
  'Europe/Prague',
  '09:00',
  'CZ',
  'https://a.example',
);
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 4 },
    words,
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.double(),
    fc.constant(null),
    tie('list'),
    tie('table'),
  ),
  list: fc.array(tie('value'), { maxLength: 4 }),
  table: fc
    .array(fc.tuple(fc.oneof(keys, fc.string()), tie('value')), { maxLength: 5 })
    .map(entries => Object.fromEntries(entries)),
}));
/** Texts that are nearly a policy: one with a piece cut out, doubled or replaced. */
const nearly = fc
  .tuple(
    fc.dictionary(keys, value).map(of => JSON.stringify(of, undefined, 1)),
    fc.nat(),
    fc.nat(30),
    fc.string({ unit: 'binary' }),
  )
  .map(
    ([text, at, length, piece]) => text.slice(0, at % text.length) + piece + text.slice((at % text.length) + length),
  );
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  value.map(of => JSON.stringify(of)),
  fc.dictionary(keys, value).map(of => JSON.stringify(of)),
  nearly,
  fc.nat(100_000).map(deep),
);

describe('readPolicy, for any text', () => {
  it('never throws, and answers a policy that parses again or faults at places of the text', () => {
    fc.assert(
      fc.property(texts, text => {
        const read = readPolicy(text);
        if (read.ok) {
          assert.ok(z.safeParse(Policy, read.policy).success);
          assert.ok(readPolicy(JSON.stringify(read.policy)).ok);
          return;
        }
        assert.ok(read.faults.length > 0);
        const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
        for (const { line, column } of read.faults) {
          assert.ok(column >= 1 && column <= (lines[line - 1]?.length ?? -1) + 1, `${line}:${column}`);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
