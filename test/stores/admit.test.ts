import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { admitByRules } from '../../src/desk/admission.ts';
import type { Desk } from '../../src/desk/desk.ts';
import type { Admission, Admit } from '../../src/desk/admission.ts';
import { fileCase, newCase, once, refusal, upon, value } from '../desk/build.ts';
import { deskOver, openStore, start, withFolder } from './bench.ts';

async function withDesk(admit: Admit, work: (desk: Desk) => Promise<void>): Promise<void> {
  await withFolder(async folder => {
    const { store } = await openStore(folder);
    await work(deskOver(store, {}, () => start, admit));
    store.close();
  });
}

describe('A ledger asks the rules', () => {
  it('when a case is filed and when its severity changes, with the case as it would stand', async () => {
    const asked: Admission[] = [];
    const admit: Admit = admission => {
      asked.push(admission);
      return undefined;
    };
    await withDesk(admit, async desk => {
      const filed = await fileCase(desk, { severity: 'B', impact: 'much', contact: '1' });
      const noted = value(await desk.act(filed.id, { kind: 'annotate', text: 'x', files: [] }, upon(filed)));
      const change = { kind: 'changeSeverity', severity: 'A', side: 'proposed', text: '' } as const;
      value(await desk.act(filed.id, change, upon(noted)));
    });
    const seen = asked.map(({ why, at, asked: { severity, impact, contact, title } }) => [
      ...[why, at, severity, impact, contact, title],
    ]);
    assert.deepEqual(seen, [
      ['file', start, 'B', 'much', '1', 'Mail is slow'],
      ['changeSeverity', start, 'A', 'much', '1', 'Mail is slow'],
    ]);
  });

  it('and keeps nothing of what they refuse', async () => {
    const refused = { code: 'refused', rule: 'x', facts: ['C-22'] } as const;
    let open = true;
    await withDesk(
      () => (open ? undefined : refused),
      async desk => {
        const filing = once();
        const filed = value(await desk.file(newCase(), filing));
        open = false;
        assert.deepEqual(refusal(await desk.file(newCase(), once())), refused);
        const proposal = { kind: 'changeSeverity', severity: 'A', side: 'proposed', text: '' } as const;
        assert.deepEqual(refusal(await desk.act(filed.id, proposal, upon(filed))), refused);
        assert.deepEqual(value(await desk.list({}, { limit: 9 })).items.length, 1);
        // What was answered before the rules changed is answered again.
        assert.deepEqual(value(await desk.file(newCase(), filing)), filed);
      },
    );
  });

  it('the real ones: severity A without the agreement is refused with its fact (C-22)', async () => {
    const standing = {
      role: 'admin',
      advancedAgreement: false,
      directSubscriptions: 1,
      partnerSubscriptions: 0,
    } as const;
    await withDesk(
      admitByRules(() => standing),
      async desk => {
        const draft = newCase({ severity: 'A', impact: 'All stand still', resource: 'Jana', contact: '+420 1' });
        const error = refusal(await desk.file(draft, once()));
        assert.ok(error.code === 'refused' && error.facts.includes('C-22'), JSON.stringify(error));
        const filed = value(await desk.file({ ...draft, severity: 'B' }, once()));
        const change = { kind: 'changeSeverity', severity: 'A', side: 'proposed', text: '' } as const;
        assert.equal(refusal(await desk.act(filed.id, change, upon(filed))).code, 'refused');
        // What support has set is recorded as it is (C-16).
        const set = value(await desk.act(filed.id, { ...change, side: 'set' }, upon(filed)));
        assert.equal(set.severitySet, 'A');
      },
    );
  });
});
