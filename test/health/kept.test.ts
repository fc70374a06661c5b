// What is kept of a source on disk: listed without its posts being parsed, and whole when they are asked for.
import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { HealthIssue } from '../../src/desk/healthReading.ts';
import { keptOf, keptText, type Kept } from '../../src/health/kept.ts';

const issue = (id: string, ...texts: readonly string[]): HealthIssue => ({
  ...{ id, services: ['Mail'], title: `Title of ${id}`, classification: 'incident', status: 'serviceDegradation' },
  ...{ resolved: false, feature: '', impact: '', startedAt: 1, posts: texts.map((text, at) => ({ at, text })) },
});
const kept = (...issues: readonly HealthIssue[]): Kept => ({
  ...{
    format: 2,
    source: 'statuspage:https://status.example',
    tried: 5,
    due: 6,
    slower: 1,
    failure: { code: 'unreachable' },
  },
  reading: {
    ...{ source: 'statuspage:https://status.example', name: 'Example', asOf: 4, partial: false, notices: [] },
    ...{ services: [{ id: 'a', name: 'Mail', status: 'serviceDegradation' }], issues: [...issues] },
  },
});
const lines = (text: string): string[] => text.split('\n');

describe('what is kept of a source of health', () => {
  for (const [what, state] of [
    ['nothing read yet', { format: 2, source: 'x', tried: 5, due: 6, slower: 2 }],
    ['no issues', kept()],
    ['issues with and without posts', kept(issue('a', 'one', 'two'), issue('b'), issue('c', 'three'))],
    [
      'posts of several lines, with marks of lines and of Unicode',
      kept(issue('a', 'one\ntwo\r\n\u2028three "four" 💥')),
    ],
  ] as const satisfies readonly (readonly [string, Kept])[]) {
    it(`comes back as it was: ${what}`, () => assert.deepEqual(keptOf(keptText(state)), state));
  }

  it('comes back as it was when it is written again without having been looked at', () => {
    const text = keptText(kept(issue('a', 'one'), issue('b', 'two')));
    const read = keptOf(text);
    assert.deepEqual(read && keptOf(keptText(read)), keptOf(text));
  });

  it('has on its first line what lists show, and no posts', () => {
    const text = keptText(kept(issue('a', 'one'), issue('b', 'two')));
    assert.ok(!lines(text)[0]?.includes('one'));
    assert.deepEqual(lines(text).slice(1), ['[{"at":0,"text":"one"}]', '[{"at":0,"text":"two"}]']);
  });

  for (const [what, line] of [
    ['no JSON', '[{"at":0'],
    ['no list', '{}'],
    ['posts without a text', '[{"at":0}]'],
    ['posts at no time', '[{"at":"now","text":"one"}]'],
  ] as const) {
    it(`shows an issue without posts where their line is ${what}, and the others with theirs`, () => {
      const [head = '', , second = ''] = lines(keptText(kept(issue('a', 'one'), issue('b', 'two'))));
      const read = keptOf([head, line, second].join('\n'))?.reading?.issues;
      assert.deepEqual(
        read?.map(({ id, posts }) => [id, posts.length]),
        [
          ['a', 0],
          ['b', 1],
        ],
      );
    });
  }

  for (const field of Object.keys(HealthIssue.shape).filter(name => name !== 'posts')) {
    it(`takes for ${field} what an issue may have, and nothing else`, () => {
      const [head = '', ...rest] = lines(keptText(kept(issue('a', 'one'))));
      for (const value of ['word', '', 7, 1.5, -1, 1e300, true, null, undefined, [], ['word'], [7], {}]) {
        const odd = { ...issue('a', 'one'), [field]: value };
        const listed = JSON.stringify({ ...odd, posts: undefined });
        const text = [head.replace(/(?<="issues":\[)\{.*?\}(?=\])/, () => listed), ...rest].join('\n');
        assert.equal(
          keptOf(text) !== undefined,
          HealthIssue.safeParse(odd).success,
          `${field}: ${JSON.stringify(value)}`,
        );
      }
    });
  }

  it('is as none where lines are missing or too many', () => {
    const text = keptText(kept(issue('a', 'one'), issue('b', 'two')));
    for (const damaged of [lines(text).slice(0, -1).join('\n'), `${text}\n[]`, lines(text)[0] ?? '', ''])
      assert.equal(keptOf(damaged), undefined);
  });
});
