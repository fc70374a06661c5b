import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { DeskRole } from '../../src/desk/lifecycle.ts';
import { allowedActions, appliesIn, deskRoles, transition } from '../../src/desk/lifecycle.ts';
import type { ActionKind, DeskStatus } from '../../src/desk/words.ts';
import { actionKinds, closeReasons, deskStatuses } from '../../src/desk/words.ts';

// Written by hand from the meaning of each step, not from the table under test: one row an action, one column a status,
// in the order of `columns`; the letter is the status after the step, `-` where the step does not exist.
const letters: Readonly<Record<string, DeskStatus>> = {
  o: 'open',
  a: 'actionRequired',
  w: 'waitingForSupport',
  r: 'resolved',
  c: 'closed',
  n: 'reopened',
};
const columns: readonly DeskStatus[] = [
  'open',
  'actionRequired',
  'waitingForSupport',
  'resolved',
  'closed',
  'reopened',
];
const expected: Readonly<Record<ActionKind, { readonly to: string; readonly by: readonly DeskRole[] }>> = {
  annotate: { to: 'o a w r - n', by: ['requester', 'reviewer', 'agent'] },
  answer: { to: '- w - - - -', by: ['requester'] },
  requestInformation: { to: 'a - a - - a', by: ['agent'] },
  recordFirstResponse: { to: 'w a w - - w', by: ['agent'] },
  recordVendorNumber: { to: 'w a w - - w', by: ['requester', 'agent'] },
  changeSeverity: { to: 'o a w - - n', by: ['requester', 'agent'] },
  resolve: { to: 'r r r - - r', by: ['agent'] },
  close: { to: 'c c c c - c', by: ['requester', 'agent'] },
  reopen: { to: '- - - n n -', by: ['requester', 'agent'] },
};
const after = (status: DeskStatus, action: ActionKind): DeskStatus | undefined =>
  letters[expected[action].to.split(' ')[columns.indexOf(status)] ?? ''];

describe('The lifecycle of a case', () => {
  for (const status of deskStatuses) {
    for (const action of actionKinds) {
      const to = after(status, action);
      for (const role of deskRoles) {
        const may = expected[action].by.includes(role);
        const outcome = to === undefined ? 'does not exist' : may ? `leads to ${to}` : 'is not theirs';
        it(`${status}: ${action} by a ${role} ${outcome}`, () => {
          const answer = transition({ status }, action, [role]);
          if (to === undefined) assert.deepEqual(answer, { ok: false, error: { code: 'impossible', action, status } });
          else if (may) assert.deepEqual(answer, { ok: true, value: to });
          else assert.deepEqual(answer, { ok: false, error: { code: 'notYours', action } });
        });
      }
    }
  }

  it('records a first response once, whoever asks', () => {
    for (const role of deskRoles) {
      const answer = transition({ status: 'open', firstResponseAt: 0 }, 'recordFirstResponse', [role]);
      assert.deepEqual(answer, { ok: false, error: { code: 'alreadyRecorded', action: 'recordFirstResponse' } });
    }
    assert.equal(transition({ status: 'open', firstResponseAt: 0 }, 'requestInformation', ['agent']).ok, true);
  });

  it('allows exactly what a step of some role of theirs exists for', () => {
    for (const status of deskStatuses) {
      for (const roles of [[], ['reviewer'], ['requester'], ['agent'], ['requester', 'agent']] satisfies DeskRole[][]) {
        const steps = actionKinds.filter(action => after(status, action) !== undefined);
        const theirs = steps.filter(action => expected[action].by.some(role => roles.some(own => own === role)));
        assert.deepEqual(allowedActions({ status }, roles), theirs);
      }
      for (const action of actionKinds) assert.equal(appliesIn(status, action), after(status, action) !== undefined);
    }
  });

  it('T-35: action required is answered by who asked for help, and then support is waited for (E-07)', () => {
    assert.deepEqual(transition({ status: 'actionRequired' }, 'answer', ['requester']), {
      ok: true,
      value: 'waitingForSupport',
    });
    for (const status of deskStatuses) assert.equal(appliesIn(status, 'answer'), status === 'actionRequired');
  });
  it('T-36: a case is closed as solved or as no longer needed, nothing else (E-10)', () => {
    assert.deepEqual(closeReasons, ['solved', 'noLongerNeeded']);
  });
  it('T-37: notes and files close nothing; closing is a step of its own (E-09, A-17)', () => {
    for (const status of deskStatuses) {
      const answer = transition({ status }, 'annotate', ['requester']);
      assert.ok(answer.ok ? answer.value === status : status === 'closed');
    }
  });
});
