import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { missingFromDraft } from '../../src/rules/completeness.ts';
import { eligibility } from '../../src/rules/eligibility.ts';
import { supportHours } from '../../src/rules/hours.ts';
import { m365Business } from '../../src/rules/profiles/m365Business.ts';
import { m365VolumeLicensing } from '../../src/rules/profiles/m365VolumeLicensing.ts';
import { checkSeverity, duties, severityChoices } from '../../src/rules/severity.ts';
import { responseTarget } from '../../src/rules/target.ts';

const at = (text: string): number => Date.parse(text);

describe('m365Business: who may file', () => {
  it('T-01: not an administrator: the public support page (G-04, G-06)', () => {
    const answer = eligibility({ role: 'user', directSubscriptions: 1 }, m365Business);
    const refused = { code: 'notAdministrator', instead: ['publicSupportPage'], facts: ['G-04', 'G-06'] };
    assert.deepEqual(answer, { ok: false, ...refused });
  });
  for (const [check, direct, partner, code, instead] of [
    ['T-02', 0, 2, 'boughtThroughPartner', ['partner']],
    ['T-04', 0, 0, 'noDirectSubscription', ['selfServiceHelp']],
    ['T-04', 0, undefined, 'noDirectSubscription', ['selfServiceHelp']],
    ['T-04', -1, Number.NaN, 'noDirectSubscription', ['selfServiceHelp']],
  ] as const) {
    it(`${check}: ${String(direct)} direct, ${String(partner)} partner: ${code} (G-09, G-10)`, () => {
      const person = { role: 'admin', directSubscriptions: direct, partnerSubscriptions: partner } as const;
      const answer = eligibility(person, m365Business);
      assert.ok(!answer.ok);
      assert.deepEqual([answer.code, answer.instead], [code, instead]);
      assert.ok(answer.facts.includes('G-09'));
    });
  }
  for (const [direct, partner] of [
    [1, 5],
    [1, 0],
    [undefined, 5],
    [undefined, undefined],
  ] as const) {
    it(`T-03: ${String(direct)} direct, ${String(partner)} partner: may file`, () => {
      const person = { role: 'admin', directSubscriptions: direct, partnerSubscriptions: partner } as const;
      const answer = eligibility(person, m365Business);
      assert.ok(answer.ok);
      assert.deepEqual(answer.value, { selfService: true, through: 'adminCenter' });
    });
  }
  it('T-05: access refused means not an administrator (G-12)', () => {
    const answer = eligibility({ role: 'admin', directSubscriptions: 1, adminCenterDenied: true }, m365Business);
    const refused = { code: 'notAdministrator', instead: ['adminPermissionsHelp'], facts: ['G-12'] };
    assert.deepEqual(answer, { ok: false, ...refused });
    assert.ok(eligibility({ role: 'admin', adminCenterDenied: false }, m365Business).ok);
  });
});

describe('m365VolumeLicensing: who may file', () => {
  it('T-15: without the admin center, through the online form (V-06)', () => {
    const answer = eligibility({ role: 'admin', adminCenterDenied: true }, m365VolumeLicensing);
    assert.ok(answer.ok);
    assert.deepEqual(answer.value, { selfService: true, through: 'volumeLicensingForm' });
    assert.ok(answer.facts.includes('V-06'));
  });
  it('in the admin center, whatever was bought where; others on the public page', () => {
    const answer = eligibility({ role: 'admin', directSubscriptions: 0, partnerSubscriptions: 0 }, m365VolumeLicensing);
    assert.ok(answer.ok);
    assert.equal(answer.value.through, 'adminCenter');
    const refused = eligibility({ role: 'user', adminCenterDenied: true }, m365VolumeLicensing);
    assert.ok(!refused.ok);
    assert.deepEqual(refused.instead, ['publicSupportPage']);
  });
});

describe('what a draft lacks', () => {
  it('T-06: each missing field by name (G-16)', () => {
    const missing = missingFromDraft({}, m365Business);
    assert.deepEqual(
      missing,
      (['text', 'phone', 'email', 'contactMethod'] as const).map(field => ({
        field,
        code: 'fieldMissing',
        anyOf: [field],
        facts: ['G-16'],
      })),
    );
    assert.deepEqual(missingFromDraft({ text: 't', phone: '1', email: 'e', contactMethod: 'phone' }, m365Business), []);
  });
  const filled = { text: 't', phone: '1', email: 'e', contactMethod: 'phone' } as const;
  it('T-13: licence ID or agreement number, either is enough (V-05)', () => {
    const missing = [
      { field: 'licenceId', code: 'oneFieldMissing', anyOf: ['licenceId', 'agreementNumber'], facts: ['V-05'] },
    ];
    assert.deepEqual(missingFromDraft(filled, m365VolumeLicensing), missing);
    assert.deepEqual(missingFromDraft({ ...filled, licenceId: 'L' }, m365VolumeLicensing), []);
    assert.deepEqual(missingFromDraft({ ...filled, licenceId: ' ', agreementNumber: '7' }, m365VolumeLicensing), []);
    assert.deepEqual(
      missingFromDraft({}, m365VolumeLicensing).map(({ field }) => field),
      ['text', 'licenceId', 'phone', 'email', 'contactMethod'],
    );
  });
});

describe('support hours of m365Business', () => {
  const billing = { category: 'billing', zone: 'Europe/Prague' } as const;
  const facts = ['G-20', 'G-21', 'A-07'];
  for (const [check, now, then] of [
    ['T-09', '2026-03-07T10:00:00+01:00', '2026-03-09T09:00:00+01:00'],
    ['T-10', '2026-03-06T17:00:00+01:00', '2026-03-09T09:00:00+01:00'],
    ['T-10', '2026-03-06T08:59:59.999+01:00', '2026-03-06T09:00:00+01:00'],
  ] as const) {
    it(`${check}: billing at ${now} is closed until ${then}`, () => {
      const expected = { state: 'closed', nextOpening: at(then), zone: 'Europe/Prague', facts };
      assert.deepEqual(supportHours(billing, m365Business, at(now)), expected);
    });
  }
  it('T-10: billing at 16:59 is open until 17:00', () => {
    const expected = { state: 'open', closesAt: at('2026-03-06T17:00:00+01:00'), zone: 'Europe/Prague', facts };
    assert.deepEqual(supportHours(billing, m365Business, at('2026-03-06T16:59:00+01:00')), expected);
  });
  it('T-11: technical is open at any instant (G-22)', () => {
    const expected = { state: 'open', closesAt: undefined, zone: 'UTC', facts: ['G-22'] };
    assert.deepEqual(supportHours({ category: 'technical' }, m365Business, at('2026-12-25T03:00:00Z')), expected);
  });
  it('volume licensing states none', () => {
    const answer = supportHours({ category: 'billing' }, m365VolumeLicensing, 0);
    assert.deepEqual(answer, { state: 'unknown', code: 'notStated', facts: ['V-01'] });
  });
});

describe('T-12: no severity, no target', () => {
  for (const profile of [m365Business, m365VolumeLicensing]) {
    it(profile.id, () => {
      const context = { category: 'technical', advancedAgreement: true } as const;
      assert.deepEqual(severityChoices(context, profile), []);
      assert.deepEqual(duties('A', profile), []);
      const check = checkSeverity('A', context, profile);
      assert.ok(!check.ok);
      assert.equal(check.code, 'noSeverities');
      const target = responseTarget({ openedAt: 0, severity: 'A', category: 'technical' }, profile);
      assert.deepEqual(target, { kind: 'none', code: 'noSeverities', facts: profile.facts });
    });
  }
});
