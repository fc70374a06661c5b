import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { CaseDetail, TimelineEvent } from '../../src/desk/case.ts';
import { ok } from '../../src/desk/errors.ts';
import { isQuiet, readNews } from '../../src/desk/news.ts';
import { aDetail, idOf, noon } from '../views/support/builders.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';

const asked = (by: string, at: number): TimelineEvent => ({
  ...{ kind: 'informationRequested', seq: 2, at, by: { name: by }, status: 'actionRequired', text: 'Which version?' },
});
const resolved = (by: string, at: number): TimelineEvent => ({
  ...{ kind: 'resolved', seq: 2, at, by: { name: by }, status: 'resolved', text: '' },
});
const noted = (at: number): TimelineEvent => ({
  ...{ kind: 'annotated', seq: 3, at, by: { name: 'Ben' }, status: 'resolved', text: 'See?', files: [] },
});

/** A desk where Ada is signed in and others have done things to one case. */
function deskWith(part: Partial<CaseDetail>, ...events: TimelineEvent[]) {
  const updatedAt = events.at(-1)?.at ?? noon;
  const of = aDetail({ status: 'actionRequired', updatedAt, ...part });
  const desk = memoryDesk([of]);
  desk.get = () => Promise.resolve(ok({ ...of, timeline: [...of.timeline, ...events] }));
  const can = { ...desk.capabilities(), person: 'Ada' };
  return { ...desk, capabilities: () => can };
}
const either = (): undefined => undefined;

describe('what needs me', () => {
  const question = { id: idOf(12), number: 12, status: 'actionRequired' };
  const rows = [
    ['a question about a case I filed', {}, [asked('Ben', noon + 5)], either, [question]],
    [
      'a case of mine that somebody resolved',
      { status: 'resolved' },
      [resolved('Ben', noon + 5)],
      either,
      [{ ...question, status: 'resolved' }],
    ],
    ['not what I did myself', {}, [asked('Ada', noon + 5)], either, []],
    ['not what I know already', {}, [asked('Ben', noon)], either, []],
    ['not a note on what I know already', { status: 'resolved' }, [resolved('Ben', noon), noted(noon + 5)], either, []],
    ['not a case of somebody else', { filedBy: { name: 'Eve' } }, [asked('Ben', noon + 5)], either, []],
    [
      'a case of somebody else that I follow',
      { filedBy: { name: 'Eve' } },
      [asked('Ben', noon + 5)],
      () => true,
      [question],
    ],
    ['not a case of mine that I follow no longer', {}, [asked('Ben', noon + 5)], () => false, []],
    ['not a case that waits for support', { status: 'open' }, [asked('Ben', noon + 5)], either, []],
  ] as const;
  for (const [name, part, events, follows, news] of rows) {
    it(`is ${name}`, async () => {
      const known = await readNews(deskWith(part, ...events), noon, follows);
      assert.deepEqual(known.news, news);
    });
  }

  it('is nothing at first, only what happens from then on', async () => {
    const desk = deskWith({}, asked('Ben', noon + 5));
    assert.deepEqual(await readNews(desk, undefined, either), { news: [], until: noon + 5 });
    assert.deepEqual(await readNews(desk, noon + 5, either), { news: [], until: noon + 5 });
    assert.deepEqual(await readNews(memoryDesk(), undefined, either), { news: [], until: 0 });
  });

  it('is read again later where the desk cannot be asked', async () => {
    const desk = deskWith({}, asked('Ben', noon + 5));
    desk.get = () => Promise.resolve({ ok: false, error: { code: 'unreachable' } });
    assert.deepEqual(await readNews(desk, noon, either), { news: [], until: noon });
    desk.list = () => Promise.resolve({ ok: false, error: { code: 'unreachable' } });
    assert.deepEqual(await readNews(desk, noon, either), { news: [], until: noon });
  });
});

describe('quiet hours', () => {
  const night = { start: '22:00', end: '07:30' };
  const meeting = { start: '09:00', end: '10:00' };
  const rows = [
    [null, 0, false],
    [night, 22 * 60 - 1, false],
    [night, 22 * 60, true],
    [night, 0, true],
    [night, 7 * 60 + 29, true],
    [night, 7 * 60 + 30, false],
    [meeting, 9 * 60 - 1, false],
    [meeting, 9 * 60, true],
    [meeting, 10 * 60, false],
  ] as const;
  for (const [hours, minute, quiet] of rows) {
    it(`${hours === null ? 'none' : `${hours.start} to ${hours.end}`} at minute ${minute}: ${quiet ? 'quiet' : 'not quiet'}`, () => {
      assert.equal(isQuiet(hours, minute), quiet);
    });
  }
});
