import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import type { FactId } from '../../src/rules/decision.ts';
import { claimedBy, claimedElsewhere, factOf, facts } from '../../src/rules/facts.ts';
import type { Profile } from '../../src/rules/profile.ts';
import { profileIds } from '../../src/rules/profile.ts';
import { profiles as byId } from '../../src/rules/profiles/index.ts';
import { m365Business } from '../../src/rules/profiles/m365Business.ts';
import { m365China } from '../../src/rules/profiles/m365China.ts';
import { m365VolumeLicensing } from '../../src/rules/profiles/m365VolumeLicensing.ts';
import { o365Enterprise2013 } from '../../src/rules/profiles/o365Enterprise2013.ts';

const profiles: readonly Profile[] = [m365Business, m365VolumeLicensing, m365China, o365Enterprise2013];
const ids: ReadonlySet<FactId> = new Set(facts.map(({ id }) => id));

describe('facts', () => {
  it('have one id each, 88 of the documents and 21 readings besides the rows of two tables', () => {
    assert.equal(ids.size, facts.length);
    const count = (pattern: RegExp) => facts.filter(({ id }) => pattern.test(id)).length;
    assert.deepEqual(
      [/^G-\d\d$/, /^V-\d\d$/, /^C-\d\d$/, /^E-\d\d$/, /^A-\d\d$/, /^C-14[a-i]$/, /^E-13[a-f]$/].map(count),
      [28, 6, 40, 14, 21, 9, 6],
    );
  });
  it('name their document and section', () => {
    for (const { id, statement, document, section } of facts) {
      const expected = id.startsWith('E') ? 'enterprise2013' : id.startsWith('A') ? 'reading' : 'business';
      assert.equal(document, expected);
      assert.ok(statement.length > 10 && section !== '', id);
    }
  });
  it('are found as typed', () => {
    assert.equal(factOf(' c-14A ')?.statement, 'Exchange Online: mailbox migration.');
    assert.equal(factOf('C-22')?.id, 'C-22');
    for (const id of ['', 'C-99', '__proto__', 'C-022']) assert.equal(factOf(id), undefined);
  });

  it('are each claimed by a row or listed as claimed elsewhere, and none is claimed that does not exist', () => {
    const byRows = claimedBy(profiles);
    const elsewhere = claimedBy(claimedElsewhere);
    assert.deepEqual(
      [...byRows, ...elsewhere].filter(id => !ids.has(id)),
      [],
    );
    assert.deepEqual(
      [...ids].filter(id => !byRows.has(id) && !elsewhere.has(id)),
      [],
    );
    assert.deepEqual(
      [...elsewhere].filter(id => byRows.has(id)),
      [],
    );
  });
  it('claimedBy looks everywhere and takes only lists of facts', () => {
    assert.deepEqual(
      [...claimedBy({ a: [{ facts: ['C-01'] }, null, 3], facts: 'C-02', b: { c: { facts: ['C-03', 'C-01'] } } })],
      ['C-01', 'C-03'],
    );
    assert.deepEqual([...claimedBy(undefined)], []);
  });

  const seedFacts = new URL('../../../shared/docs/seed-facts.md', import.meta.url);
  it('are those of seed-facts.md, where it is at hand', function () {
    if (!existsSync(seedFacts)) this.skip();
    const text = readFileSync(seedFacts, 'utf8');
    const inTables = [...text.matchAll(/^\| ([GVCE]-\d\d) \|/gm)].map(([, id]) => id);
    const readings = [...text.matchAll(/^\*\*(A-\d\d) /gm)].map(([, id]) => id);
    const cells = [...text.matchAll(/\b(C-14[a-i]|E-13[a-f])\b/g)].map(([, id]) => id);
    assert.deepEqual([...new Set([...inTables, ...readings, ...cells])].sort(), [...ids].sort());
  });
});

describe('profiles', () => {
  it('are found by id', () => {
    assert.deepEqual(Object.values(byId), profiles);
    assert.deepEqual(
      Object.entries(byId).map(([id, profile]) => profile.id === id),
      [true, true, true, true],
    );
    assert.deepEqual(Object.keys(byId), [...profileIds]);
  });
  for (const profile of profiles) {
    it(`${profile.id}: ids are unique in their lists, every channel and hour belongs to a category`, () => {
      const unique = (list: readonly string[]) => assert.equal(new Set(list).size, list.length);
      unique(profile.links.map(({ id }) => id));
      unique(profile.notes.map(({ id }) => id));
      unique(profile.channels.map(({ id }) => id));
      unique(profile.categories.map(({ category }) => category));
      const known = profile.categories.map(({ category }) => category);
      for (const { category } of profile.hours) assert.ok(known.includes(category));
      for (const { categories } of profile.channels) assert.ok(categories.every(one => known.includes(one)));
    });
  }
  it('D-22, C-30: the number is in E.164', () => {
    const [number] = m365China.channels.flatMap(channel => ('number' in channel ? [channel.number] : []));
    assert.equal(number, '+864000890365');
  });
});
