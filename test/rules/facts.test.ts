import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { faultsOf, idsIn, readAccount, readShown, textsBelow } from '../../scripts/facts.mjs';
import { claimsIn } from '../../src/rules/claims.ts';
import { factOf, facts } from '../../src/rules/facts.ts';
import { checks } from './support/checks.ts';

const ids: ReadonlySet<string> = new Set(facts.map(({ id }) => id));

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
      assert.ok((statement === undefined || statement.length > 10) && section !== '', id);
    }
  });
  it('are found as typed', () => {
    assert.equal(factOf(' c-14A ')?.statement, 'Exchange Online: mailbox migration.');
    assert.equal(factOf('e-13A')?.statement, undefined);
    assert.equal(factOf('C-22')?.id, 'C-22');
    for (const id of ['', 'C-99', '__proto__', 'C-022']) assert.equal(factOf(id), undefined);
  });

  it('each have a home, and no row, file or docstring names one that does not exist', async () => {
    assert.deepEqual(faultsOf(await readAccount()), []);
  });
  it('are each shown by a test that cites them or a check that follows from them', async () => {
    const shown = await readShown();
    assert.deepEqual(
      [...ids].filter(id => !shown.has(id)),
      [],
    );
    assert.deepEqual(
      [...shown.keys()].filter(id => factOf(id) === undefined),
      [],
    );
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

describe('checks', () => {
  it('are each cited by a test, and none is cited that does not exist', async () => {
    const cited = new Set((await textsBelow('test')).flatMap(({ text }) => idsIn(text, 'T')));
    assert.deepEqual([...cited].sort(), Object.keys(checks).sort());
  });
});

describe('claimsIn', () => {
  it('finds the rows that name facts, wherever they stand, and calls them by name or place', () => {
    const levels = [
      { severity: 'A', facts: ['C-17'], locks: [{ id: 'technicalOnly', facts: ['C-23', 'C-24'] }] },
      { severity: 3, facts: ['C-20'] },
    ];
    const hours = [{ category: 'billing', facts: ['G-20'] }, { category: 'billing', facts: ['G-21'] }, null, 'C-01'];
    const boundary = [{ origin: 'customerNetwork', facts: ['C-05'] }];
    assert.deepEqual(claimsIn({ facts: 'C-02', boundary, scheme: { levels }, hours, none: undefined }, 'offer'), [
      { by: 'offer.boundary[customerNetwork]', facts: ['C-05'] },
      { by: 'offer.scheme.levels[A]', facts: ['C-17'] },
      { by: 'offer.scheme.levels[A].locks[technicalOnly]', facts: ['C-23', 'C-24'] },
      { by: 'offer.scheme.levels[1]', facts: ['C-20'] },
      { by: 'offer.hours[0]', facts: ['G-20'] },
      { by: 'offer.hours[1]', facts: ['G-21'] },
    ]);
    assert.deepEqual(claimsIn(undefined, 'nothing'), []);
  });
});

describe('the account of the facts', () => {
  const sound = {
    ids: ['C-01', 'C-02', 'A-12'],
    rows: [{ by: 'offer.notes[one]', facts: ['C-01', 'C-02'] }],
    elsewhere: [{ by: 'src/rules/some.ts', facts: ['A-12'] }],
    sources: [{ file: 'src/rules/some.ts', text: '/** Facts: C-01 to C-02, A-12. SHA-256, T-01. */' }],
    wanted: [{ by: 'offer.notes[one]', key: 'note.one' }],
    sentences: new Set(['note.one']),
  } as const;
  const some = 'src/rules/some.ts';
  for (const [what, change, fault] of [
    ['is sound', {}, undefined],
    ['a fact without a home', { rows: [] }, 'No row and no file claims C-01, C-02.'],
    ['a row that names none', { ids: ['C-01', 'A-12'] }, 'offer.notes[one] names C-02, and there is no such fact.'],
    [
      'a docstring that names none',
      { sources: [{ file: some, text: 'A-12, C-011, C-14j' }] },
      `${some} names C-011, C-14j, and there is no such fact.`,
    ],
    [
      'a file that is silent',
      { sources: [{ file: some, text: '' }] },
      `${some} is to claim A-12, but does not name it.`,
    ],
    ['a file that is gone', { sources: [] }, `${some} is to claim A-12, but does not exist.`],
    [
      'a row without its sentence',
      { sentences: new Set<string>() },
      'offer.notes[one]: there is no sentence note.one.',
    ],
  ] as const) {
    it(`finds: ${what}`, () => {
      const account = { ...sound, ...change } as unknown as Parameters<typeof faultsOf>[0];
      assert.equal(faultsOf(account)[0], fault);
    });
  }
  it('reads ids and the ids between two', () => {
    assert.deepEqual(idsIn('V-02 to V-04, (E-13a), XC-01, SHA-C-05, D-03'), ['E-13a', 'V-02', 'V-03', 'V-04']);
    assert.deepEqual(idsIn('T-01: G-04', 'T'), ['T-01']);
  });
});
