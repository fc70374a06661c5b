import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { channels, handOff, type HandOffQuery, queryText } from '../../src/rules/handoff.ts';
import { m365Business } from '../../src/rules/profiles/m365Business.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { m365VolumeLicensing } from '../../src/rules/profiles/m365VolumeLicensing.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';

describe('channels', () => {
  for (const category of ['technical', 'billing'] as const) {
    it(`T-32: ${category}, online first, then +86 400-089-0365 (C-30, C-31, C-11)`, () => {
      const [online, phone, ...others] = channels({ category }, m365China);
      assert.deepEqual(
        [online, phone].map(channel => [channel?.id, channel?.fallback, channel?.number]),
        [
          ['portal', false, undefined],
          ['phone', true, '+864000890365'],
        ],
      );
      assert.deepEqual(
        online?.steps.map(({ id }) => id),
        ['openAdminCenter', 'newServiceRequest'],
      );
      assert.deepEqual(others, []);
    });
  }
  it('pre-sales has the same number and nothing to fall back from (C-08, C-09)', () => {
    const [phone, ...others] = channels({ category: 'preSales' }, m365China);
    assert.deepEqual([phone?.id, phone?.fallback, phone?.number], ['phone', false, '+864000890365']);
    assert.deepEqual(others, []);
  });

  const notices = (query: Partial<HandOffQuery>) =>
    channels({ category: 'technical', ...query }, m365Business)[1]?.notices.map(({ id }) => id);
  it('T-07: a number not registered brings the PIN notice (G-26, G-27)', () => {
    assert.deepEqual(notices({ numberRegistered: false }), ['accountDetails', 'pinCode']);
    assert.deepEqual(notices({}), ['accountDetails', 'pinCode']);
    assert.deepEqual(notices({ numberRegistered: true }), ['accountDetails']);
  });
  it('T-08: a country not listed brings the neighbour or the USA (G-19)', () => {
    const one = { numberRegistered: true };
    assert.deepEqual(notices({ ...one, countryListed: false }), ['accountDetails', 'neighbourOrUsa']);
    assert.deepEqual(notices({ ...one, countryListed: true }), ['accountDetails']);
  });
  it('no notice where none is stated', () => {
    assert.deepEqual(channels({ category: 'technical' }, o365Enterprise2013)[1]?.notices, []);
  });

  it('T-15: without the admin center only the form is left, and it is no fallback (V-06)', () => {
    const offered = (adminCenterDenied: boolean) =>
      channels({ category: 'billing', adminCenterDenied }, m365VolumeLicensing).map(({ id, fallback }) => [
        id,
        fallback,
      ]);
    assert.deepEqual(offered(true), [['volumeLicensingForm', false]]);
    assert.deepEqual(offered(false), [
      ['adminCenter', false],
      ['volumeLicensingForm', true],
    ]);
  });
  it('elsewhere a refusing admin center changes no channel', () => {
    const query = { category: 'technical', adminCenterDenied: true } as const;
    assert.deepEqual(channels(query, m365Business), channels({ category: 'technical' }, m365Business));
  });
});

describe('handOff', () => {
  it('holds channels, duties, hours and links', () => {
    const handed = handOff({ category: 'technical', severity: 'A' }, m365China);
    assert.deepEqual(handed.channels, channels({ category: 'technical' }, m365China));
    assert.deepEqual(
      handed.duties.map(({ id }) => id),
      ['impactStatement', 'namedResource', 'reachableContact'],
    );
    assert.deepEqual(handed.hours?.facts, ['C-25']);
    assert.deepEqual(handed.links, m365China.links);
    assert.deepEqual(handOff({ category: 'technical' }, m365China).duties, [
      { id: 'reachableContact', facts: ['C-20'] },
    ]);
  });
  it('names the fields, and what does instead of one (V-05)', () => {
    const { fields } = handOff({ category: 'billing' }, m365VolumeLicensing);
    assert.deepEqual(
      fields.map(({ id, orElse }) => [id, ...orElse]),
      [['text'], ['licenceId', 'agreementNumber'], ['phone'], ['email'], ['contactMethod']],
    );
    assert.ok(fields.every(({ facts }) => facts.includes('V-05')));
  });
});

describe('queryText', () => {
  for (const [question, expected] of [
    ['How do I see my licences?', 'manage volume licensing How do I see my licences?'],
    ['manage volume licensing How do I see them?', 'manage volume licensing How do I see them?'],
    ['  Manage  Volume\nLicensing  keys ', 'manage volume licensing keys'],
    ['where can I manage volume licensing keys', 'manage volume licensing where can I keys'],
    ['', 'manage volume licensing'],
    ['מפתחות', 'manage volume licensing מפתחות'],
  ] as const) {
    it(`T-14: ${JSON.stringify(question)} (V-03)`, () => {
      assert.equal(queryText(question, m365VolumeLicensing), expected);
      assert.equal(queryText(expected, m365VolumeLicensing), expected);
    });
  }
  it('leaves the question of other profiles alone', () => {
    assert.equal(queryText(' Mail is late ', m365China), 'Mail is late');
  });
});
