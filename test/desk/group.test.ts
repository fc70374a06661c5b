import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { CaseSummary } from '../../src/desk/case.ts';
import type { Desk, DeskChange } from '../../src/desk/desk.ts';
import type { DeskError } from '../../src/desk/errors.ts';
import { createDeskGroup } from '../../src/desk/group.ts';
import { sqliteBench } from '../stores/bench.ts';
import { aCase, anIncident, idOf, noon } from '../views/support/builders.ts';
import { memoryDesk, type MemoryDesk } from '../views/support/memoryDesk.ts';
import { bytes, fileCase, newCase, once, refusal, source, upon, value } from './build.ts';
import { describeDesk, type Bench } from './conformance.ts';

/** A bench whose desk is a group of so many local desks; what names no desk goes to the one at `standard`. */
async function groupBench(count: number, standard: number): Promise<Bench> {
  const benches: Bench[] = [];
  for (let index = 0; index < count; index++) benches.push(await sqliteBench());
  const [first, ...rest] = benches;
  assert.ok(first);
  return {
    desk: who => {
      const member = (bench: Bench, index: number) => ({
        id: String(index),
        name: `Desk ${index}`,
        desk: bench.desk(who),
      });
      const members = [member(first, 0), ...rest.map((bench, index) => member(bench, index + 1))] as const;
      return createDeskGroup(members, { standard: () => String(standard) });
    },
    now: () => first.now(),
    pass: ms => benches.forEach(bench => bench.pass(ms)),
    close: async () => {
      for (const bench of benches) await bench.close();
    },
  };
}

describeDesk('A group of one desk', () => groupBench(1, 0));
describeDesk('A group of two desks that files at the first', () => groupBench(2, 0));
describeDesk('A group of two desks that files at the second', () => groupBench(2, 1));

