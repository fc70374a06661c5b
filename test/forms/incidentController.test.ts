import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { DraftContent } from '../../src/desk/drafts.ts';
import { fail, ok, type Result } from '../../src/desk/errors.ts';
import type { Incident } from '../../src/desk/health.ts';
import type { HealthFailure, HealthIssue, HealthNotice, HealthReading } from '../../src/desk/healthReading.ts';
import { IncidentController } from '../../src/forms/incidentController.ts';
import type { SourceOfHealth } from '../../src/host/services.ts';
import {
  incidentHost,
  incidentPage,
  type IncidentView,
  type ShownIncident,
  type Subject,
} from '../../src/protocol/incident.ts';
import { createStrings } from '../../src/strings/strings.ts';
import { memoryDesk } from '../views/support/memoryDesk.ts';
import { pageEnd, until } from './support/page.ts';

const now = Date.parse('2026-03-06T12:00:00Z');
const hour = 3_600_000;
const strings = createStrings('en');
const boardId = 'b6a6b8ee-7f4b-4b47-9b7e-0a3d4f3f7a11';

const onBoard = (over: Partial<Incident> = {}): Incident => ({
  ...{ id: boardId, number: 3, revision: 2, service: 'Exchange Online', title: 'No mail', classification: 'incident' },
  ...{ status: 'serviceDegradation', startedAt: now - 5 * hour, updatedAt: now - hour },
  posts: [
    { at: now - 5 * hour, by: { name: 'Ada' }, status: 'investigating', text: 'We look.' },
    { at: now - hour, by: { name: '' }, status: 'serviceDegradation', text: '<b>Worse</b>' },
  ],
  ...over,
});
const issue = (over: Partial<HealthIssue> = {}): HealthIssue => ({
  ...{ id: 'EX123456', services: ['Exchange Online'], title: 'Delays', classification: 'Advisory', resolved: false },
  ...{ status: 'serviceDegradation', feature: 'E-mail delivery', impact: 'Mail is late.', startedAt: now - 3 * hour },
  ...{ updatedAt: now - 2 * hour, posts: [{ at: now - 3 * hour, text: 'First.' }, { text: 'Second.' }] },
  ...over,
});
const notice: HealthNotice = {
  ...{ id: 'MC1', services: ['Microsoft Teams'], title: 'A change', text: 'Rooms move.', category: 'planForChange' },
  ...{ major: true, actionBy: now + 24 * hour },
};
const source = (over: Partial<HealthReading> = {}, seenBy?: SourceOfHealth['seenBy']): SourceOfHealth => ({
  ...{ id: 'graph:china', label: 'Microsoft 365 (21Vianet)' },
  state: {
    due: now,
    reading: {
      ...{ source: 'graph:china', name: '', asOf: now - hour, partial: false, services: [] },
      ...{ issues: [issue()], notices: [notice], ...over },
    },
  },
  ...(seenBy && { seenBy }),
});

const ends: (() => void)[] = [];
async function opened(
  subject: Subject,
  board: readonly Incident[] = [onBoard()],
  sources: readonly SourceOfHealth[] = [],
) {
  const desk = memoryDesk([], [...board]);
  const did: string[] = [];
  const drafts: Partial<DraftContent>[] = [];
  const listeners = new Set<() => void>();
  const world = {
    ...{ sources, looking: 0, asked: 0, sends: undefined as Result<HealthIssue, HealthFailure> | undefined },
    tell: () => listeners.forEach(one => one()),
  };
  const later = (what: string) => {
    did.push(what);
    return Promise.resolve();
  };
  const controller: IncidentController = new IncidentController(
    {
      ...{ zone: 'Europe/Helsinki', now: () => now, strings: () => Promise.resolve(strings) },
      log: { info: () => undefined, error: (_, error) => assert.fail(String(error)) },
      desk: () => Promise.resolve(ok(desk)),
      post: message => page.post(message),
      setTitle: title => did.push(`title ${title}`),
      health: () =>
        Promise.resolve({
          all: () => world.sources,
          onDidChange: listener => {
            listeners.add(listener);
            return () => listeners.delete(listener);
          },
          look: () => {
            world.looking++;
            return () => world.looking--;
          },
          refresh: () => Promise.resolve(),
          issue: () => {
            world.asked++;
            return Promise.resolve(world.sends ?? fail({ code: 'unreachable' }));
          },
          link: (of, kind, id) => (of === 'graph:china' ? `https://portal.example/${kind}/${id}` : undefined),
        }),
      run: (command, on) => later(`${command} ${JSON.stringify(on)}`),
      newCase: prefill => {
        drafts.push(prefill);
        return Promise.resolve();
      },
      open: of => later(`open ${JSON.stringify(of)}`),
    },
    subject,
  );
  const page = pageEnd(incidentPage, incidentHost, message => controller.receive(message));
  ends.push(() => controller.dispose());
  const answer = await page.channel.ask('start', {});
  assert.ok(answer.ok, JSON.stringify(answer));
  const start = answer.value;
  const shown = (): ShownIncident => (page.last('shown') ?? start.shown) as ShownIncident;
  const view = (): IncidentView => {
    const at = shown();
    assert.ok(at.ok);
    return at.view;
  };
  const fact = (label: string) => view().facts.find(one => one.label === label)?.value;
  const run = (action: IncidentView['actions'][number]['id']) => page.channel.ask('run', { action });
  return { desk, did, drafts, world, controller, page, start, shown, view, fact, run };
}

