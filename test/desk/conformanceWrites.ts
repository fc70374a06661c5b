import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import type { CaseAction, NewCase } from '../../src/desk/case.ts';
import type { DeskChange } from '../../src/desk/desk.ts';
import type { FieldIssue } from '../../src/desk/errors.ts';
import { fileCase, newCase, newIncident, once, refusal, upon, value } from './build.ts';
import type { Current } from './conformance.ts';
import { eventually } from '../support/eventually.ts';

const day = 24 * 60 * 60 * 1_000;
const note = (text: string): CaseAction => ({ kind: 'annotate', text, files: [] });

export function describeWrites(bench: Current): void {
  describe('filing', () => {
    it('opens the case and tells who filed what, when and where', async () => {
      const draft = newCase({
        severity: 'B',
        plan: 'premium',
        impact: 'Nobody can work',
        resource: 'Jana',
        contact: '1',
      });
      const filed = value(await bench().desk({ name: 'Jana' }).file(draft, once()));
      const { id, number, timeline, allowed, filedBy, filedFiles, files, severity, desk, followed, limits, ...rest } = {
        ...filed,
        severity: undefined,
      };
      assert.deepEqual(timeline, [{ kind: 'filed', seq: 1, at: bench().now(), by: { name: 'Jana' }, status: 'open' }]);
      assert.deepEqual([filedBy, filedFiles, files, severity], [{ name: 'Jana' }, [], 0, undefined]);
      assert.match(id, /^[0-9a-f-]{36}$/);
      assert.ok(Number.isInteger(number));
      // Where there are several desks, the case says which one holds it.
      assert.deepEqual([desk === '', followed ?? false], [false, false]);
      assert.ok(allowed.includes('annotate') && !allowed.includes('reopen'));
      // A desk of several people says how much more a case can take.
      assert.ok(limits === undefined || limits.bytesLeft > 0);
      const { severity: severityProposed, files: _none, ...said } = draft;
      const at = { openedAt: bench().now(), updatedAt: bench().now() };
      assert.deepEqual(_none, []);
      assert.deepEqual(rest, { ...said, ...at, severityProposed, revision: 1, status: 'open', notes: 0 });
      assert.deepEqual(value(await bench().desk().get(id)), filed);
    });

    it('numbers cases, each with a number of its own', async () => {
      const desk = bench().desk();
      const filed = await Promise.all([1, 2, 3, 4].map(() => fileCase(desk)));
      assert.equal(new Set(filed.map(({ number }) => number)).size, 4);
    });

    it('knows which case was filed under a key, and knows no other key', async () => {
      const desk = bench().desk();
      const write = once();
      const filed = value(await desk.file(newCase(), write));
      const recorded = once();
      value(await desk.recordIncident(newIncident(), recorded));
      assert.equal(value(await desk.filedAs(write.key)), filed.id);
      assert.equal(value(await desk.filedAs(recorded.key)), undefined);
      assert.equal(value(await desk.filedAs(once().key)), undefined);
      assert.equal(refusal(await desk.filedAs('no key')).code, 'invalid');
    });

    const wrong: readonly (readonly [string, Partial<Record<keyof NewCase, unknown>>, FieldIssue])[] = [
      ['an empty title', { title: ' \n ' }, { path: 'title', code: 'required' }],
      ['no title', { title: undefined }, { path: 'title', code: 'required' }],
      ['a title of 1 MB', { title: 'x'.repeat(1_000_000) }, { path: 'title', code: 'tooLong', limit: 200 }],
      ['a text that is too long', { text: 'x'.repeat(100_001) }, { path: 'text', code: 'tooLong', limit: 100_000 }],
      ['a text of nothing visible', { text: '\0\u202e\u2066' }, { path: 'text', code: 'required' }],
      ['another severity', { severity: 'S' }, { path: 'severity', code: 'invalid' }],
      ['another profile', { profile: '__proto__' }, { path: 'profile', code: 'invalid' }],
      ['a service that is no text', { service: {} }, { path: 'service', code: 'invalid' }],
      [
        'a file whose hash is a path',
        { files: [{ name: 'a', bytes: 1, sha256: '../../etc/passwd' }] },
        { path: 'files.0.sha256', code: 'invalid' },
      ],
      [
        'a place without lines',
        { places: [{ path: 'a.ts', startLine: 0, endLine: 1, text: '' }] },
        { path: 'places.0.startLine', code: 'invalid' },
      ],
    ];
    for (const [name, over, issue] of wrong) {
      it(`refuses ${name} by field and code`, async () => {
        const draft = { ...newCase(), ...over } as NewCase;
        assert.deepEqual(refusal(await bench().desk().file(draft, once())), { code: 'invalid', issues: [issue] });
        assert.deepEqual(value(await bench().desk().list({}, { limit: 1 })).items, []);
      });
    }

    it('takes out what hides or reorders text, and keeps Hebrew and its points', async () => {
      const filed = await fileCase(bench().desk(), { title: '\u202eשָׁלוֹם\0 a\tb\u2069', text: 'one\r\ntwo\u{e0041}' });
      assert.deepEqual([filed.title, filed.text], ['שָׁלוֹם a b', 'one\ntwo']);
    });

    it('ignores keys that would change what objects are', async () => {
      const sent = JSON.stringify(newCase()).replace('{', '{"__proto__":{"polluted":1},"constructor":{"polluted":1},');
      const filed = value(
        await bench()
          .desk()
          .file(JSON.parse(sent) as NewCase, once()),
      );
      assert.equal('polluted' in {}, false);
      assert.equal('polluted' in filed, false);
    });
  });

  describe('acting', () => {
    it('grows the revision by one and adds to the timeline, newest last', async () => {
      const desk = bench().desk({ name: 'Jana' });
      const filed = await fileCase(desk);
      bench().pass(1_000);
      const noted = value(await desk.act(filed.id, note('More'), upon(filed)));
      const limited = filed.limits && { limits: { bytesLeft: filed.limits.bytesLeft - 'More'.length } };
      assert.deepEqual(noted, {
        ...{ ...filed, ...limited },
        ...{ revision: 2, notes: 1, updatedAt: bench().now() },
        timeline: [
          ...filed.timeline,
          {
            kind: 'annotated',
            seq: 2,
            at: bench().now(),
            by: { name: 'Jana' },
            status: 'open',
            text: 'More',
            files: [],
          },
        ],
      });
      assert.deepEqual(value(await desk.get(filed.id)), noted);
    });

    it('answers a stale revision with the current one and changes nothing', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      const noted = value(await desk.act(filed.id, note('first'), upon(filed)));
      const late = await desk.act(filed.id, note('late'), upon(filed));
      assert.deepEqual(refusal(late), { code: 'conflict', revision: 2 });
      assert.deepEqual(value(await desk.get(filed.id)), noted);
    });

    it('of many writes on one revision lets exactly one through', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => desk.act(filed.id, note(`note ${index}`), upon(filed))),
      );
      assert.equal(answers.filter(answer => answer.ok).length, 1);
      assert.equal(value(await desk.get(filed.id)).timeline.length, 2);
    });

    it('refuses a note of nothing, an unknown action, garbage', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      const refused = async (action: unknown): Promise<unknown> =>
        refusal(await desk.act(filed.id, action as CaseAction, upon(filed)));
      const issue = (path: string, code: string): unknown => ({ code: 'invalid', issues: [{ path, code }] });
      assert.deepEqual(await refused(note(' ')), issue('text', 'required'));
      assert.deepEqual(await refused({ kind: 'explode' }), issue('kind', 'invalid'));
      assert.deepEqual(await refused({ kind: 'close', text: '' }), issue('reason', 'required'));
      for (const garbage of [null, undefined, 1, 'close', []])
        assert.equal(refusal(await desk.act(filed.id, garbage as never, upon(filed))).code, 'invalid');
    });

    it('does not know ids that are not there or none at all', async () => {
      const desk = bench().desk();
      for (const id of [randomUUID(), '', '../..', "' OR 1=1", '\0']) {
        assert.deepEqual(refusal(await desk.get(id)), { code: 'notFound' });
        assert.deepEqual(refusal(await desk.act(id, note('x'), { ...once(), revision: 1 })), { code: 'notFound' });
        assert.equal(
          refusal(await desk.postToIncident(id, { status: 'resolved', text: 'x' }, { ...once(), revision: 1 })).code,
          'notFound',
        );
      }
    });

    it('records a request for information as the first response, once', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      bench().pass(60_000);
      const at = bench().now();
      const asked = value(await desk.act(filed.id, { kind: 'requestInformation', text: 'Logs?' }, upon(filed)));
      assert.equal(asked.firstResponseAt, at);
      assert.deepEqual(
        asked.timeline.slice(1).map(({ kind, seq, status }) => [kind, seq, status]),
        [
          ['informationRequested', 2, 'actionRequired'],
          ['firstResponseRecorded', 3, 'actionRequired'],
        ],
      );
      const answered = value(await desk.act(filed.id, { kind: 'answer', text: 'Here', files: [] }, upon(asked)));
      bench().pass(60_000);
      const again = value(await desk.act(filed.id, { kind: 'requestInformation', text: 'More?' }, upon(answered)));
      assert.equal(again.firstResponseAt, at);
      assert.equal(again.timeline.length, 5);
      const twice = await desk.act(filed.id, { kind: 'recordFirstResponse', respondedAt: at, text: '' }, upon(again));
      assert.deepEqual(refusal(twice), { code: 'alreadyRecorded', action: 'recordFirstResponse' });
    });

    it('takes a first response of the past, not of the future', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      const respond = (respondedAt: number): ReturnType<typeof desk.act> =>
        desk.act(filed.id, { kind: 'recordFirstResponse', respondedAt, text: '' }, upon(filed));
      for (const at of [bench().now() + 1, -1, 8.7e15]) {
        const issue = { path: 'respondedAt', code: 'invalid' };
        assert.deepEqual(refusal(await respond(at)), { code: 'invalid', issues: [issue] });
      }
      assert.equal(value(await respond(bench().now() - day)).firstResponseAt, bench().now() - day);
    });

    it("keeps both sides of the severity; the desk's counts", async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk, { severity: 'B' });
      const set = { kind: 'changeSeverity', severity: 'C', side: 'set', text: 'Not critical' } as const;
      const changed = value(await desk.act(filed.id, set, upon(filed)));
      assert.deepEqual([changed.severityProposed, changed.severitySet], ['B', 'C']);
      const proposed = value(await desk.act(filed.id, { ...set, severity: 'A', side: 'proposed' }, upon(changed)));
      assert.deepEqual([proposed.severityProposed, proposed.severitySet], ['A', 'C']);
      assert.deepEqual(
        proposed.timeline.slice(1).map(event => event.kind === 'severityChanged' && [event.side, event.from, event.to]),
        [
          ['set', undefined, 'C'],
          ['proposed', 'B', 'A'],
        ],
      );
      assert.deepEqual(value(await desk.count({}, 'severity')), [{ value: 'C', count: 1 }]);
    });

    it('lets each role change its own side of the severity only', async () => {
      const filed = await fileCase(bench().desk());
      const change = async (role: 'requester' | 'agent', side: 'proposed' | 'set'): Promise<unknown> => {
        const desk = bench().desk({ roles: [role] });
        const current = value(await desk.get(filed.id));
        const answer = await desk.act(
          filed.id,
          { kind: 'changeSeverity', severity: 'B', side, text: '' },
          upon(current),
        );
        return answer.ok ? 'done' : answer.error;
      };
      const no = { code: 'notYours', action: 'changeSeverity' };
      assert.deepEqual(await change('requester', 'set'), no);
      assert.deepEqual(await change('agent', 'proposed'), no);
      assert.deepEqual([await change('requester', 'proposed'), await change('agent', 'set')], ['done', 'done']);
    });

    it('forgets the reason for closing when a case is reopened', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      const closed = value(await desk.act(filed.id, { kind: 'close', reason: 'solved', text: '' }, upon(filed)));
      assert.deepEqual([closed.status, closed.closeReason], ['closed', 'solved']);
      const reopened = value(await desk.act(filed.id, { kind: 'reopen', text: 'Again' }, upon(closed)));
      assert.deepEqual([reopened.status, reopened.closeReason], ['reopened', undefined]);
      assert.equal('closeReason' in value(await desk.get(filed.id)), false);
    });

    it("records the vendor's number and the one before it", async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      const first = value(await desk.act(filed.id, { kind: 'recordVendorNumber', vendorNumber: 'SR 1' }, upon(filed)));
      const second = value(await desk.act(filed.id, { kind: 'recordVendorNumber', vendorNumber: 'SR 2' }, upon(first)));
      assert.deepEqual([second.vendorNumber, second.status], ['SR 2', 'waitingForSupport']);
      const last = second.timeline.at(-1);
      assert.ok(last?.kind === 'vendorNumberRecorded' && last.from === 'SR 1');
    });
  });

  describe('repeating a write', () => {
    it('answers the same and does nothing twice, whatever happened since', async () => {
      const desk = bench().desk({ name: 'Jana' });
      const filing = once();
      const filed = value(await desk.file(newCase(), filing));
      const write = upon(filed);
      const noted = value(await desk.act(filed.id, note('once'), write));
      bench().pass(day);
      value(await desk.act(filed.id, { kind: 'close', reason: 'solved', text: '' }, upon(noted)));
      assert.deepEqual(value(await desk.act(filed.id, note('once'), write)), noted);
      assert.deepEqual(value(await desk.file(newCase(), filing)), filed);
      assert.equal(value(await desk.list({}, { limit: 10 })).items.length, 1);
      assert.equal(value(await desk.get(filed.id)).timeline.length, 3);
    });

    it('holds when both are under way at once', async () => {
      const desk = bench().desk();
      const filing = once();
      const answers = await Promise.all([1, 2, 3].map(() => desk.file(newCase(), filing)));
      assert.deepEqual(new Set(answers.map(answer => value(answer).id)).size, 1);
    });

    it('refuses the key for anything else', async () => {
      const desk = bench().desk();
      const filing = once();
      const filed = value(await desk.file(newCase(), filing));
      assert.deepEqual(refusal(await desk.file(newCase({ title: 'Other' }), filing)), { code: 'keyReused' });
      const reused = { ...filing, revision: 1 };
      assert.deepEqual(refusal(await desk.act(filed.id, note('x'), reused)), { code: 'keyReused' });
      assert.deepEqual(refusal(await desk.recordIncident(newIncident(), filing)), { code: 'keyReused' });
    });

    it('keeps nothing of a write that was refused', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      const write = { ...once(), revision: 7 };
      assert.equal(refusal(await desk.act(filed.id, note('x'), write)).code, 'conflict');
      assert.equal(value(await desk.act(filed.id, note('y'), { ...write, revision: 1 })).revision, 2);
    });

    it('is remembered for 30 days', async () => {
      const desk = bench().desk();
      const filing = once();
      const first = value(await desk.file(newCase(), filing));
      bench().pass(30 * day);
      assert.equal(value(await desk.file(newCase(), filing)).id, first.id);
      bench().pass(1);
      assert.notEqual(value(await desk.file(newCase(), filing)).id, first.id);
    });

    it('needs a key that is one', async () => {
      for (const key of ['', 'x', '__proto__', "'; DROP TABLE cases"]) {
        const issues = [{ path: 'key', code: 'invalid' }];
        assert.deepEqual(refusal(await bench().desk().file(newCase(), { key })), { code: 'invalid', issues });
      }
    });
  });

  describe('incidents', () => {
    it('are recorded with a first post, posted to by revision, and repeated safely', async () => {
      const desk = bench().desk({ name: 'Jana' });
      const recording = once();
      const recorded = value(await desk.recordIncident(newIncident(), recording));
      bench().pass(1);
      const by = { name: 'Jana' };
      const posts = [{ at: bench().now() - 1, by, status: 'investigating', text: 'We look into it.' }];
      assert.deepEqual([recorded.posts, recorded.revision, recorded.status], [posts, 1, 'investigating']);
      const write = upon(recorded);
      const posted = value(await desk.postToIncident(recorded.id, { status: 'serviceRestored', text: 'Done' }, write));
      assert.deepEqual(posted.posts.at(-1), { at: bench().now(), by, status: 'serviceRestored', text: 'Done' });
      const stale = await desk.postToIncident(recorded.id, { status: 'resolved', text: 'Late' }, upon(recorded));
      assert.deepEqual(refusal(stale), { code: 'conflict', revision: 2 });
      assert.deepEqual(value(await desk.recordIncident(newIncident(), recording)), recorded);
      const repeated = await desk.postToIncident(recorded.id, { status: 'serviceRestored', text: 'Done' }, write);
      assert.deepEqual(value(repeated), posted);
      assert.deepEqual(value(await desk.incidents()), [posted]);
    });

    it('stand on the board active ones first, then by newest change', async () => {
      const desk = bench().desk();
      const record = async (title: string, status: 'investigating' | 'resolved'): Promise<void> => {
        bench().pass(1);
        value(await desk.recordIncident(newIncident({ title, status }), once()));
      };
      await record('old', 'investigating');
      await record('over', 'resolved');
      await record('new', 'investigating');
      assert.deepEqual(
        value(await desk.incidents()).map(({ title }) => title),
        ['new', 'old', 'over'],
      );
    });

    it('refuse words that no health status has', async () => {
      const incident = newIncident({ status: 'onFire' as never });
      assert.equal(refusal(await bench().desk().recordIncident(incident, once())).code, 'invalid');
    });
  });

  describe('telling of changes', () => {
    it('names the cases that changed, until one stops listening', async () => {
      const desk = bench().desk();
      const filed = await fileCase(desk);
      const told: DeskChange[] = [];
      const stop = desk.onDidChange(change => told.push(change));
      const noted = value(await desk.act(filed.id, note('x'), upon(filed)));
      value(await desk.recordIncident(newIncident(), once()));
      refusal(await desk.act(filed.id, note('x'), upon(filed)));
      await eventually(() => assert.deepEqual(told, [{ cases: [filed.id] }, { incidents: true }]));
      stop();
      value(await desk.act(filed.id, note('x'), upon(noted)));
      assert.equal(told.length, 2);
    });
  });
}
