import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import { seenBefore, type SeenIncident } from '../../src/desk/case.ts';
import type { HealthReading } from '../../src/desk/healthReading.ts';
import { startingContent } from '../../src/forms/draftContent.ts';
import { NewCaseController } from '../../src/forms/newCaseController.ts';
import { newCaseHost, newCasePage, type Fill, type NewCaseView } from '../../src/protocol/newCase.ts';
import { settingsWith } from '../support/settings.ts';
import { good, openDesk } from './support/desk.ts';
import { memoryDrafts } from './support/memoryDrafts.ts';
import { complete, ends as opens, opened } from './support/newCase.ts';
import { pageEnd, until } from './support/page.ts';
import { portsOf, worldOf } from './support/ports.ts';

const friday = Date.parse('2026-03-06T12:00:00Z');
const now = () => friday;
const issue = (id: string, service: string, title: string) => ({
  ...{ id, services: [service], title, classification: 'incident', status: 'partlyCloudy', resolved: false },
  ...{ feature: '', impact: '', posts: [] },
});
const reading: HealthReading = {
  ...{ source: 'graph:worldwide', name: '', asOf: friday, partial: false, services: [], notices: [] },
  issues: [
    issue('TM1', 'Microsoft Teams', 'Users cannot join meetings'),
    issue('MO1', 'Microsoft 365 suite', 'Sign-in fails'),
  ],
};

describe('the health-first gate over what sources tell', () => {
  const ends: (() => void)[] = [];
  after(() => {
    for (const end of [...ends, ...opens.splice(0)]) end();
  });

  it('asks about what the words speak for, and again when other words bring another incident', async () => {
    const { desk, end } = await openDesk(() => settingsWith(), now);
    const drafts = memoryDrafts(now);
    const world = worldOf(desk);
    const draft = good(await drafts.create({ ...startingContent(world.settings), service: '' }));
    const ports = portsOf(world, drafts, now, message => page.post(message));
    const controller: NewCaseController = new NewCaseController(
      { ...ports, healthReadings: () => Promise.resolve([reading]) },
      draft,
    );
    const page = pageEnd(newCasePage, newCaseHost, message => controller.receive(message));
    ends.push(() => controller.dispose(), end);
    assert.ok((await page.channel.ask('start', {})).ok);
    const fill = (changes: Fill['changes']) => page.channel.tell('fill', { changes });
    const shown = () => ((page.last('view') ?? {}) as Partial<NewCaseView>).health?.incidents ?? [];

    fill({ title: 'Nobody can join the meeting' });
    await until(() => shown().length === 1);
    assert.deepEqual(shown(), [
      { title: 'Users cannot join meetings', status: 'partlyCloudy', because: 'because: your words “join, meeting”' },
    ]);
    fill({ health: true });
    await until(() => drafts.kept.get(controller.draftId)?.content.healthSeen?.[0] === 'graph:worldwide/TM1');
    fill({ text: 'The password is refused at sign-in.' });
    await until(() => shown().length === 2);
    // The box on the page is cleared: the second one was not seen.
    await until(() => page.last('choose') !== undefined);
    assert.equal((page.last('choose') as { readonly health?: boolean }).health, false);
  });

  it('does not ask about the incident a draft was begun from, and keeps with the case that it is about it', async () => {
    const write = { key: crypto.randomUUID() };
    const about = {
      ...{ source: 'graph:worldwide', id: 'EX1', title: 'Mail is delayed', service: 'Exchange Online' },
      ...({ status: 'serviceDegradation', answer: 'same' } as const),
    } satisfies SeenIncident;
    const { desk, file, view } = await opened({ ...complete, healthAbout: about });
    const found = { service: 'SharePoint Online', title: 'Other', text: '' } as const;
    good(await desk.recordIncident({ ...found, classification: 'incident', status: 'investigating' }, write));
    assert.equal(view().health, undefined);
    assert.equal(await file(), true);
    const [summary] = good(await desk.list({}, { limit: 1 })).items;
    assert.deepEqual(seenBefore(good(await desk.get(summary?.id ?? ''))), [about]);
  });
});