describe('IncidentController', () => {
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  it('shows an incident of the board with its posts, the newest first, as text', async () => {
    const { view, fact, did, start } = await opened({ id: boardId });
    const { lead, title, kind, entries, actions } = view();
    assert.deepEqual([lead, title], ['#3', 'No mail']);
    assert.deepEqual(kind, {
      ...{ mark: 'incident', word: 'Incident', status: 'Service degradation', standing: 'It goes on.' },
    });
    assert.deepEqual(
      entries.map(({ title: of, by, text }) => [of, by, text]),
      [
        ['Service degradation', 'Unnamed person', '<b>Worse</b>'],
        ['Investigating', 'Ada', 'We look.'],
      ],
    );
    assert.equal(fact('Started'), 'Fri, Mar 6, 09:00');
    assert.equal(fact('Time zone'), 'Eastern European Standard Time (GMT+2)');
    assert.equal(fact('Ended'), undefined);
    assert.deepEqual(
      actions.map(({ id }) => id),
      ['copyText', 'post', 'caseAbout', 'history'],
    );
    assert.ok(did.includes('title #3 No mail'));
    assert.equal(start.id, JSON.stringify({ id: boardId }));
  });

  it('says that an incident is over, and since when', async () => {
    const { view, fact } = await opened({ id: boardId }, [onBoard({ status: 'resolved' })]);
    assert.deepEqual([view().kind?.mark, view().kind?.standing], ['over', 'It is over.']);
    assert.equal(fact('Ended'), 'Fri, Mar 6, 13:00');
  });

  it('shows an issue of a source with all that the source says, and when that was read', async () => {
    const { view, fact, run, did } = await opened({ source: 'graph:china', id: 'EX123456' }, [], [source()]);
    assert.deepEqual(view().kind, {
      ...{ mark: 'advisory', word: 'Advisory', status: 'Service degradation', standing: 'It goes on.' },
    });
    assert.deepEqual(view().notes, ['as of Fri, Mar 6, 13:00']);
    assert.equal(fact('Feature'), 'E-mail delivery');
    assert.equal(fact('Source'), 'Microsoft 365 (21Vianet)');
    assert.deepEqual(
      view().entries.map(({ title, text }) => [title, text]),
      [
        ['', 'Second.'],
        ['Fri, Mar 6, 11:00', 'First.'],
      ],
    );
    await run('openPortal');
    assert.equal(did.at(-1), 'casebook.openPortal {"source":"graph:china","issueId":"EX123456"}');
  });

  it('keeps a status and a classification that nobody knows as the source has them', async () => {
    const odd = issue({ status: 'partlyCloudy', classification: 'Weather' });
    const { view } = await opened({ source: 'graph:china', id: 'EX123456' }, [], [source({ issues: [odd] })]);
    assert.deepEqual([view().kind?.word, view().kind?.status], ['weather', 'partlyCloudy']);
  });

  it('says who saw it where that was somebody else, and asks no source then', async () => {
    const snapshot = source({}, { by: 'Jana', publishedAt: now });
    const { view, world } = await opened({ source: 'graph:china', id: 'EX123456' }, [], [snapshot]);
    assert.deepEqual(view().notes, ['seen by Jana, Fri, Mar 6, 13:00']);
    assert.equal(world.asked, 0);
  });

  it('asks the source for all of an issue once, and again when its reading changed', async () => {
    const { view, world } = await opened({ source: 'graph:china', id: 'EX123456' }, [], [source()]);
    assert.equal(world.asked, 1);
    world.tell();
    world.tell();
    await until(() => world.asked === 1);
    const posts = [{ text: 'All of it.' }];
    world.sends = ok(issue({ posts }));
    world.sources = [source({ issues: [issue({ updatedAt: now })] })];
    world.tell();
    await until(() => view().entries.length === 1);
    assert.deepEqual([view().entries[0]?.text, world.asked], ['All of it.', 2]);
  });

  it('shows an announcement, and by when something must be done', async () => {
    const { view, run, did } = await opened({ source: 'graph:china', id: 'MC1' }, [], [source()]);
    assert.deepEqual(view().kind, {
      ...{ mark: 'notice', word: 'Announcement', status: 'action required by Sat, Mar 7, 14:00', standing: '' },
    });
    assert.deepEqual(
      view().actions.map(({ id }) => id),
      ['copyText', 'openPortal', 'history'],
    );
    await run('openPortal');
    assert.equal(did.at(-1), 'casebook.openPortal {"source":"graph:china","noticeId":"MC1"}');
  });

  it('follows the board and the sources while it is open, and looks no more when it is closed', async () => {
    const { desk, view, shown, world, controller } = await opened({ id: boardId });
    assert.equal(world.looking, 1);
    desk.board = [onBoard({ title: 'Still no mail' })];
    desk.change({ incidents: true });
    await until(() => view().title === 'Still no mail');
    desk.board = [];
    desk.change({ incidents: true });
    await until(() => !shown().ok);
    assert.deepEqual(shown(), { ok: false, text: strings.t('page.incident.gone') });
    controller.dispose();
    assert.equal(world.looking, 0);
  });

  for (const [what, subject] of [
    ['an incident', { id: boardId }],
    ['an issue of a source that does not tell of it', { source: 'graph:china', id: 'EX9' }],
    ['an issue of a source that is not in use', { source: 'statuspage:https://gone.example', id: 'EX123456' }],
  ] as const) {
    it(`says so where ${what} is gone`, async () => {
      const { shown } = await opened(subject, [], [source()]);
      assert.deepEqual(shown(), { ok: false, text: strings.t('page.incident.gone') });
    });
  }

  it('says what keeps the desk from answering', async () => {
    const { desk, shown, page } = await opened({ id: boardId });
    desk.trouble = { code: 'unreachable' };
    page.channel.tell('tryAgain', {});
    await until(() => !shown().ok);
    assert.deepEqual(shown(), { ok: false, text: strings.t('error.unreachable') });
  });

  it('copies what it shows, posts to the board, and begins a case that is about it', async () => {
    const { run, did, drafts } = await opened({ id: boardId });
    assert.deepEqual(await run('copyText'), { ok: true, value: { copied: true } });
    assert.equal(did.at(-1), `casebook.copyHealth {"incidentId":"${boardId}"}`);
    await run('post');
    assert.equal(did.at(-1), `casebook.postToIncident {"incidentId":"${boardId}"}`);
    await run('caseAbout');
    assert.deepEqual(drafts, [
      {
        ...{ service: 'Exchange Online', text: '#3 No mail\n\n' },
        healthAbout: {
          ...{ id: boardId, title: 'No mail', service: 'Exchange Online' },
          ...{ status: 'serviceDegradation', answer: 'same' },
        },
      },
    ]);
    await run('history');
    assert.equal(did.at(-1), 'open {"service":"Exchange Online"}');
  });

  it('lists what happened on a service in 7 or 30 days, the newest first; each opens its page', async () => {
    const day = 24 * hour;
    const over = { status: 'resolved', resolved: true } as const;
    const issues = [
      issue({ id: 'EX1', title: 'Ten days ago', ...over, startedAt: now - 11 * day, updatedAt: now - 10 * day }),
      issue({ id: 'EX2', title: 'Long, and still', startedAt: now - 90 * day, updatedAt: now - 60 * day }),
      issue({ id: 'EX3', title: 'Long ago', ...over, updatedAt: now - 60 * day }),
      issue({ id: 'EX4', title: 'Elsewhere', services: ['Microsoft Teams'] }),
    ];
    const { view, page, did } = await opened({ service: 'Exchange Online' }, [onBoard()], [source({ issues })]);
    const titles = () => view().entries.map(({ title }) => title);
    assert.equal(view().title, 'History of Exchange Online');
    assert.deepEqual(titles(), ['No mail', 'Long, and still']);
    page.channel.tell('span', { days: 30 });
    await until(() => view().days?.shown === 30);
    assert.deepEqual(titles(), ['No mail', 'Ten days ago', 'Long, and still']);
    const { mark, detail, by, time } = view().entries[1] ?? {};
    assert.deepEqual([mark, detail, by], ['over', 'Advisory · Resolved', 'Microsoft 365 (21Vianet)']);
    assert.equal(time, 'Mon, Feb 23, 14:00 – Tue, Feb 24, 14:00');
    page.channel.tell('open', { index: 1 });
    await until(() => did.at(-1) === 'open {"source":"graph:china","id":"EX1"}');
    page.channel.tell('open', { index: 9 });
    page.channel.tell('open', { index: 0 });
    await until(() => did.at(-1) === `open {"id":"${boardId}"}`);
  });
});
