import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type DraftLike, missingFromDraft } from '../../src/rules/completeness.ts';
import type { Profile } from '../../src/rules/profile.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';

const full: DraftLike = {
  severity: 'A',
  text: 'Mail does not arrive.',
  impact: 'Nobody in sales can send an offer.',
  resource: 'Jana, on site all day',
  contact: '+86 10 1234 5678',
};
const fields = (draft: DraftLike, profile: Profile) => missingFromDraft(draft, profile).map(({ field }) => field);

describe('missingFromDraft, m365China', () => {
  it('a complete draft lacks nothing', () => {
    assert.deepEqual(missingFromDraft(full, m365China), []);
  });
  for (const blank of [undefined, '', '  \n\t', '\u0000\u200B\u202E\u00A0\u3000']) {
    it(`T-21: A without an impact statement (${JSON.stringify(blank)})`, () => {
      assert.deepEqual(missingFromDraft({ ...full, impact: blank }, m365China), [
        { field: 'impact', code: 'dutyMissing', anyOf: ['impact'], facts: ['C-20'] },
      ]);
    });
  }
  it('T-22: A without a named resource or contact', () => {
    assert.deepEqual(fields({ ...full, resource: '', contact: '' }, m365China), ['resource', 'contact']);
    assert.deepEqual(fields({ severity: 'A' }, m365China), ['impact', 'resource', 'contact']);
  });
  for (const severity of ['B', 'C', undefined] as const) {
    it(`T-23: ${String(severity)} needs a contact only`, () => {
      assert.deepEqual(fields({ severity }, m365China), ['contact']);
      assert.deepEqual(fields({ severity, contact: 'me' }, m365China), []);
    });
  }
  it('any visible character is an answer (D-27)', () => {
    assert.deepEqual(fields({ severity: 'C', contact: '☎' }, m365China), []);
  });
});

describe('missingFromDraft, o365Enterprise2013', () => {
  it('needs a description (E-03, E-06)', () => {
    assert.deepEqual(missingFromDraft({ ...full, text: ' ' }, o365Enterprise2013), [
      { field: 'text', code: 'fieldMissing', anyOf: ['text'], facts: ['E-03', 'E-06'] },
    ]);
    assert.deepEqual(fields({ text: 'x' }, o365Enterprise2013), []);
  });
});
