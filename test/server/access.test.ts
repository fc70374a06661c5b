import { strict as assert } from 'node:assert';
import { after, before, describe, it } from 'mocha';
import { operations, type OperationName } from '../../src/api/operations.ts';
import type { DeskRole } from '../../src/desk/lifecycle.ts';
import { newCase, newIncident } from '../desk/build.ts';
import { everyRole } from '../desk/conformance.ts';
import type { Got, Sent, TestServer } from './support/server.ts';
import { ask, problem, startServer } from './support/server.ts';

const draft = newCase({ contact: 'Jana' });
const key = '0d9f6a51-8f1b-4f0c-9d6c-3c1d2f6a7b10';
const bytes = { 'content-type': 'application/octet-stream' };

/** What there is in the tenant `main`. */
interface Sample {
  readonly caseId: string;
  readonly incidentId: string;
  readonly sha256: string;
}
interface Row {
  readonly request: (of: Sample) => readonly [string, Sent?];
  /** Who of the roles it is for; `anyone` includes who has none. */
  readonly by: readonly DeskRole[] | 'anyone';
  /** What a role is told that it is not for. */
  readonly others?: string;
  /** What somebody of another tenant gets, who is everything there. */
  readonly foreign: (got: Got) => unknown;
  readonly foreigner: unknown;
}

const status = (got: Got): unknown => got.status;
const none = { by: everyRole, others: '403 refused' } as const;

// Written from what each role is for, not from the code: a new operation has no row, and the compiler says so.
const rows: Readonly<Record<OperationName, Row>> = {
  whoAmI: { request: () => ['GET /v1/me'], by: 'anyone', foreign: ({ json }) => json['tenant'], foreigner: 'other' },
  listCases: { ...none, request: () => ['GET /v1/cases'], foreign: ({ text }) => text, foreigner: '{"items":[]}' },
  countCases: {
    ...none,
    request: () => ['GET /v1/cases/counts?by=status'],
    foreign: ({ text }) => text,
    foreigner: '[]',
  },
  getCase: {
    ...none,
    request: ({ caseId }) => [`GET /v1/cases/${caseId}`],
    foreign: problem,
    foreigner: '404 notFound',
  },
  fileCase: {
    ...{ request: () => ['POST /v1/cases', { body: draft }], by: ['requester'], others: '403 refused' },
    ...{ foreign: status, foreigner: 201 },
  },
  actOnCase: {
    request: ({ caseId }) => [
      `POST /v1/cases/${caseId}/actions`,
      { body: { kind: 'annotate', text: 'x', files: [] }, headers: { 'if-match': '"1"' } },
    ],
    ...{ by: ['requester', 'agent'], others: '403 notYours' },
    ...{ foreign: problem, foreigner: '404 notFound' },
  },
  filedAs: { ...none, request: () => [`GET /v1/filed/${key}`], foreign: ({ text }) => text, foreigner: '{}' },
  upload: {
    ...none,
    request: () => ['POST /v1/files?name=a', { body: 'content', headers: bytes }],
    ...{ foreign: status, foreigner: 201 },
  },
  download: {
    ...none,
    request: ({ sha256 }) => [`GET /v1/files/${sha256}`],
    foreign: problem,
    foreigner: '404 notFound',
  },
  incidents: { request: () => ['GET /v1/incidents'], by: 'anyone', foreign: ({ text }) => text, foreigner: '[]' },
  recordIncident: {
    ...{
      request: () => ['POST /v1/incidents', { body: newIncident() }],
      by: ['requester', 'agent'],
      others: '403 notYours',
    },
    ...{ foreign: status, foreigner: 201 },
  },
  postToIncident: {
    request: ({ incidentId }) => [
      `POST /v1/incidents/${incidentId}/posts`,
      { body: { status: 'resolved', text: 'Over' }, headers: { 'if-match': '"1"' } },
    ],
    ...{ by: ['requester', 'agent'], others: '403 notYours' },
    ...{ foreign: problem, foreigner: '404 notFound' },
  },
  healthSnapshots: {
    ...{ request: () => ['GET /v1/health/snapshots'], by: 'anyone', foreign: ({ text }) => text, foreigner: '[]' },
  },
  publishHealth: {
    ...{
      request: () => ['POST /v1/health/snapshots', { body: { source: 'graph:china', snapshot: 'signed' } }],
      by: ['requester', 'agent'],
      others: '403 notYours',
    },
    ...{ foreign: status, foreigner: 201 },
  },
  // Streams never end; events.test.ts is about them.
  events: { request: () => ['GET /v1/events'], by: 'anyone', foreign: () => 'a stream', foreigner: 'a stream' },
};
const names = (Object.keys(operations) as OperationName[]).filter(name => name !== 'events');
const somebody: readonly (readonly DeskRole[])[] = [
  [],
  ['requester'],
  ['reviewer'],
  ['agent'],
  ['reviewer', 'agent'],
  everyRole,
];

