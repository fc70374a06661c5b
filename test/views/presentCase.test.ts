import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { CaseSummary } from '../../src/desk/case.ts';
import { caseTarget, namesSeverities } from '../../src/views/caseTarget.ts';
import type { ItemText } from '../../src/views/node.ts';
import type { UnsentItem } from '../../src/desk/outbox.ts';
import { presentCase, presentDraft } from '../../src/views/presentCase.ts';
import { presentNote, presentUnsent } from '../../src/views/presentUnsent.ts';
import { aCase, aDraft, day, hour, idOf, noon, telling } from './support/builders.ts';
import { hidden, hostile } from './support/hostile.ts';
import { effort } from '../support/effort.ts';

const settings = { reading: 'weekday', holidays: [] } as const;

function present(of: CaseSummary, now = noon, showStatus = false): ItemText {
  return presentCase(of, {
    ...telling(now),
    target: caseTarget(of, settings, now),
    severityNames: namesSeverities(of),
    showStatus,
  });
}

describe('a case in the tree', () => {
  const rows: [what: string, of: Partial<CaseSummary>, after: number, description: string][] = [
    ['names the target within a week by weekday', {}, 0, 'due Thu 10:00 · B · #12'],
    // Three weekdays after Wednesday 10:00 (C-20 under BD-2).
    ['leaves out the weekend', { severityProposed: 'C' }, 0, 'due Mon 10:00 · C · #12'],
    ['says nothing about overdue between two readings', {}, day + hour, 'past under one reading · B · #12'],
    ['says overdue once every reading has passed', {}, 2 * day, 'overdue since Thu 10:00 · B · #12'],
    ['is quiet once support has responded', { firstResponseAt: noon + hour }, 2 * day, 'B · #12'],
    ['takes the severity support set', { severitySet: 'C' }, 0, 'due Mon 10:00 · C · #12'],
    ['has no target without a severity', { severityProposed: undefined }, 0, '#12'],
    ['has no target for billing (A-05)', { category: 'billing' }, 0, 'B · #12'],
    ['has no target once it is closed', { status: 'closed' }, 9 * day, 'B · #12'],
  ];
  for (const [what, of, after, description] of rows) {
    it(what, () => {
      const { severityProposed, ...rest } = of;
      const whole = aCase(rest);
      const without = 'severityProposed' in of && severityProposed === undefined;
      const shown = without ? { ...whole } : { ...whole, severityProposed: severityProposed ?? 'B' };
      if (without) delete shown.severityProposed;
      assert.equal(present(shown, noon + after).description, description);
    });
  }

  it('says the end of a day in Beijing as 24:00 to who lives there (A-03)', () => {
    // Sunday 23:30: a working day of 15 hours on Monday ends at 24:00.
    const of = aCase({ openedAt: Date.UTC(2026, 2, 8, 15, 30) });
    assert.equal(present(of, of.openedAt).description, 'due Mon 24:00 · B · #12');
  });

  const told: [what: string, of: Partial<CaseSummary>, after: number, words: string][] = [
    ['what is due', {}, 2 * hour, 'Mail is late, Open, due Thu 10:00, Severity B, High, case 12, opened 2 hours ago'],
    [
      'what is overdue',
      { status: 'actionRequired', severityProposed: 'C' },
      7 * day,
      'Mail is late, Action required, overdue since Mon 10:00, Severity C, Non-critical, case 12, opened 7 days ago',
    ],
    [
      'that support has responded',
      { status: 'waitingForSupport', firstResponseAt: noon + hour },
      2 * hour,
      'Mail is late, Waiting for support, First response came in time, Severity B, High, case 12, opened 2 hours ago',
    ],
    [
      'no target where there is none',
      { category: 'billing', status: 'closed' },
      day,
      'Mail is late, Closed, Severity B, High, case 12, opened yesterday',
    ],
  ];
  for (const [what, of, after, words] of told) {
    it(`tells a screen reader ${what}, after title and status, in words`, () => {
      assert.equal(present(aCase(of), noon + after).accessibility, words);
    });
  }

  it('names no severity where the offer names none', () => {
    const of = aCase({ profile: 'o365Enterprise2013', plan: 'premium' });
    assert.match(present(of).accessibility, /^Mail is late, Open, due [^,]+, Severity B, case 12,/);
    assert.equal(present(of).description, 'due Wed 12:00 · B · #12');
  });

  it('shows the status where the group leaves it open', () => {
    assert.equal(present(aCase({ status: 'resolved' }), noon, true).description, 'B · Resolved · #12');
  });

  it('puts everything worth knowing into the tooltip, as plain text', () => {
    const { tooltip } = present(aCase({ vendorNumber: 'SR-7', notes: 1, files: 2 }), noon + hour);
    assert.equal(
      tooltip,
      [
        'Mail is late',
        '#12 · Open · Severity B, High',
        'First response due Thu 10:00 (Monday to Friday, 09:00–24:00)',
        'Exchange Online · Technical',
        'Microsoft 365 operated by 21Vianet',
        "Vendor's number \u2068SR-7\u2069",
        'opened 1 hour ago',
        'changed 1 hour ago',
        '1 note · 2 files',
      ].join('\n'),
    );
  });

  it('keeps a title from right to left out of the order of what follows', () => {
    const { label, accessibility } = present(aCase({ title: 'הדואר לא נשלח' }));
    assert.equal(label, '\u2068הדואר לא נשלח\u2069');
    assert.ok(accessibility.startsWith('הדואר לא נשלח, Open, '));
  });

  const unsent = (text: string): UnsentItem => ({
    ...{ id: idOf(1), createdAt: noon, tries: 1 },
    what: { kind: 'act', caseId: idOf(2), revision: 1, title: text, action: { kind: 'resolve', text } },
    state: { kind: 'needsYou', reason: { code: 'otherWriter', by: text } },
  });
  for (const text of hostile) {
    it(`shows ${JSON.stringify(text.slice(0, 40))} as one harmless line`, () => {
      for (const item of [
        present(aCase({ title: text, service: text, vendorNumber: text })),
        presentDraft(aDraft({ title: text, service: text }), telling()),
        presentUnsent(unsent(text), telling()),
        presentNote({ caseId: idOf(1), title: text, teamOnly: true, updatedAt: noon }, telling()),
      ]) {
        assert.equal(typeof item.tooltip, 'string');
        for (const shown of [item.label, item.description ?? '', item.accessibility]) {
          assert.doesNotMatch(shown, hidden);
          assert.ok(!shown.includes('\n'));
        }
        assert.doesNotMatch(item.tooltip ?? '', hidden);
        assert.ok(item.label.length <= 202);
      }
    });
  }
});

describe('a draft in the tree', () => {
  it('has a name even before it has a title', () => {
    assert.equal(presentDraft(aDraft({ title: ' \n' }), telling()).label, 'Untitled draft');
  });

  it('shows a title of a megabyte at once', () => {
    const title = 'long '.repeat(200_000);
    const { label } = presentDraft(aDraft({ title }), telling());
    assert.ok(label.length <= 200 && label.endsWith('…'));
    const floor = effort(() => title.split(' '));
    assert.ok(effort(() => presentDraft(aDraft({ title }), telling())) < 10 * floor);
  });
});
