import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { admitByRules, type Standing } from '../../src/desk/admission.ts';
import type { DeskError } from '../../src/desk/errors.ts';
import type { Admission } from '../../src/desk/admission.ts';

const standing: Standing = { role: 'admin', advancedAgreement: false, directSubscriptions: 1, partnerSubscriptions: 0 };
const asked: Admission['asked'] = {
  profile: 'm365China',
  category: 'technical',
  service: 'Exchange Online',
  title: 'Mail is slow',
  text: 'Since this morning',
  severity: 'B',
  impact: '',
  resource: '',
  contact: '+86 10 5555 0100',
  zone: 'Europe/Prague',
};

interface Row {
  readonly name: string;
  readonly why?: Admission['why'];
  readonly who?: Partial<Standing>;
  readonly what?: Partial<Admission['asked']>;
  readonly expect: DeskError['code'] | undefined;
  readonly detail?: string;
}
const rows: readonly Row[] = [
  { name: 'an administrator with a complete draft', expect: undefined },
  {
    name: 'someone who is not an administrator (C-27, T-16)',
    who: { role: 'user' },
    expect: 'refused',
    detail: 'notAdministrator',
  },
  {
    name: 'severity A without the agreement (C-22, T-19)',
    what: { severity: 'A' },
    expect: 'refused',
    detail: 'needsAdvancedAgreement',
  },
  {
    name: 'severity A for billing, agreement or not (C-24, T-20)',
    who: { advancedAgreement: true },
    what: { severity: 'A', category: 'billing' },
    expect: 'refused',
    detail: 'technicalOnly',
  },
  {
    name: "a severity above the team's own cap",
    who: { highestSeverity: { technical: 'C' } },
    expect: 'refused',
    detail: 'teamCap',
  },
  { name: "a severity below the team's own cap", who: { highestSeverity: { technical: 'A' } }, expect: undefined },
  {
    name: "proposing a severity above the team's own cap later",
    why: 'changeSeverity',
    who: { highestSeverity: { technical: 'C' } },
    expect: 'refused',
    detail: 'teamCap',
  },
  {
    name: 'severity A for billing, whatever cap the team names (C-24)',
    who: { highestSeverity: { billing: 'A' } },
    what: { severity: 'A', category: 'billing' },
    expect: 'refused',
    detail: 'technicalOnly',
  },
  {
    name: 'severity A without an impact statement (C-20, T-21)',
    who: { advancedAgreement: true },
    what: { severity: 'A', resource: 'Li Na' },
    expect: 'invalid',
    detail: 'impact',
  },
  { name: 'severity B without a contact (C-20, T-23)', what: { contact: ' ' }, expect: 'invalid', detail: 'contact' },
  {
    name: 'a category the offer does not have',
    what: { profile: 'o365Enterprise2013', category: 'billing' },
    expect: 'invalid',
    detail: 'category',
  },
  {
    name: 'a severity where the offer knows none (T-12)',
    what: { profile: 'm365Business' },
    expect: 'refused',
    detail: 'noSeverities',
  },
  {
    name: 'a draft without the email address its offer asks for (T-06)',
    what: {
      profile: 'm365Business',
      severity: undefined,
      details: { phone: '+420 555 010 020', contactMethod: 'phone' },
    },
    expect: 'invalid',
    detail: 'email',
  },
  {
    name: 'one of the two fields of volume licensing (T-13)',
    what: {
      profile: 'm365VolumeLicensing',
      severity: undefined,
      details: { phone: '+420 555 010 020', email: 'a@b.example', contactMethod: 'phone', licenceId: '7' },
    },
    expect: undefined,
  },
  {
    name: 'proposing a closed severity later',
    why: 'changeSeverity',
    what: { severity: 'A' },
    expect: 'refused',
    detail: 'needsAdvancedAgreement',
  },
  {
    name: 'proposing an open severity later, whatever the draft lacks',
    why: 'changeSeverity',
    what: { contact: '' },
    expect: undefined,
  },
];

describe('admission by the rules', () => {
  for (const { name, why = 'file', who, what, expect, detail } of rows) {
    it(`${expect === undefined ? 'admits' : 'refuses'} ${name}`, () => {
      const admit = admitByRules(() => ({ ...standing, ...who }));
      const answer = admit({ why, asked: { ...asked, ...what }, roles: ['requester'], at: 0 });
      assert.equal(answer?.code, expect);
      if (answer?.code === 'refused') {
        assert.equal(answer.rule, detail);
        assert.equal(answer.facts.length > 0, detail !== 'teamCap');
        const uncapped = detail === 'notAdministrator' || detail === 'noSeverities';
        assert.equal(answer.cap, detail === 'teamCap' ? 'C' : uncapped ? undefined : 'B');
      }
      if (answer?.code === 'invalid')
        assert.deepEqual(
          answer.issues.map(({ path }) => path),
          [detail],
        );
    });
  }
});
