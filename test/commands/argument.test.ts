import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { parseArgument } from '../../src/commands/argument.ts';
import { idOf } from '../views/support/builders.ts';

const id = idOf(7);
const hash = 'b'.repeat(64);

describe('the argument of a command', () => {
  it('is read from nodes and pages', () => {
    assert.deepEqual(parseArgument(undefined), { kind: 'none' });
    assert.deepEqual(parseArgument({ kind: 'case', caseId: id, item: {} }), { kind: 'case', caseId: id });
    assert.deepEqual(parseArgument({ caseId: id, sha256: hash }), { kind: 'case', caseId: id, sha256: hash });
    assert.deepEqual(parseArgument({ caseId: id, sha256: '../x' }), { kind: 'case', caseId: id });
    assert.deepEqual(parseArgument({ draftId: id }), { kind: 'draft', draftId: id });
    assert.deepEqual(parseArgument({ kind: 'note', noteOf: id, item: {} }), { kind: 'note', caseId: id });
    assert.deepEqual(parseArgument({ noteOf: '../x' }), { kind: 'unknown' });
    assert.deepEqual(parseArgument({ incidentId: id }), { kind: 'incident', incidentId: id });
    assert.deepEqual(parseArgument({ group: 'status:closed' }), { kind: 'group', group: 'status:closed' });
    assert.deepEqual(parseArgument({ service: 'Mail' }), { kind: 'service', service: 'Mail' });
    const source = 'statuspage:https://status.example';
    assert.deepEqual(parseArgument({ kind: 'x', source }), { kind: 'source', source });
    assert.deepEqual(parseArgument({ source, service: 'Mail' }), { kind: 'service', source, service: 'Mail' });
    assert.deepEqual(parseArgument({ source, issueId: 'EX1' }), { kind: 'issue', source, id: 'EX1' });
    assert.deepEqual(parseArgument({ source, noticeId: 'MC1' }), { kind: 'notice', source, id: 'MC1' });
    assert.deepEqual(parseArgument({ setting: 'holidays' }), { kind: 'setting', setting: 'holidays' });
  });

  const thrower = new Proxy(
    {},
    {
      getOwnPropertyDescriptor: () => {
        throw new Error('no');
      },
    },
  );
  let ran = false;
  const getter = {
    get caseId() {
      ran = true;
      return id;
    },
  };
  const hostile: readonly unknown[] = [
    'x',
    id,
    42,
    true,
    Symbol('x'),
    () => id,
    [],
    [id],
    {},
    { caseId: 'x' },
    { caseId: `${id}' OR 1=1` },
    { caseId: `${id}\n` },
    { caseId: [id] },
    { caseId: { toString: () => id } },
    { draftId: '../../etc/passwd' },
    { incidentId: '' },
    { group: 'x'.repeat(1_000) },
    Object.create({ caseId: id }),
    thrower,
    getter,
  ];
  for (const [index, argument] of hostile.entries()) {
    it(`means nothing when it is none of these (${index + 1})`, () => {
      assert.deepEqual(parseArgument(argument), { kind: 'unknown' });
    });
  }

  it('runs nobody else’s code', () => {
    parseArgument(getter);
    assert.equal(ran, false);
  });
});
