import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import { ok } from '../../src/desk/errors.ts';
import { createDeskGroup } from '../../src/desk/group.ts';
import { CasesModel } from '../../src/views/casesModel.ts';
import { contextValueOf } from '../../src/views/contextValue.ts';
import type { CaseNode, CasesNode } from '../../src/views/node.ts';
import { aCase, noon } from './support/builders.ts';
import { memoryDesk, type MemoryDesk } from './support/memoryDesk.ts';
import { world, type World } from './support/sources.ts';

const answered = { firstResponseAt: noon };

describe('the tree over several desks', () => {
  let own: MemoryDesk;
  let team: MemoryDesk;
  let place: World;
  let model: CasesModel;
  let followed: string[];
  beforeEach(() => {
    own = memoryDesk([aCase({ number: 1, title: 'Mine', ...answered })]);
    team = memoryDesk([aCase({ number: 2, title: 'Ours', updatedAt: noon - 1, ...answered })]);
    const reviewer = { ...team.capabilities(), roles: ['reviewer'] as const };
    team.capabilities = () => reviewer;
    followed = [];
    const desk = createDeskGroup(
      [
        { id: 'local', name: 'This computer', desk: own },
        { id: 'team', name: 'desk.example.com', desk: team },
      ],
      { follows: (_, id) => followed.includes(id) },
    );
    place = world(own);
    model = new CasesModel(
      { ...place.sources, desk: () => Promise.resolve(ok(desk)) },
      () => ({ filter: {}, grouping: 'status' }),
      'Asia/Shanghai',
    );
  });
  const problems = () =>
    model.roots.flatMap(node => (node.kind === 'problem' ? [[node.item.label, node.wayOut] as const] : []));
  async function cases(): Promise<CaseNode[]> {
    await model.refresh();
    const rows: CasesNode[] = [];
    for (const node of model.roots) if (node.kind === 'group') rows.push(...(await model.children(node)));
    return rows.filter(row => row.kind === 'case');
  }

  it('says of each case where it is: in its row, its tooltip and to a screen reader', async () => {
    const [mine, ours] = await cases();
    assert.deepEqual([mine?.item.label, mine?.item.description], ['Mine', 'B · #1 · This computer']);
    assert.deepEqual([ours?.item.label, ours?.item.description], ['Ours', 'B · #2 · desk.example.com']);
    assert.match(ours?.item.tooltip ?? '', /^desk\.example\.com$/m);
    assert.match(ours?.item.accessibility ?? '', /, case 2, desk\.example\.com,/);
    assert.equal(model.state?.standing.total, 2);
  });

  it('offers on each case what the person may do at its desk, and to follow it where others change it', async () => {
    const [mine, ours] = (await cases()).map(contextValueOf);
    assert.match(mine ?? '', /;resolve;/);
    assert.doesNotMatch(mine ?? '', /follow/);
    assert.equal(ours, ';case;open;export;follow;annotate;');
    followed = team.cases.map(({ id }) => id);
    const changes = await model.refresh();
    assert.equal(changes?.length, 1);
    assert.equal((await cases()).map(contextValueOf)[1], ';case;open;export;unfollow;annotate;');
  });

  it('shows the others when one cannot be asked, and why, with one way out', async () => {
    for (const [code, sentence, wayOut] of [
      ['signedOut', /desk\.example\.com.*You are not signed in/, { to: 'signIn', desk: 'team' }],
      ['unreachable', /desk\.example\.com.*cannot be reached/, { to: 'retry' }],
      ['throttled', /desk\.example\.com.*asks for a pause/, { to: 'retry' }],
      ['notADesk', /desk\.example\.com.*Something else/, { to: 'retry' }],
    ] as const) {
      team.trouble = { code };
      assert.deepEqual(
        (await cases()).map(({ item }) => item.label),
        ['Mine'],
      );
      const [first, ...others] = problems();
      assert.match(first?.[0] ?? '', sentence);
      assert.deepEqual([first?.[1], others], [wayOut, []]);
    }
    team.trouble = undefined;
    assert.equal((await cases()).length, 2);
    assert.deepEqual(problems(), []);
  });

  it('has a row for each desk where none can be asked', async () => {
    own.trouble = { code: 'busy' };
    team.trouble = { code: 'signedOut' };
    await model.refresh();
    assert.deepEqual(
      problems().map(([, way]) => way),
      [{ to: 'retry' }, { to: 'signIn', desk: 'team' }],
    );
  });

  it('shows which desk the team suggests', async () => {
    place.suggested = 'https://xn--dsk-8cd.example.com';
    await model.refresh();
    const [first] = problems();
    assert.match(first?.[0] ?? '', /Your team suggests the desk at .*https:\/\/xn--dsk-8cd\.example\.com/);
    assert.deepEqual(first?.[1], { to: 'connect' });
  });
});
