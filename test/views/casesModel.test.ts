import { strict as assert } from 'node:assert';
import { beforeEach, describe, it } from 'mocha';
import type { CaseSummary } from '../../src/desk/case.ts';
import { contextValueOf } from '../../src/views/contextValue.ts';
import type { Look } from '../../src/views/look.ts';
import type { CasesNode } from '../../src/views/node.ts';
import { aCase, aDraft, day, noon } from './support/builders.ts';
import { casesTree } from './support/trees.ts';

const answered = { firstResponseAt: noon };
/** Cases that need no target, numbered, the highest changed last. */
const many = (count: number, part: Partial<CaseSummary> = {}): CaseSummary[] =>
  Array.from({ length: count }, (_, index) =>
    aCase({ number: index + 1, title: `Case ${index + 1}`, updatedAt: noon + index, ...answered, ...part }),
  );

describe('the tree of cases', () => {
  let look: Look;
  let { desk, place, model, tree } = casesTree(() => look);
  beforeEach(() => {
    look = { filter: {}, grouping: 'status' };
    ({ desk, place, model, tree } = casesTree(() => look));
  });
  const shown = (changes: readonly CasesNode[] | undefined) => changes?.map(({ id }) => id);
  const group = (key: string) => {
    const found = model.roots.find(node => node.kind === 'group' && node.group === key);
    assert.ok(found?.kind === 'group', key);
    return found;
  };

  it('T-35: groups by what a case needs, and hides groups that are empty (E-07)', async () => {
    desk.cases = [
      aCase({ number: 1, title: 'Open' }),
      aCase({ number: 2, title: 'Asked', status: 'actionRequired', updatedAt: noon + 1, ...answered }),
      aCase({ number: 3, title: 'Solved?', status: 'resolved', ...answered }),
      aCase({ number: 4, title: 'Over', status: 'closed', ...answered }),
      aCase({ number: 5, title: 'Long over', status: 'closed', updatedAt: noon - 31 * day, ...answered }),
    ];
    assert.deepEqual(await tree(), [
      ['Needs your action | 2', ['Asked | B · Action required · #2', 'Solved? | B · Resolved · #3']],
      ['Waiting for support | 1', ['Open | due Thu 10:00 · B · #1']],
      ['Closed recently | 1', ['Over | B · #4']],
    ]);
    place.drafts = [aDraft({ title: 'Half written' })];
    assert.deepEqual((await tree())[2], ['Drafts and unsent | 1', ['Half written | Draft']]);
  });

  it('says that there is nothing only when there is nothing', async () => {
    const empty = async () => {
      await model.refresh();
      return model.state?.empty;
    };
    assert.equal(await empty(), true);
    look = { filter: { text: 'x' }, grouping: 'status' };
    assert.equal(await empty(), false);
    look = { filter: {}, grouping: 'status' };
    place.drafts = [aDraft()];
    assert.equal(await empty(), false);
  });

  it('reads one page of a group at a time, however many cases there are', async () => {
    desk.cases = many(10_000);
    await tree();
    assert.equal(desk.given, 20);
    const rows = await model.children(group('status:waiting'));
    assert.equal(rows.length, 21);
    assert.deepEqual([rows.at(-1)?.item.label, rows.at(-1)?.item.description], ['Show more', '20 shown']);
    assert.deepEqual(shown(await model.showMore('status:waiting')), ['status:waiting']);
    assert.equal((await model.children(group('status:waiting'))).length, 71);
    // A refresh keeps what was opened, in pages as large as a desk gives.
    for (let pages = 0; pages < 5; pages += 1) await model.showMore('status:waiting');
    await model.refresh();
    const after = await model.children(group('status:waiting'));
    assert.equal(after.length, 321);
    assert.equal(new Set(after.map(({ id }) => id)).size, 321);
  });

  it('puts only those rows into words again that can have changed', async () => {
    desk.cases = many(3);
    await model.refresh();
    const items = async () => (await model.children(group('status:waiting'))).map(({ item }) => item);
    const first = await items();
    const retold = async () => {
      await model.refresh();
      return (await items()).map((item, index) => item !== first[index]);
    };
    assert.deepEqual(await retold(), [false, false, false]);
    desk.cases = desk.cases.map(one => (one.number === 2 ? { ...one, revision: one.revision + 1 } : one));
    assert.deepEqual(await retold(), [false, true, false]);
    place.now += 60_000;
    assert.deepEqual(await retold(), [true, true, true]);
  });

  it('puts every row into words again when a setting changes what they say', async () => {
    desk.cases = [aCase({ number: 1 })];
    await model.refresh();
    const description = async () => (await model.children(group('status:waiting')))[0]?.item.description;
    const before = await description();
    place.settings = { ...place.settings, reading: 'endOfWeekday' };
    await model.refresh();
    assert.notEqual(await description(), before);
  });

  it('counts closed cases of the last days only as far as it looked', async () => {
    desk.cases = many(60, { status: 'closed' });
    assert.equal((await tree())[0]?.[0], 'Closed recently | 50+');
  });

  it('shows just the case that changed', async () => {
    desk.cases = many(3);
    await tree();
    const before = await model.children(group('status:waiting'));
    desk.cases = desk.cases.map(one => (one.number === 3 ? { ...one, title: 'New', revision: 2 } : one));
    const changes = await model.refresh();
    assert.deepEqual(shown(changes), [before[0]?.id]);
    assert.equal(changes?.[0], before[0], 'the same node, so that selection survives');
    assert.equal(before[0]?.item.label, 'New');
    assert.deepEqual(await model.refresh(), []);
  });

  it('shows just the groups a case left and joined', async () => {
    desk.cases = [...many(3), aCase({ number: 9, status: 'resolved', ...answered })];
    await tree();
    desk.cases = desk.cases.map(one => (one.number === 1 ? { ...one, status: 'resolved', revision: 2 } : one));
    assert.deepEqual(shown(await model.refresh()), ['status:needsYou', 'status:waiting']);
    desk.cases = desk.cases.map(one => ({ ...one, status: 'resolved' as const }));
    assert.equal(await model.refresh(), undefined, 'a group that goes changes the whole tree');
  });

  it('tells a case anew when its target passes, and knows when that is', async () => {
    desk.cases = [aCase()];
    await tree();
    assert.equal(model.nextChange, noon + day + 1);
    assert.deepEqual(model.retell(), []);
    place.now = noon + day + 1;
    assert.deepEqual(
      model.retell().map(({ item }) => item.description),
      ['past under one reading · B · #12'],
    );
    place.now = noon + 3 * day;
    model.retell();
    assert.equal(model.nextChange, undefined);
  });

  it('groups by severity and by service, those that name none last', async () => {
    const none = aCase({ number: 3, title: 'Three', service: '', ...answered });
    delete none.severityProposed;
    desk.cases = [
      aCase({ number: 1, title: 'One', severityProposed: 'C', ...answered }),
      aCase({ number: 2, title: 'Two', severitySet: 'A', service: 'Teams', ...answered }),
      none,
      aCase({ number: 4, title: 'Four', status: 'closed', ...answered }),
    ];
    look = { filter: {}, grouping: 'severity' };
    assert.deepEqual(await tree(), [
      ['Severity A | 1', ['Two | A · Open · #2']],
      ['Severity C | 1', ['One | C · Open · #1']],
      ['No severity | 1', ['Three | Open · #3']],
      ['Closed recently | 1', ['Four | B · #4']],
    ]);
    look = { filter: {}, grouping: 'service' };
    assert.deepEqual((await tree()).slice(0, 3), [
      ['Exchange Online | 1', ['One | C · Open · #1']],
      ['Teams | 1', ['Two | A · Open · #2']],
      ['No service named | 1', ['Three | Open · #3']],
    ]);
  });

  it('shows saved queries as further groups, folded, and reads them only when opened', async () => {
    desk.cases = many(2);
    place.settings = { queries: [{ name: 'Mine', text: 'Case 2' }] };
    await model.refresh();
    const query = model.roots.at(-1);
    assert.ok(query?.kind === 'group' && query.collapsed);
    assert.equal(desk.given, 2, 'the group on top was read, this one was not');
    const rows = await model.children(query);
    assert.equal(desk.given, 3);
    assert.deepEqual(
      rows.map(({ item }) => item.label),
      ['Case 2'],
    );
    desk.cases = [];
    await model.refresh();
    assert.deepEqual(model.roots, []);
  });

  it('says what a filter leaves, finds old closed cases with it, and hides saved queries', async () => {
    desk.cases = [...many(2), aCase({ number: 5, title: 'Old', status: 'closed', updatedAt: noon - 99 * day })];
    place.settings = { queries: [{ name: 'Mine' }] };
    place.drafts = [aDraft({ title: 'Older still' }), aDraft({ title: 'Else' }, 2)];
    look = { filter: { text: 'Old' }, grouping: 'status' };
    assert.deepEqual(await tree(), [
      ['Drafts and unsent | 1', ['Older still | Draft']],
      ['Closed | 1', ['Old | B · #5']],
    ]);
    assert.equal(model.state?.message, 'Filter: “Old”. 1 of 3');
    assert.equal(model.state.standing.total, 3);
  });

  it('says a filter that finds nothing beside its title, where the welcome can offer to clear it', async () => {
    desk.cases = many(2);
    look = { filter: { text: 'zebra' }, grouping: 'status' };
    assert.deepEqual(await tree(), []);
    assert.equal(model.state?.message, undefined);
    assert.equal(model.state?.nothingFound, 'Filter: “zebra”. 0 of 2');
    assert.equal(model.state.empty, false);
  });

  it('puts problems on top, each with one way out', async () => {
    desk.cases = many(1);
    place.problems = ['holidays'];
    place.quarantined = ['draft-7.json'];
    await model.refresh();
    await model.refresh();
    assert.deepEqual(
      model.roots.slice(0, 2).map(node => [node.item.label, node.kind === 'problem' ? node.wayOut : undefined]),
      [
        ['Setting casebook.holidays cannot be used: its default holds', { to: 'setting', setting: 'holidays' }],
        ['A damaged draft was moved aside as \u2068draft-7.json\u2069. Other drafts are fine.', { to: 'log' }],
      ],
    );
  });

  it('keeps drafts in sight when the desk cannot open, and says why', async () => {
    place.drafts = [aDraft()];
    place.deskError = { code: 'newerDatabase', found: 9, known: 1 };
    const rows = await tree();
    assert.match(String(rows[0]), /^The cases were saved by a newer Casebook \(format 9, this one knows 1\)/);
    assert.equal(rows[1]?.[0], 'Drafts and unsent | 1');
    place.deskError = undefined;
    desk.cases = many(1);
    assert.equal((await tree())[0]?.[0], 'Waiting for support | 1');
  });

  it('tells a reading that throws as a problem', async () => {
    desk.count = () => Promise.reject(new Error('broken'));
    assert.match(String((await tree())[0]), /^Something went wrong/);
    assert.deepEqual(place.logged, ['cases.read']);
  });

  it('offers in menus exactly what can be done', async () => {
    desk.cases = [
      aCase({ number: 1 }),
      aCase({ number: 2, status: 'closed', closeReason: 'solved' }),
      aCase({ number: 3, status: 'actionRequired', ...answered }),
    ];
    place.drafts = [aDraft()];
    await model.refresh();
    const values = await Promise.all(
      model.roots.map(async node => (node.kind === 'group' ? (await model.children(node)).map(contextValueOf) : [])),
    );
    assert.deepEqual(values.flat(), [
      ';case;open;export;annotate;answer;recordVendorNumber;changeSeverity;resolve;close;',
      ';case;open;export;annotate;requestInformation;recordFirstResponse;recordVendorNumber;changeSeverity;resolve;close;',
      ';draft;open;discard;',
      ';case;open;export;reopen;',
    ]);
  });

  it('counts what needs the user and what waits, whatever the filter', async () => {
    desk.cases = [...many(3), aCase({ number: 9, status: 'resolved' }), aCase({ number: 10, status: 'closed' })];
    look = { filter: { text: 'nothing' }, grouping: 'status' };
    await model.refresh();
    const { standing } = model.state ?? assert.fail();
    assert.deepEqual([standing.needsYou, standing.waiting, standing.total], [1, 3, 5]);
    assert.ok(standing.possible.has('reopen') && standing.possible.has('close') && !standing.possible.has('answer'));
  });

  it('keeps its rows apart when it is refreshed while a group opens', async () => {
    desk.cases = many(120);
    await model.refresh();
    const waiting = group('status:waiting');
    const [rows] = await Promise.all([model.children(waiting), model.refresh(), model.showMore('status:waiting')]);
    const after = await model.children(group('status:waiting'));
    assert.equal(after.length, 71);
    assert.equal(after[0], rows[0]);
  });
});
