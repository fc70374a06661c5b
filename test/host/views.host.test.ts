import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ok } from '../../src/desk/errors.ts';
import { CasesModel } from '../../src/views/casesModel.ts';
import { createCasesView } from '../../src/views/casesView.ts';
import { HealthModel } from '../../src/views/healthModel.ts';
import { HealthView } from '../../src/views/healthView.ts';
import type { CasesNode, HealthNode } from '../../src/views/node.ts';
import { treeItemOf, withTooltip } from '../../src/views/treeItem.ts';
import { aCase, aDraft, anIncident, idOf, noon } from '../views/support/builders.ts';
import { hostile } from '../views/support/hostile.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';
import { memento, world } from '../views/support/sources.ts';

describe('rows of the trees', () => {
  const desk = memoryDesk();
  const place = world(desk);
  const rows = async (): Promise<readonly (CasesNode | HealthNode)[]> => {
    const cases = new CasesModel(place.sources, () => ({ filter: {}, grouping: 'status' }));
    await cases.refresh();
    const below = await Promise.all(
      cases.roots.map(node => (node.kind === 'group' ? cases.children(node) : Promise.resolve([]))),
    );
    const health = new HealthModel(place.sources, place.wanted);
    await health.refresh();
    const services = health.roots.flatMap(node => health.children(node));
    return [
      ...cases.roots,
      ...below.flat(),
      ...health.roots,
      ...services,
      ...services.flatMap(node => health.children(node)),
    ];
  };

  it('run the right command, stay put and speak for themselves', async () => {
    desk.cases = Array.from({ length: 60 }, (_, index) => aCase({ number: index + 1, updatedAt: noon + index }));
    desk.board = [anIncident({ posts: [{ at: noon, by: { name: 'Ada' }, status: 'investigating', text: 'x' }] })];
    place.drafts = [aDraft()];
    place.problems = ['plan'];
    place.quarantined = ['x.json'];
    const nodes = await rows();
    const items = nodes.map(treeItemOf);
    assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
    for (const item of items) {
      assert.ok(item.accessibilityInformation?.label);
      assert.equal(typeof item.label, 'string');
      assert.match(item.contextValue ?? '', /^;(\w+;)+$/);
    }
    const commandOf = (kind: (CasesNode | HealthNode)['kind']) => {
      const command = items[nodes.findIndex(node => node.kind === kind)]?.command;
      return command && [command.command, ...(command.arguments ?? []).map(value => JSON.stringify(value))];
    };
    assert.deepEqual(commandOf('case'), ['casebook.openCase', JSON.stringify({ caseId: idOf(60) })]);
    assert.deepEqual(commandOf('draft'), ['casebook.openCase', JSON.stringify({ draftId: idOf(1) })]);
    assert.deepEqual(commandOf('more'), ['casebook.showMore', '{"group":"status:waiting"}']);
    assert.deepEqual(commandOf('problem'), ['casebook.openSettings', '{"setting":"plan"}']);
    assert.deepEqual(commandOf('unconnected'), ['casebook.connectHealth']);
    assert.deepEqual(commandOf('incident')?.[0], 'casebook.openIncident');
    assert.deepEqual([commandOf('group'), commandOf('service'), commandOf('post')], [undefined, undefined, undefined]);
  });

  it('show what people wrote as plain text only', async () => {
    for (const text of hostile) {
      desk.cases = [aCase({ title: text, service: text, vendorNumber: text })];
      desk.board = [
        anIncident({
          title: text,
          service: text,
          posts: [{ at: noon, by: { name: text }, status: 'confirmed', text }],
        }),
      ];
      place.drafts = [aDraft({ title: text, service: text })];
      for (const node of await rows()) {
        const item = withTooltip(treeItemOf(node), node);
        assert.equal(typeof item.label, 'string');
        assert.equal(typeof item.tooltip, 'string', 'a tooltip that is Markdown would make links live');
        assert.ok(item.description === undefined || typeof item.description === 'string');
        assert.ok(item.iconPath === undefined || item.iconPath instanceof vscode.ThemeIcon);
      }
    }
  });
});

describe('the views in the editor', () => {
  it('open without a word', async () => {
    await vscode.commands.executeCommand('casebook.cases.focus');
    await vscode.commands.executeCommand('casebook.health.focus');
    await vscode.commands.executeCommand('casebook.refresh');
  });
});

const never = () => ({ dispose: () => undefined });

describe('the Cases view', () => {
  it('reads again what changed while it was read for the first time', async () => {
    const desk = memoryDesk();
    const { sources } = world(desk);
    const twice = Promise.withResolvers<undefined>();
    const count: typeof desk.count = async (...asked) => {
      const answer = await desk.count(...asked);
      if (desk.cases.length > 0) twice.resolve(undefined);
      else {
        desk.cases = [aCase({})];
        desk.change({ cases: [idOf(1)] });
      }
      return answer;
    };
    const watched = ok({ ...desk, count });
    const drafts = await sources.drafts();
    const view = createCasesView(
      {
        ...sources,
        desk: () => Promise.resolve(watched),
        drafts: () => Promise.resolve(drafts),
        onDidChangePolicy: never,
        onDidChangePlace: never,
      },
      memento(),
    );
    await view.getChildren();
    await twice.promise;
    view.dispose();
  });
});

describe('the Service health view', () => {
  it('reads again what changed while it was read for the first time', async () => {
    const desk = memoryDesk();
    const { sources } = world(desk);
    const twice = Promise.withResolvers<undefined>();
    const incidents: typeof desk.incidents = async () => {
      const answer = await desk.incidents();
      if (desk.board.length > 0) twice.resolve(undefined);
      else {
        desk.board = [anIncident()];
        desk.change({ incidents: true });
      }
      return answer;
    };
    const watched = ok({ ...desk, incidents });
    const view = new HealthView(
      { ...sources, desk: () => Promise.resolve(watched), onDidChangePolicy: never, onDidChangePlace: never },
      { workspaceState: memento(), globalState: memento() },
    );
    await view.getChildren();
    await twice.promise;
    view.dispose();
  });
});
