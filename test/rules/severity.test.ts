import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Profile } from '../../src/rules/profile.ts';
import { categories, severities } from '../../src/rules/profile.ts';
import { profiles as everyProfile } from '../../src/rules/profiles/index.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';
import { checkSeverity, downgradeWarning, duties, severityChoices } from '../../src/rules/severity.ts';

const without: Profile = { ...m365China, severity: null };

describe('severityChoices and checkSeverity', () => {
  it('T-18: technical, agreement: A is open', () => {
    const context = { category: 'technical', advancedAgreement: true } as const;
    assert.deepEqual(
      severityChoices(context, m365China).map(({ severity, open }) => [severity, open]),
      [
        ['A', true],
        ['B', true],
        ['C', true],
      ],
    );
    const answer = checkSeverity('A', context, m365China);
    assert.ok(answer.ok);
    assert.deepEqual(answer.value, { severity: 'A' });
    assert.ok(answer.facts.includes('C-22') && answer.facts.includes('C-20'));
  });

  it('T-19: technical, no agreement: A is refused with the reason, cap B', () => {
    const context = { category: 'technical', advancedAgreement: false } as const;
    const refused = { code: 'needsAdvancedAgreement', cap: 'B', facts: ['C-22', 'A-04'] };
    assert.deepEqual(checkSeverity('A', context, m365China), { ok: false, ...refused });
    assert.deepEqual(severityChoices(context, m365China)[0], { severity: 'A', open: false, ...refused });
    assert.ok(checkSeverity('B', context, m365China).ok);
    assert.ok(checkSeverity('C', context, m365China).ok);
  });

  for (const category of ['billing', 'preSales'] as const) {
    for (const advancedAgreement of [true, false]) {
      it(`T-20: ${category}, agreement ${String(advancedAgreement)}: A is refused, cap B`, () => {
        const context = { category, advancedAgreement };
        assert.deepEqual(checkSeverity('A', context, m365China), {
          ok: false,
          code: 'technicalOnly',
          cap: 'B',
          facts: ['C-23', 'C-24'],
        });
        assert.ok(checkSeverity('B', context, m365China).ok);
      });
    }
  }

  it('2013: nothing is capped (E-12)', () => {
    for (const category of categories) {
      const choices = severityChoices({ category, advancedAgreement: false }, o365Enterprise2013);
      assert.deepEqual(
        choices,
        severities.map(severity => ({ severity, open: true, facts: ['E-12', 'E-13'] })),
      );
    }
  });

  it('T-12: an offer without severities opens none', () => {
    const context = { category: 'technical', advancedAgreement: true } as const;
    assert.deepEqual(severityChoices(context, without), []);
    assert.deepEqual(checkSeverity('C', context, without), {
      ok: false,
      code: 'noSeverities',
      cap: undefined,
      facts: m365China.facts,
    });
  });
});

describe("a team's own caps", () => {
  const open = (context: Parameters<typeof severityChoices>[0], profile: Profile = m365China) =>
    severityChoices(context, profile).flatMap(choice => (choice.open ? [choice.severity] : []));

  it('close what is above them, for their category only, with no fact behind it', () => {
    const context = { category: 'technical', advancedAgreement: true, highestSeverity: { technical: 'B' } } as const;
    const closed = { code: 'teamCap', cap: 'B', facts: [] };
    assert.deepEqual(severityChoices(context, m365China)[0], { severity: 'A', open: false, ...closed });
    assert.deepEqual(checkSeverity('A', context, m365China), { ok: false, ...closed });
    assert.deepEqual(open(context), ['B', 'C']);
    assert.deepEqual(open({ ...context, highestSeverity: { billing: 'C' } }), ['A', 'B', 'C']);
    assert.deepEqual(open({ ...context, highestSeverity: { technical: 'C' } }, o365Enterprise2013), ['C']);
  });

  it('leave the reason to the documents where they close it too, and name the lower cap', () => {
    const context = { category: 'billing', advancedAgreement: true, highestSeverity: { billing: 'C' } } as const;
    const [a, b] = severityChoices(context, m365China);
    assert.deepEqual(a, { severity: 'A', open: false, code: 'technicalOnly', cap: 'C', facts: ['C-23', 'C-24'] });
    assert.deepEqual(b, { severity: 'B', open: false, code: 'teamCap', cap: 'C', facts: [] });
  });

  it('open nothing that is closed without them, and name a cap that is open', () => {
    const cap = fc.constantFrom(undefined, ...severities);
    const caps = fc.record({ technical: cap, billing: cap, preSales: cap });
    const profiles = fc.constantFrom(...Object.values(everyProfile));
    fc.assert(
      fc.property(
        caps,
        fc.constantFrom(...categories),
        fc.boolean(),
        profiles,
        (highestSeverity, category, ...rest) => {
          const [advancedAgreement, profile] = rest;
          const before = new Set(open({ category, advancedAgreement }, profile));
          const context = { category, advancedAgreement, highestSeverity };
          const after = open(context, profile);
          assert.ok(after.every(severity => before.has(severity)));
          for (const choice of severityChoices(context, profile)) assert.ok(choice.open || choice.cap === after[0]);
        },
      ),
    );
  });
});

describe('duties', () => {
  for (const [check, severity, expected] of [
    ['T-18', 'A', ['impactStatement', 'namedResource', 'reachableContact']],
    ['T-23', 'B', ['reachableContact']],
    ['T-23', 'C', ['reachableContact']],
  ] as const) {
    it(`${check}: ${severity} has ${expected.join(', ')} (C-20)`, () => {
      assert.deepEqual(
        duties(severity, m365China),
        expected.map(id => ({ id, facts: ['C-20'] })),
      );
    });
  }
  it('2013 states none, and without severities there are none', () => {
    assert.deepEqual(duties('A', o365Enterprise2013), []);
    assert.deepEqual(duties('A', without), []);
  });
  it('an offer that does not know a severity asks for nothing under it', () => {
    const levels = m365China.severity.levels.filter(level => level.severity !== 'A');
    const known: Profile = { ...m365China, severity: { ...m365China.severity, levels } };
    assert.deepEqual(duties('A', known), []);
    assert.equal(duties('B', known).length, 1);
  });
});

describe('downgradeWarning', () => {
  for (const severity of ['A', 'B'] as const) {
    it(`T-31: ${severity} waiting for the customer warns and stays ${severity} (C-21, A-10)`, () => {
      assert.deepEqual(downgradeWarning({ severity, waitingForCustomer: true }, m365China), {
        code: 'severityMayBeLowered',
        severity,
        facts: ['C-21', 'A-10'],
      });
    });
  }
  for (const [why, severity, waitingForCustomer, profile] of [
    ['support is not waiting', 'A', false, m365China],
    ['nothing is lower than C', 'C', true, m365China],
    ['2013 knows no such rule', 'A', true, o365Enterprise2013],
    ['without severities', 'A', true, without],
  ] as const) {
    it(`does not warn: ${why}`, () => {
      assert.equal(downgradeWarning({ severity, waitingForCustomer }, profile), undefined);
    });
  }
  it('warns where no severity is known to be the lowest', () => {
    const bare: Profile = { ...m365China, severity: { ...m365China.severity, levels: [] } };
    assert.equal(downgradeWarning({ severity: 'C', waitingForCustomer: true }, bare)?.severity, 'C');
  });
});
