import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { CaseSummary, NewCase } from '../../src/desk/case.ts';
import type { CaseQuery, Desk } from '../../src/desk/desk.ts';
import { fileCase, refusal, upon, value } from './build.ts';
import type { Current } from './conformance.ts';

async function titles(desk: Desk, query: CaseQuery): Promise<string[]> {
  return value(await desk.list(query, { limit: 200 })).items.map(({ title }) => title);
}

export function describeLists(bench: Current): void {
  async function some(...cases: Partial<NewCase>[]): Promise<Desk> {
    for (const over of cases) {
      bench().pass(1);
      await fileCase(bench().desk(), over);
    }
    return bench().desk();
  }

  describe('listing', () => {
    it('shows the newest change first, in pages that neither skip nor repeat', async () => {
      const desk = await some(...Array.from({ length: 7 }, (_, index) => ({ title: `case ${index}` })));
      // Two cases of the same moment stay in a fixed order.
      await fileCase(desk, { title: 'twin' });
      const seen: CaseSummary[] = [];
      let cursor: string | undefined;
      let pages = 0;
      do {
        const page = value(await desk.list({}, { limit: 3, ...(cursor !== undefined && { cursor }) }));
        seen.push(...page.items);
        cursor = page.next;
        pages++;
      } while (cursor !== undefined);
      const expected = ['twin', 'case 6', 'case 5', 'case 4', 'case 3', 'case 2', 'case 1', 'case 0'];
      assert.deepEqual([pages, seen.map(({ title }) => title)], [3, expected]);
    });

    it('has no further page when the last is exactly full', async () => {
      const desk = await some({}, {});
      const page = value(await desk.list({}, { limit: 2 }));
      assert.deepEqual([page.items.length, 'next' in page], [2, false]);
    });

    it('never shows more than 200 a page', async () => {
      const desk = bench().desk();
      for (let index = 0; index < 201; index++) await fileCase(desk);
      const page = value(await desk.list({}, { limit: 1_000 }));
      assert.equal(page.items.length, 200);
      const rest = value(await desk.list({}, { limit: 1_000, cursor: page.next ?? '' }));
      assert.equal(rest.items.length, 1);
    });

    it('refuses limits and cursors that are none', async () => {
      const desk = bench().desk();
      for (const limit of [0, -1, 1.5, NaN, 'x' as never]) {
        const issues = [{ path: 'limit', code: 'invalid' }];
        assert.deepEqual(refusal(await desk.list({}, { limit })), { code: 'invalid', issues });
      }
      for (const cursor of [
        '',
        'x',
        '../',
        '1_',
        '_1',
        'zzzzzzzzzzz_1',
        '1_1_1',
        "1' OR 1=1_1",
        5 as never,
        {} as never,
      ]) {
        const issues = [{ path: 'cursor', code: 'invalid' }];
        assert.deepEqual(refusal(await desk.list({}, { limit: 1, cursor })), { code: 'invalid', issues });
      }
    });
  });

  describe('filtering', () => {
    async function sample(): Promise<Desk> {
      const desk = await some(
        { title: 'a', severity: 'A', service: 'Exchange Online' },
        { title: 'b', severity: 'B', service: 'SharePoint Online' },
        { title: 'none', service: 'Exchange Online' },
      );
      const [newest] = value(await desk.list({}, { limit: 1 })).items;
      assert.ok(newest);
      value(await desk.act(newest.id, { kind: 'resolve', text: '' }, upon(newest)));
      return desk;
    }
    const rows: readonly (readonly [string, CaseQuery, readonly string[]])[] = [
      ['nothing', {}, ['none', 'b', 'a']],
      ['a status', { status: ['open'] }, ['b', 'a']],
      ['several statuses', { status: ['resolved', 'open'] }, ['none', 'b', 'a']],
      ['a status given twice', { status: ['open', 'open'] }, ['b', 'a']],
      ['an empty list, which holds for all', { status: [], severity: [] }, ['none', 'b', 'a']],
      ['a severity', { severity: ['A', 'B'] }, ['b', 'a']],
      ['no severity', { severity: ['none'] }, ['none']],
      ['a service', { service: 'Exchange Online' }, ['none', 'a']],
      ['all of them', { status: ['open'], severity: ['A'], service: 'Exchange Online' }, ['a']],
      ['text and status', { text: 'minutes', status: ['resolved'] }, ['none']],
    ];
    for (const [name, query, expected] of rows) {
      it(`by ${name}`, async () => {
        const desk = await sample();
        assert.deepEqual(await titles(desk, query), expected);
        const counts = value(await desk.count(query, 'status'));
        assert.equal(
          counts.reduce((sum, { count }) => sum + count, 0),
          expected.length,
        );
      });
    }

    it('counts by each grouping, largest first', async () => {
      const desk = await sample();
      const counted = async (by: 'status' | 'severity' | 'service'): Promise<unknown> =>
        value(await desk.count({}, by)).map(({ value, count }) => [value, count]);
      assert.deepEqual(await counted('status'), [
        ['open', 2],
        ['resolved', 1],
      ]);
      assert.deepEqual(await counted('severity'), [
        ['A', 1],
        ['B', 1],
        ['none', 1],
      ]);
      assert.deepEqual(await counted('service'), [
        ['Exchange Online', 2],
        ['SharePoint Online', 1],
      ]);
    });

    it('refuses words it does not know', async () => {
      const desk = bench().desk();
      for (const query of [{ status: ['draft'] }, { severity: ['D'] }, { status: 'open' }, { text: 1 }] as never[]) {
        assert.equal(refusal(await desk.list(query, { limit: 1 })).code, 'invalid');
        assert.equal(refusal(await desk.count(query, 'status')).code, 'invalid');
      }
      assert.equal(refusal(await desk.count({}, 'title' as never)).code, 'invalid');
    });
  });

  describe('searching', () => {
    const found: readonly (readonly [string, string, Partial<NewCase>])[] = [
      ['the beginning of a word', 'outl', { title: 'Outlook hangs' }],
      ['another case of letters', 'OUTLOOK', { title: 'outlook' }],
      ['without Czech diacritics', 'priserne zlutoucky', { text: 'Příšerně žluťoučký kůň' }],
      ['with diacritics that the text lacks', 'příčina', { text: 'pricina' }],
      ['Latvian', 'kluda', { text: 'Kļūda' }],
      ['Finnish', 'yhteysvirhe käyttäjä', { text: 'Yhteysvirhe: käyttäjä' }],
      ['Hebrew', 'שלום', { text: 'שלום עולם' }],
      ['Hebrew written with points', 'שלום', { text: 'שָׁלוֹם' }],
      ['Chinese', '邮件', { title: '邮件 很慢' }],
      ['part of a code', '0x8004', { text: 'error 0x80040115' }],
      ['both halves of a compound', 'e-mail', { text: 'the e-mail is late' }],
      ['words in any order, from title and text', 'hangs start', { title: 'On start', text: 'Outlook hangs' }],
      ['signs left out', '"out*(look) - AND', { title: 'Outlook and look' }],
    ];
    for (const [name, text, over] of found) {
      it(`finds ${name}`, async () => {
        const desk = await some({ title: 'Other', text: 'nothing of it' }, over);
        assert.equal((await titles(desk, { text })).length, 1);
        assert.deepEqual(value(await desk.count({ text }, 'status')), [{ value: 'open', count: 1 }]);
      });
    }

    it('finds words of notes and the number of the vendor, together with those of the title', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk, { title: 'Outlook' });
      await fileCase(desk, { title: 'Outlook too' });
      const noted = value(await desk.act(filed.id, { kind: 'annotate', text: 'It hangs', files: [] }, upon(filed)));
      value(await desk.act(filed.id, { kind: 'recordVendorNumber', vendorNumber: 'SR-4711' }, upon(noted)));
      for (const text of ['hangs', '4711', 'outlook hangs sr'])
        assert.deepEqual(await titles(desk, { text }), ['Outlook']);
    });

    it('does not find the middle of a word, nor one word of two', async () => {
      const desk = await some({ title: 'Outlook' });
      for (const text of ['look', 'outlook missing', 'missing outlook', 'xoutlook'])
        assert.deepEqual(await titles(desk, { text }), []);
    });

    it('pages through what it finds', async () => {
      const desk = await some(...Array.from({ length: 5 }, (_, index) => ({ title: `needle ${index}` })), {});
      const first = value(await desk.list({ text: 'needle' }, { limit: 3 }));
      const second = value(await desk.list({ text: 'needle' }, { limit: 3, cursor: first.next ?? '' }));
      assert.deepEqual([...first.items, ...second.items].map(({ title }) => title.at(-1)).join(''), '43210');
      assert.equal(second.next, undefined);
    });

    it('sees what was written a moment ago', async () => {
      const desk = bench().desk();
      for (let index = 0; index < 5; index++) {
        await fileCase(desk);
        assert.equal((await titles(desk, { text: 'minutes' })).length, index + 1);
      }
    });

    const odd = [
      '',
      ' ',
      '"',
      '""',
      "'",
      '*',
      'a*',
      'NEAR(',
      'AND',
      'OR NOT',
      '{title}:',
      '^a',
      'a"b"c',
      '\0',
      '\ud800',
    ];
    const long = [
      'x'.repeat(1_000_000),
      'word '.repeat(100_000),
      '\u0301'.repeat(10_000),
      '😀'.repeat(2_000),
      '-'.repeat(9),
    ];
    it('answers odd and over-long words without an error', async () => {
      const desk = await some({});
      for (const text of [...odd, ...long]) {
        assert.ok((await desk.list({ text }, { limit: 1 })).ok, text.slice(0, 20));
        assert.ok((await desk.count({ text }, 'service')).ok);
      }
    });
  });
}
