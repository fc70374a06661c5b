import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { severityRows } from '../../src/commands/severityRows.ts';
import { aCase, english } from '../views/support/builders.ts';

describe('the severities to choose from', () => {
  const labels = (of: Parameters<typeof aCase>[0], agreement: boolean) =>
    severityRows(aCase(of), 'B', { advancedAgreement: agreement }, english).map(({ label, description }) =>
      description === undefined ? label : `${label}: ${description}`,
    );

  it('close A without the agreement, with the reason beside it (T-19)', () => {
    assert.deepEqual(labels({}, false), ['Severity A: not open here', 'Severity B: present', 'Severity C']);
    const [first] = severityRows(aCase(), 'B', { advancedAgreement: false }, english);
    assert.deepEqual(first?.value, { open: false, code: 'needsAdvancedAgreement', cap: 'B' });
    assert.match(first.detail ?? '', /^Severity A needs a signed advanced online service agreement/);
  });
  it('open A for technical cases with the agreement (T-18)', () => {
    assert.deepEqual(labels({}, true), ['Severity A', 'Severity B: present', 'Severity C']);
  });
  it('close A for billing whatever was signed (T-20)', () => {
    assert.deepEqual(labels({ category: 'billing' }, true)[0], 'Severity A: not open here');
  });
  it('close what the team caps, with its reason', () => {
    const team = { advancedAgreement: true, highestSeverity: { technical: 'C' } } as const;
    const closed = severityRows(aCase(), 'B', team, english).filter(({ value }) => !value.open);
    assert.deepEqual(
      closed.map(({ label, detail }) => [label, detail]),
      ['A', 'B'].map(severity => [`Severity ${severity}`, "The team's policy allows severity C at most here."]),
    );
  });
  it('are all open for Office 365 for enterprises', () => {
    assert.deepEqual(labels({ profile: 'o365Enterprise2013' }, false)[0], 'Severity A');
  });
});
