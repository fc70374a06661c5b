import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { healthGate } from '../../src/rules/health.ts';
import { m365Business } from '../../src/rules/profiles/m365Business.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { m365VolumeLicensing } from '../../src/rules/profiles/m365VolumeLicensing.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';

const incidents = [
  { id: 'EX1', service: 'Exchange Online', active: true },
  { id: 'EX2', service: ' exchange online ', active: true },
  { id: 'EX3', service: 'Exchange Online', active: false },
  { id: 'SP1', service: 'SharePoint Online', active: true },
  { id: 'NO1', service: '', active: true },
  { id: 'NO2', service: ' ', active: true },
];
const facts = ['G-07', 'A-21'];

describe('healthGate', () => {
  for (const profile of [m365Business, m365VolumeLicensing, m365China, o365Enterprise2013]) {
    it(`T-38: ${profile.id} shows active incidents of the service first and asks`, () => {
      assert.deepEqual(healthGate({ service: 'Exchange Online', incidents, seen: [] }, profile), {
        ok: false,
        code: 'incidentListed',
        incidents: ['EX1', 'EX2'],
        facts,
      });
    });
  }
  it('reads a service as a person does', () => {
    const answer = healthGate({ service: ' EXCHANGE online', incidents, seen: [] }, m365China);
    assert.deepEqual(answer.incidents, ['EX1', 'EX2']);
  });
  it('asks again for one that came later', () => {
    const answer = healthGate({ service: 'Exchange Online', incidents, seen: ['EX1'] }, m365China);
    assert.ok(!answer.ok);
    assert.deepEqual(answer.incidents, ['EX2']);
  });
  it('A-21: lets through who has seen them, and repeats what was seen', () => {
    const answer = healthGate({ service: 'Exchange Online', incidents, seen: ['SP1', 'EX2', 'EX1'] }, m365China);
    assert.deepEqual(answer, { ok: true, value: { seen: ['EX1', 'EX2'] }, incidents: [], facts });
  });
  for (const service of ['Yammer', '', ' ']) {
    it(`has nothing to show for ${JSON.stringify(service)}`, () => {
      assert.deepEqual(healthGate({ service, incidents, seen: [] }, m365China), {
        ok: true,
        value: { seen: [] },
        incidents: [],
        facts,
      });
    });
  }
});
