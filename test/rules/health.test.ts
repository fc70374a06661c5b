import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { healthGate } from '../../src/rules/health.ts';
import { m365Business } from '../../src/rules/profiles/m365Business.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { m365VolumeLicensing } from '../../src/rules/profiles/m365VolumeLicensing.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';

const title = 'Mail is late';
const incidents = [
  { id: 'EX1', services: ['Exchange Online'], title },
  { id: 'EX2', services: [' exchange online '], title },
  { id: 'SP1', services: ['SharePoint Online'], title: 'Sites are slow' },
  { id: 'NO1', services: [''], title: 'x' },
  { id: 'NO2', services: [' '], title: 'x' },
];
const draftOn = (service: string) => ({ service, title: '', text: '' });
const facts = ['G-07', 'A-21'];

describe('healthGate', () => {
  for (const profile of [m365Business, m365VolumeLicensing, m365China, o365Enterprise2013]) {
    it(`T-38: ${profile.id} shows active incidents of the service first and asks`, () => {
      const answer = healthGate({ draft: draftOn('Exchange Online'), incidents, seen: [] }, profile);
      assert.ok(!answer.ok);
      assert.deepEqual([answer.code, answer.unseen, answer.facts], ['incidentListed', ['EX1', 'EX2'], facts]);
    });
  }
  it('reads a service as a person does', () => {
    const answer = healthGate({ draft: draftOn(' EXCHANGE online'), incidents, seen: [] }, m365China);
    assert.deepEqual(answer.unseen, ['EX1', 'EX2']);
  });
  it('asks also about what the words speak for', () => {
    const draft = { service: '', title: 'no mail since noon', text: '' };
    assert.deepEqual(healthGate({ draft, incidents, seen: [] }, m365China).unseen, ['EX1', 'EX2']);
  });
  it('asks again for one that came later', () => {
    const answer = healthGate({ draft: draftOn('Exchange Online'), incidents, seen: ['EX1'] }, m365China);
    assert.ok(!answer.ok);
    assert.deepEqual(answer.unseen, ['EX2']);
  });
  it('A-21: lets through who has seen them, and repeats what was seen', () => {
    const seen = ['SP1', 'EX2', 'EX1'];
    const answer = healthGate({ draft: draftOn('Exchange Online'), incidents, seen }, m365China);
    assert.ok(answer.ok);
    assert.deepEqual([answer.value, answer.unseen, answer.facts], [{ seen: ['EX1', 'EX2'] }, [], facts]);
  });
  for (const service of ['Yammer', '', ' ']) {
    it(`has nothing to show for ${JSON.stringify(service)}`, () => {
      const answer = healthGate({ draft: draftOn(service), incidents, seen: [] }, m365China);
      assert.deepEqual(answer, { ok: true, value: { seen: [] }, matches: [], unseen: [], facts });
    });
  }
});
