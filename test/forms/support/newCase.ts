import assert from 'node:assert/strict';
import type { DraftContent } from '../../../src/desk/drafts.ts';
import { startingContent } from '../../../src/forms/draftContent.ts';
import { NewCaseController } from '../../../src/forms/newCaseController.ts';
import type { Settings } from '../../../src/host/settingsSchema.ts';
import { newCaseHost, newCasePage, type Fill, type NewCaseView } from '../../../src/protocol/newCase.ts';
import { settingsWith } from '../../support/settings.ts';
import { good, openDesk } from './desk.ts';
import { memoryDrafts } from './memoryDrafts.ts';
import { pageEnd } from './page.ts';
import { portsOf, worldOf } from './ports.ts';

export const friday = Date.parse('2026-03-06T12:00:00Z');
export const now = () => friday;
export const complete = { title: 'Mail arrives late', text: 'Since Friday.', contact: '+358 40 1' } as const;
export const ends: (() => void)[] = [];

/** A New case page with a draft, at a desk of its own. */
export async function opened(content: Partial<DraftContent> = {}, settings: Partial<Settings> = {}) {
  const { desk, end } = await openDesk(() => settingsWith(settings), now);
  const world = worldOf(desk, settings);
  const drafts = memoryDrafts(now);
  const draft = good(await drafts.create({ ...startingContent(world.settings), ...content }));
  const controller: NewCaseController = new NewCaseController(
    portsOf(world, drafts, now, message => page.post(message)),
    draft,
  );
  const page = pageEnd(newCasePage, newCaseHost, message => controller.receive(message));
  ends.push(() => controller.dispose(), end);
  const answer = await page.channel.ask('start', {});
  assert.ok(answer.ok, JSON.stringify(answer));
  const start = answer.value;
  const view = () => (page.last('view') ?? start.view) as NewCaseView;
  const fill = (changes: Fill['changes']) => page.channel.tell('fill', { changes });
  const file = async () => {
    const filed = await page.channel.ask('file', {});
    return filed.ok && filed.value.filed;
  };
  const onDisk = () => drafts.kept.get(controller.draftId)?.content;
  return { desk, world, drafts, draft, controller, page, start, view, fill, file, onDisk };
}
