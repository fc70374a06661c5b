import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod/mini';
import { matchIncidents } from '../../src/rules/incidentMatch.ts';
import { effort } from '../support/effort.ts';

const fixtures = new URL('../fixtures/health/', import.meta.url);
const read = <Schema extends z.ZodMiniType>(file: string, schema: Schema): z.output<Schema> =>
  z.parse(schema, JSON.parse(readFileSync(new URL(file, fixtures), 'utf8')));
const Incident = z.object({
  ...{ id: z.string(), services: z.array(z.string()), source: z.optional(z.string()), title: z.string() },
  ...{ feature: z.string(), impact: z.string() },
});
const Draft = z.object({
  ...{ language: z.enum(['en', 'cs', 'fi', 'he', 'lv']), part: z.enum(['tuned', 'heldOut']) },
  ...{ service: z.string(), title: z.string(), text: z.string(), expected: z.array(z.string()) },
});
const incidents = read('incidents.json', z.array(Incident)).map(({ source = '', ...one }) => ({ ...one, source }));
const drafts = read('drafts.json', z.array(Draft));
type Labelled = (typeof drafts)[number];

interface Score {
  hit: number;
  wrong: number;
  missed: number;
  readonly faults: string[];
}
function scoreOf(of: readonly Labelled[]): Score {
  const score: Score = { hit: 0, wrong: 0, missed: 0, faults: [] };
  for (const draft of of) {
    const likely = matchIncidents(draft, incidents).flatMap(one => (one.likely ? [one.id] : []));
    const wrong = likely.filter(id => !draft.expected.includes(id));
    const missed = draft.expected.filter(id => !likely.includes(id));
    score.hit += likely.length - wrong.length;
    score.wrong += wrong.length;
    score.missed += missed.length;
    if (wrong.length + missed.length > 0) {
      score.faults.push(`${draft.language} “${draft.title}”: not ${wrong.join()} but ${missed.join()}`);
    }
  }
  return score;
}
const precision = ({ hit, wrong }: Score): number => hit / (hit + wrong);
const recall = ({ hit, missed }: Score): number => hit / (hit + missed);

describe('which incidents a draft is about', () => {
  it('is measured on at least 120 drafts in five languages', () => {
    assert.ok(drafts.length >= 120);
    assert.equal(new Set(drafts.map(({ title }) => title)).size, drafts.length);
    assert.ok(drafts.filter(({ expected }) => expected.length === 0).length >= 30);
  });

  for (const part of ['tuned', 'heldOut'] as const) {
    const score = scoreOf(drafts.filter(one => one.part === part));
    const shown = `precision ${precision(score).toFixed(3)}, recall ${recall(score).toFixed(3)}`;
    it(`is found with precision and recall of 0.9 or more, ${part}: ${shown}`, () => {
      assert.ok(precision(score) >= 0.9 && recall(score) >= 0.9, [shown, ...score.faults].join('\n'));
    });
  }
});

const incident = { id: 'EX1', services: ['Exchange Online'], title: 'Mail is delayed', feature: 'Mail flow' };
const about = (title: string, service = 'Exchange Online', text = '') =>
  matchIncidents({ service, title, text }, [incident]).map(({ likely, because }) => [
    likely,
    ...because.map(({ code, words }) => `${code}: ${words.join(', ')}`),
  ]);

describe('a match is explained', () => {
  const rows: readonly (readonly [
    what: string,
    found: ReturnType<typeof about>,
    expected: ReturnType<typeof about>,
  ])[] = [
    [
      'by service and words, as they were written',
      about('E-maily nechodí, Pošta stojí'),
      [[true, 'service: Exchange Online', 'words: E maily, Pošta']],
    ],
    ['by the service alone before anything is written', about(''), [[true, 'service: Exchange Online']]],
    [
      'by the service alone where the words are about something else (T-38)',
      about('Calendar of rooms'),
      [[false, 'service: Exchange Online']],
    ],
    ['by another name of the service', about('mail', 'Outlook'), [[true, 'service: Outlook', 'words: mail']]],
    [
      'by a service that the text names',
      about('Outlook: no mail', 'Microsoft Teams'),
      [[true, 'service: Outlook', 'words: mail']],
    ],
    ['by words where no service is chosen', about('no mail', ''), [[true, 'words: mail']]],
    ['not at all on another service', about('no mail', 'Microsoft Teams'), []],
    [
      'not as likely for a question',
      about('How can I forward mail?'),
      [[false, 'service: Exchange Online', 'words: mail']],
    ],
    [
      'not as likely for a matter of one’s own',
      about('Delete a mail'),
      [[false, 'service: Exchange Online', 'words: mail']],
    ],
    [
      'by Hebrew words with what is written together with them',
      about('והדואר לא מגיע'),
      [[true, 'service: Exchange Online', 'words: והדואר']],
    ],
    ['nothing of nothing', about('', ''), []],
  ];
  for (const [what, found, expected] of rows) it(what, () => assert.deepEqual(found, expected));

  it('by the number of the incident, whatever the service', () => {
    const quoted = { id: 'graph:worldwide/EX123456', reference: 'EX123456', services: ['Power BI'], title: 'x' };
    const [match] = matchIncidents({ service: 'Teams', title: 'See ex123456', text: '' }, [quoted]);
    assert.deepEqual(match, { id: quoted.id, likely: true, because: [{ code: 'id', words: ['EX123456'] }] });
  });

  it('puts the likely ones first, else keeps the order, and answers the same each time', () => {
    const draft = { service: 'Exchange Online', title: 'Mail is late', text: '' };
    const others = [
      { id: 'A', services: ['Exchange Online'], title: 'Calendar' },
      { ...incident, id: 'B' },
      { ...incident, id: 'C' },
    ];
    const ids = () => matchIncidents(draft, others).map(({ id }) => id);
    assert.deepEqual(ids(), ['B', 'C', 'A']);
    assert.deepEqual(ids(), ids());
  });

  it('knows a service of a company by its own name', () => {
    const own = { id: 'P', services: ['Payroll API'], title: 'Requests fail' };
    const found = matchIncidents({ service: '', title: 'payroll api: requests time out', text: '' }, [own]);
    assert.deepEqual(
      found.map(({ likely }) => likely),
      [true],
    );
  });

  it('of no incidents nothing is likely', () => {
    assert.deepEqual(matchIncidents({ service: 'Exchange Online', title: 'mail', text: '' }, []), []);
  });

  it('a service without letters is none', () => {
    const odd = { id: 'O', services: ['!!!'], title: 'x' };
    for (const service of ['', '???']) assert.deepEqual(matchIncidents({ service, title: '', text: '' }, [odd]), []);
  });

  it('compares words that are written alike where no topic is known', () => {
    const own = { id: 'P', services: ['Payroll'], title: 'Payslips vanished' };
    const found = (title: string) => matchIncidents({ service: 'Payroll', title, text: '' }, [own])[0]?.likely;
    assert.deepEqual([found('My payslip vanishes'), found('Holidays')], [true, false]);
  });

  it('a text of 1 MB takes no longer by its length than one of 10 KB', () => {
    const match = (times: number) => {
      const text = 'mail sync call search '.repeat(times);
      return effort(() => matchIncidents({ service: 'Exchange Online', title: 'mail', text }, [incident]));
    };
    assert.ok(match(50_000) < 500 * match(500));
  });
});
