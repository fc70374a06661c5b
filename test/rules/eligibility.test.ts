import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { eligibility, supportBoundary } from '../../src/rules/eligibility.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';

describe('eligibility, m365China', () => {
  it('T-16: a user is sent to their administrator, the forums and self-service (C-06, C-28)', () => {
    assert.deepEqual(eligibility({ role: 'user', directSubscriptions: 5 }, m365China), {
      ok: false,
      code: 'notAdministrator',
      instead: ['ownAdministrator', 'communityForums', 'selfServiceHelp'],
      facts: ['C-27', 'C-28', 'C-33', 'C-06'],
    });
  });
  for (const [what, directSubscriptions, partnerSubscriptions] of [
    ['T-17: a trial (a subscription like any other, C-02)', 1, 0],
    ['all bought through a partner (A-08)', 0, 2],
    ['counts not known', undefined, undefined],
    ['no direct ones, partner not known', 0, undefined],
    ['partner none, direct not known', undefined, 0],
  ] as const) {
    it(`an administrator may file: ${what}`, () => {
      const answer = eligibility({ role: 'admin', directSubscriptions, partnerSubscriptions }, m365China);
      assert.ok(answer.ok);
      assert.deepEqual(answer.value, { selfService: true, through: 'adminCenter' });
      assert.ok(answer.facts.includes('C-02') && answer.facts.includes('C-34'));
    });
  }
  for (const none of [0, -1, Number.NaN]) {
    it(`an administrator of no subscription at all (${String(none)}) may not (C-27)`, () => {
      const answer = eligibility({ role: 'admin', directSubscriptions: none, partnerSubscriptions: 0 }, m365China);
      assert.deepEqual(answer, {
        ok: false,
        code: 'noSubscription',
        instead: ['communityForums', 'selfServiceHelp'],
        facts: ['C-27', 'C-02', 'C-06', 'A-08'],
      });
    });
  }
  it('access refused by the portal decides nothing here: only G says what it means', () => {
    assert.ok(eligibility({ role: 'admin', adminCenterDenied: true }, m365China).ok);
  });
});

describe('eligibility, o365Enterprise2013', () => {
  it('only an administrator gets help (E-01)', () => {
    assert.deepEqual(eligibility({ role: 'user' }, o365Enterprise2013), {
      ok: false,
      code: 'notAdministrator',
      instead: ['ownAdministrator'],
      facts: ['E-01'],
    });
    assert.ok(eligibility({ role: 'admin', directSubscriptions: 0, partnerSubscriptions: 0 }, o365Enterprise2013).ok);
  });
});

describe('supportBoundary', () => {
  for (const [check, origin, instead, facts] of [
    ['T-28', 'customerNetwork', ['ownNetworkTeam'], ['C-05']],
    ['T-29', 'thirdParty', ['communityForums'], ['C-15']],
    ['C-04', 'otherProduct', ['productVendor'], ['C-04']],
  ] as const) {
    it(`${check}: ${origin} is outside, ${instead.join()} instead`, () => {
      assert.deepEqual(supportBoundary({ origin }, m365China), { ok: false, code: origin, instead, facts });
    });
  }
  for (const origin of ['service', 'unknown'] as const) {
    it(`${origin} is inside`, () => {
      assert.deepEqual(supportBoundary({ origin }, m365China), {
        ok: true,
        value: { origin },
        facts: ['C-05', 'C-15', 'C-04'],
      });
    });
  }
  it('2013 draws no boundary', () => {
    assert.deepEqual(supportBoundary({ origin: 'thirdParty' }, o365Enterprise2013), {
      ok: true,
      value: { origin: 'thirdParty' },
      facts: [],
    });
  });
});