describe('a group of desks', () => {
  const numbered = (from: number, ...ages: readonly number[]): CaseSummary[] =>
    ages.map((age, index) => aCase({ number: from + index, title: `${from + index}`, updatedAt: noon - age }));
  const group = (...desks: readonly [MemoryDesk, ...MemoryDesk[]]): Desk => {
    const [first, ...rest] = desks.map((desk, index) => ({ id: 'abc'.charAt(index), name: `Desk ${index}`, desk }));
    assert.ok(first);
    return createDeskGroup([first, ...rest]);
  };
  async function pages(desk: Desk, limit: number): Promise<string[]> {
    const shown: string[] = [];
    let cursor: string | undefined;
    do {
      const page = value(await desk.list({}, cursor === undefined ? { limit } : { limit, cursor }));
      shown.push(page.items.map(({ title }) => title).join(' '));
      cursor = page.next;
    } while (cursor !== undefined);
    return shown;
  }

  for (const limit of [1, 2, 3, 4, 7, 200]) {
    it(`merges lists newest first in pages of ${limit} that neither skip nor repeat`, async () => {
      const desk = group(
        memoryDesk(numbered(1, 0, 20, 30, 90)),
        memoryDesk(),
        memoryDesk(numbered(11, 10, 20, 80, 100, 110)),
      );
      const shown = (await pages(desk, limit)).join(' ').split(' ');
      assert.deepEqual(shown, ['1', '11', '12', '2', '3', '13', '4', '14', '15']);
    });
  }

  it('tells of the snapshots of all its desks, each with its desk, and publishes where one is meant', async () => {
    const [own, team, away] = [memoryDesk(), memoryDesk(), memoryDesk()];
    away.trouble = { code: 'unreachable' };
    const desk = group(own, team, away);
    value(await desk.publishHealth({ source: 'graph:china', snapshot: 'signed' }, once(), { desk: 'b' }));
    assert.deepEqual([own.snapshots, team.snapshots], [[], ['signed']]);
    assert.deepEqual(value(await desk.healthSnapshots()), [{ text: 'signed', desk: 'Desk 1' }]);
    const nowhere = await desk.publishHealth({ source: 'a', snapshot: 'b' }, once(), { desk: 'z' });
    assert.equal(refusal(nowhere).code, 'invalid');
  });

  it('goes on where it was when cases changed between two pages', async () => {
    const [one, two] = [memoryDesk(numbered(1, 0, 20, 40)), memoryDesk(numbered(11, 10, 30, 50))];
    const desk = group(one, two);
    const first = value(await desk.list({}, { limit: 3 }));
    assert.deepEqual(
      first.items.map(({ title }) => title),
      ['1', '11', '2'],
    );
    // The newest of each moves up; what was not shown yet must not be skipped.
    one.cases = one.cases.map(of => (of.number === 2 ? { ...of, updatedAt: noon + 1 } : of));
    const second = value(await desk.list({}, { limit: 3, cursor: first.next ?? '' }));
    assert.deepEqual(
      second.items.map(({ title }) => title),
      ['12', '3', '13'],
    );
  });

  it('says of each case which desk holds it, whatever that desk says itself', async () => {
    const liar = memoryDesk([{ ...aCase({ number: 2 }), desk: 'Desk 0' }]);
    const desk = group(memoryDesk([aCase()]), liar);
    const { items } = value(await desk.list({}, { limit: 10 }));
    assert.deepEqual(
      items.map(of => [of.number, of.desk]),
      [
        [12, 'Desk 0'],
        [2, 'Desk 1'],
      ],
    );
    assert.equal(value(await desk.get(idOf(2))).desk, 'Desk 1');
  });

  it('adds counts, largest first', async () => {
    const desk = group(memoryDesk([aCase()]), memoryDesk(numbered(1, 0, 1).map(of => ({ ...of, status: 'closed' }))));
    assert.deepEqual(value(await desk.count({}, 'status')), [
      { value: 'closed', count: 2 },
      { value: 'open', count: 1 },
    ]);
  });

  describe('finds the desk of a case', () => {
    it('without asking others once it was shown', async () => {
      const [one, two, three] = [memoryDesk([aCase()]), memoryDesk([aCase({ number: 2 })]), memoryDesk()];
      const desk = group(one, two, three);
      value(await desk.list({}, { limit: 10 }));
      three.get = () => assert.fail('asked');
      one.get = () => assert.fail('asked');
      assert.equal(value(await desk.get(idOf(2))).number, 2);
      value(await desk.act(idOf(2), { kind: 'resolve', text: '' }, upon({ revision: 1 })));
      assert.deepEqual([one.writes.length, two.writes.length], [0, 1]);
    });

    it('by asking, the own desk first', async () => {
      const [one, two] = [memoryDesk([aCase()]), memoryDesk([aCase({ number: 2 })])];
      const desk = group(one, two);
      value(await desk.act(idOf(2), { kind: 'resolve', text: '' }, upon({ revision: 1 })));
      assert.equal(two.writes.length, 1);
      two.get = () => assert.fail('asked');
      assert.equal(value(await desk.get(idOf(12))).number, 12);
    });

    it('or says that no desk holds it', async () => {
      const desk = group(memoryDesk([aCase()]), memoryDesk());
      assert.deepEqual(refusal(await desk.get(idOf(99))), { code: 'notFound' });
      const write = await desk.act(idOf(99), { kind: 'resolve', text: '' }, upon({ revision: 1 }));
      assert.deepEqual(refusal(write), { code: 'notFound' });
    });

    it('or why it cannot be known, where a desk cannot be asked', async () => {
      const away = memoryDesk();
      away.trouble = { code: 'unreachable' };
      assert.deepEqual(refusal(await group(memoryDesk(), away).get(idOf(99))), { code: 'unreachable' });
    });
  });

  it('sends what is new to the desk that is named, else to the own one, and nowhere if that is gone', async () => {
    const benches = [await sqliteBench(), await sqliteBench()] as const;
    const [one, two] = [benches[0].desk(), benches[1].desk()];
    const desk = createDeskGroup([
      { id: 'a', name: 'Mine', desk: one },
      { id: 'b', name: 'Ours', desk: two },
    ]);
    const file = value(await desk.upload(source('a.txt', [bytes('abc')]), { desk: 'b' }));
    const filed = value(await desk.file(newCase({ files: [file] }), once(), { desk: 'b' }));
    assert.equal(filed.desk, 'Ours');
    assert.equal((await fileCase(desk)).desk, 'Mine');
    const note = value(await desk.upload(source('b.txt', [bytes('note')]), { caseId: filed.id }));
    value(await desk.act(filed.id, { kind: 'annotate', text: '', files: [note] }, upon(filed)));
    assert.deepEqual(value(await desk.download(note.sha256, { caseId: filed.id })), bytes('note'));
    assert.deepEqual(value(await desk.download(file.sha256)), bytes('abc'));
    const gone = { code: 'invalid', issues: [{ path: 'desk', code: 'invalid' }] };
    assert.deepEqual(refusal(await desk.file(newCase(), once(), { desk: 'c' })), gone);
    assert.deepEqual(refusal(await desk.upload(source('c', [bytes('c')]), { desk: 'c' })), gone);
    assert.equal(value(await desk.count({}, 'status'))[0]?.count, 2);
    for (const bench of benches) await bench.close();
  });

  it('knows under which key a case was filed, whichever desk holds it', async () => {
    const [one, two] = [memoryDesk(), memoryDesk()];
    const desk = group(one, two);
    assert.equal(value(await desk.filedAs(idOf(1))), undefined);
    two.filedAs = () => Promise.resolve({ ok: true, value: idOf(2) });
    assert.equal(value(await desk.filedAs(idOf(1))), idOf(2));
    // A desk that cannot be asked might hold it.
    two.filedAs = () => Promise.resolve({ ok: false, error: { code: 'unreachable' } });
    assert.equal(refusal(await desk.filedAs(idOf(1))).code, 'unreachable');
  });

  describe('with a desk that fails', () => {
    for (const code of ['unreachable', 'signedOut', 'throttled', 'notADesk', 'untrusted', 'failed'] as const) {
      it(`shows the others and says why (${code})`, async () => {
        const away = memoryDesk([aCase({ number: 2 })]);
        const desk = group(memoryDesk([aCase()]), away);
        const error: DeskError = { code };
        away.trouble = error;
        assert.equal(value(await desk.list({}, { limit: 10 })).items.length, 1);
        assert.equal(value(await desk.count({}, 'status'))[0]?.count, 1);
        assert.deepEqual(value(await desk.incidents()), []);
        assert.deepEqual(desk.members?.(), [
          { id: 'a', name: 'Desk 0' },
          { id: 'b', name: 'Desk 1', trouble: error },
        ]);
        away.trouble = undefined;
        assert.equal(value(await desk.list({}, { limit: 10 })).items.length, 2);
        assert.deepEqual(
          desk.members().map(member => member.trouble),
          [undefined, undefined],
        );
      });
    }

    it('fails only where every desk does', async () => {
      const [one, two] = [memoryDesk([aCase()]), memoryDesk([aCase({ number: 2 })])];
      const desk = group(one, two);
      one.trouble = { code: 'busy' };
      two.trouble = { code: 'unreachable' };
      for (const answer of [await desk.list({}, { limit: 1 }), await desk.count({}, 'status'), await desk.incidents()])
        assert.deepEqual(refusal(answer), { code: 'busy' });
    });

    it('ends its part of a list that fails on the way', async () => {
      const [one, two] = [memoryDesk(numbered(1, 0, 20, 40)), memoryDesk(numbered(11, 10, 30, 50))];
      const desk = group(one, two);
      const first = value(await desk.list({}, { limit: 2 }));
      two.trouble = { code: 'unreachable' };
      const second = value(await desk.list({}, { limit: 9, cursor: first.next ?? '' }));
      assert.deepEqual([second.items.map(({ title }) => title), 'next' in second], [['2', '3'], false]);
    });
  });

  it('merges boards, what goes on first, and posts where the incident is', async () => {
    const at = (number: number, updatedAt: number, status: 'investigating' | 'resolved') => {
      const words = { service: 'Exchange Online', title: `${number}`, classification: 'incident' } as const;
      return { id: idOf(number), number, revision: 1, ...words, status, startedAt: noon, updatedAt, posts: [] };
    };
    const one = memoryDesk([], [at(1, noon, 'investigating'), at(2, noon + 5, 'resolved')]);
    const two = memoryDesk([], [at(3, noon + 1, 'investigating')]);
    const desk = group(one, two);
    assert.deepEqual(
      value(await desk.incidents()).map(({ title }) => title),
      ['3', '1', '2'],
    );
    value(await desk.postToIncident(idOf(3), { status: 'resolved', text: 'over' }, upon({ revision: 1 })));
    const anew = group(one, two);
    const posted = await anew.postToIncident(idOf(3), { status: 'resolved', text: 'over' }, upon({ revision: 1 }));
    assert.equal(value(posted).desk, 'Desk 1');
    assert.deepEqual([one.attempts.length, two.writes.length], [0, 2]);
    const nowhere = () =>
      group(one, two).postToIncident(idOf(9), { status: 'resolved', text: 'x' }, upon({ revision: 1 }));
    assert.deepEqual(refusal(await nowhere()), { code: 'notFound' });
    one.trouble = two.trouble = { code: 'unreachable' };
    assert.deepEqual(refusal(await nowhere()), { code: 'unreachable' });
    assert.deepEqual([one.attempts.length, two.attempts.length], [0, 2]);
  });

  it('names the desk of each incident, and records one where that is said', async () => {
    const [one, two] = [memoryDesk([], [anIncident()]), memoryDesk([], [anIncident({ number: 4 })])];
    const desk = group(one, two);
    assert.deepEqual(
      value(await desk.incidents()).map(({ number, desk: name }) => [number, name]),
      [
        [3, 'Desk 0'],
        [4, 'Desk 1'],
      ],
    );
    const { service, title, classification, status } = anIncident();
    const recorded = await desk.recordIncident({ service, title, classification, status, text: '' }, once(), {
      desk: 'b',
    });
    assert.equal(value(recorded).desk, 'Desk 1');
    assert.deepEqual([one.writes.length, two.writes.length], [0, 1]);
    assert.equal('desk' in (value(await group(one).incidents())[0] ?? {}), false);
  });

  it('tells of the changes of every desk until it is stopped, and closes them all', () => {
    const [one, two] = [memoryDesk(), memoryDesk()];
    const desk = group(one, two);
    const heard: DeskChange[] = [];
    const stop = desk.onDidChange(change => heard.push(change));
    one.change({ cases: [idOf(1)] });
    two.change({ incidents: true });
    stop();
    two.change({});
    assert.deepEqual(heard, [{ cases: [idOf(1)] }, { incidents: true }]);
    let closed = 0;
    for (const each of [one, two]) each.close = () => (closed += 1);
    desk.close();
    assert.equal(closed, 2);
  });

  it('can do on each case what its desk can', async () => {
    const reader = memoryDesk([aCase({ number: 2 })]);
    reader.capabilities = () => ({ ...memoryDesk().capabilities(), roles: ['reviewer'] });
    const desk = group(memoryDesk([aCase()]), reader);
    value(await desk.list({}, { limit: 10 }));
    assert.deepEqual(desk.capabilities({ caseId: idOf(2) }).roles, ['reviewer']);
    assert.deepEqual(desk.capabilities({ desk: 'b' }).roles, ['reviewer']);
    assert.equal(desk.capabilities({ caseId: idOf(12) }).roles.length, 3);
    assert.equal(desk.capabilities().roles.length, 3);
  });

  it('refuses a cursor of its own form with other content', async () => {
    const desk = group(memoryDesk(numbered(1, 0, 1)), memoryDesk());
    for (const cursor of ['{"a":{"cursor":5}}', '[]', 'null', '{"a":null}', '{"a":{"after":[1]}}']) {
      assert.equal(refusal(await desk.list({}, { limit: 1, cursor })).code, 'invalid', cursor);
    }
  });
});