describe('Who may ask what of a team desk', () => {
  let server: TestServer;
  before(async () => {
    server = await startServer();
  });
  after(() => server.close());

  async function sample(): Promise<Sample> {
    const token = await server.token();
    const filed = await ask(server, 'POST /v1/cases', { token, body: draft });
    const recorded = await ask(server, 'POST /v1/incidents', { token, body: newIncident() });
    await ask(server, 'POST /v1/health/snapshots', { token, body: { source: 'graph:worldwide', snapshot: 'of main' } });
    const kept = await ask(server, 'POST /v1/files?name=secret.txt', { token, body: 'of main', headers: bytes });
    return {
      caseId: String(filed.json['id']),
      incidentId: String(recorded.json['id']),
      sha256: String(kept.json['sha256']),
    };
  }
  const send = async (name: OperationName, token: string | undefined, of: Sample): Promise<Got> => {
    const [line, sent] = rows[name].request(of);
    return ask(server, line, { ...sent, ...(token !== undefined && { token }) });
  };
  const kept = async ({ caseId, incidentId }: Sample): Promise<unknown> => {
    const token = await server.token();
    const found = await ask(server, `GET /v1/cases/${caseId}`, { token });
    const board = await ask(server, 'GET /v1/incidents', { token });
    const incident = (board.json as unknown as { id: string; revision: number }[]).find(({ id }) => id === incidentId);
    return [found.json['revision'], incident?.revision];
  };

  for (const name of names) {
    const { by, others, foreign, foreigner } = rows[name];
    const isWrite = 'write' in operations[name];
    for (const roles of somebody) {
      const may = by === 'anyone' || by.some(role => roles.includes(role));
      // Who is nothing to the desk gets no further than that, whatever it is.
      const told = roles.length === 0 && name === 'actOnCase' ? '403 refused' : others;
      it(`${name}: ${roles.join(' and ') || 'nobody'} ${may ? 'may' : `is told ${String(told)}`}`, async () => {
        const of = await sample();
        const got = await send(name, await server.token({ roles: [...roles] }), of);
        if (may) assert.ok(got.status < 300, got.text);
        else {
          assert.equal(problem(got), told);
          assert.deepEqual(await kept(of), [1, 1]);
        }
      });
    }

    it(`${name}: somebody of another tenant meets nothing of this one`, async () => {
      const of = await sample();
      const got = await send(
        name,
        await server.token({ tenant: name === 'whoAmI' ? 'other' : `other-${name.toLowerCase()}` }),
        of,
      );
      assert.deepEqual(foreign(got), foreigner);
      for (const hidden of Object.values(of)) assert.equal(got.text.includes(String(hidden)), false);
      assert.deepEqual(await kept(of), [1, 1]);
    });

    it(`${name}: a token for reading ${isWrite ? 'writes nothing' : 'is enough'}`, async () => {
      const of = await sample();
      const got = await send(name, await server.token({ scope: 'read' }), of);
      if (isWrite) assert.equal(problem(got), '403 forbidden');
      else assert.ok(got.status < 300);
      assert.deepEqual(await kept(of), [1, 1]);
    });

    it(`${name}: nobody without a token`, async () => {
      const of = await sample();
      const got = await send(name, undefined, of);
      assert.equal(problem(got), '401 unauthenticated');
      assert.equal(got.headers.get('www-authenticate'), 'Bearer');
    });
  }

  it('tells who is nothing to the desk by which facts it has no cases for them', async () => {
    const token = await server.token({ roles: [] });
    const { json } = await ask(server, 'GET /v1/cases', { token });
    assert.equal(json['rule'], 'notAdministrator');
    for (const fact of ['C-27', 'C-33', 'C-34']) assert.ok((json['facts'] as string[]).includes(fact));
  });
});
