import assert from 'node:assert/strict';
import type { CaseAction, CaseDetail } from '../../../src/desk/case.ts';
import type { Desk } from '../../../src/desk/desk.ts';
import { CaseController } from '../../../src/forms/caseController.ts';
import { caseHost, casePage, type CaseView, type Shown } from '../../../src/protocol/case.ts';
import { settingsWith } from '../../support/settings.ts';
import { fileCase, good, openDesk } from './desk.ts';
import { memoryDrafts } from './memoryDrafts.ts';
import { pageEnd } from './page.ts';
import { portsOf, worldOf } from './ports.ts';

/** A Case page of a case to which `before` was done, on a desk that a test may change; `end` closes both. */
export async function openCasePage(now: () => number, before: readonly CaseAction[], wrap: (desk: Desk) => Desk) {
  const { desk, end } = await openDesk(() => settingsWith(), now);
  let filed = await fileCase(desk, {
    places: [{ path: 'src/queue.ts', startLine: 1, endLine: 2, text: 'drain()' }],
  });
  const act = async (action: CaseAction): Promise<CaseDetail> =>
    (filed = good(await desk.act(filed.id, action, { key: crypto.randomUUID(), revision: filed.revision })));
  for (const action of before) await act(action);
  const world = worldOf(wrap(desk));
  const drafts = memoryDrafts(now);
  const controller: CaseController = new CaseController(
    portsOf(world, drafts, now, message => page.post(message)),
    filed.id,
  );
  const page = pageEnd(casePage, caseHost, message => controller.receive(message));
  const answer = await page.channel.ask('start', {});
  assert.ok(answer.ok, JSON.stringify(answer));
  const start = answer.value;
  const view = (): CaseView => {
    const shown = (page.last('shown') ?? start.shown) as Shown;
    assert.ok(shown.ok);
    return shown.view;
  };
  const send = async (as: 'note' | 'answer', text: string, revision = view().revision) => {
    const sent = await page.channel.ask('send', { as, teamOnly: false, text, revision });
    return sent.ok && sent.value.sent;
  };
  const detail = async () => good(await desk.get(filed.id));
  return {
    ...{ desk, id: filed.id, act, world, drafts, controller, page, start, view, send, detail },
    end: () => {
      controller.dispose();
      end();
    },
  };
}
