// The least that answers as a team desk does, until the server itself is here.
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Problem } from '../../../src/api/problem.ts';
import { statuses } from '../../../src/api/problem.ts';
import type { CaseAction, NewCase } from '../../../src/desk/case.ts';
import type { CaseQuery, Desk, Grouping } from '../../../src/desk/desk.ts';
import type { DeskError, Result } from '../../../src/desk/errors.ts';
import type { NewIncident, NewPost } from '../../../src/desk/health.ts';
import type { Exchange, Fault } from '../../support/faultServer.ts';

function problemOf(error: DeskError): Problem {
  const { code, ...members } = error;
  const status = { ...statuses }[code as keyof typeof statuses];
  const { status: caseStatus, ...rest } = { status: undefined, ...members };
  const more = caseStatus === undefined ? {} : { caseStatus };
  return { ...rest, ...more, type: `urn:casebook:problem:${code}`, title: code, status, code };
}

function reply(response: ServerResponse, result: Result<unknown>): void {
  const body = result.ok ? result.value : problemOf(result.error);
  const type = result.ok ? 'application/json' : 'application/problem+json';
  response.writeHead(result.ok ? 200 : problemOf(result.error).status, { 'Content-Type': type });
  response.end(JSON.stringify(body));
}

/** Answers by the desk that `deskOf` finds for a token. */
export function ledgerServer(deskOf: (token: string) => Desk): Fault {
  return async ({ seen, request, response, whole }: Exchange) => {
    const desk = deskOf((seen.headers.authorization ?? '').replace('Bearer ', ''));
    const url = new URL(seen.url, 'http://desk.test');
    const [, , kind = '', id = '', verb] = url.pathname.split('/').map(decodeURIComponent);
    const query = url.searchParams;
    const body = async (): Promise<unknown> => JSON.parse((await whole()).body.toString() || 'null');
    const key = String(seen.headers['idempotency-key']);
    const write = { key, revision: Number(String(seen.headers['if-match']).replaceAll('"', '')) };
    const filter: CaseQuery = {
      text: query.get('text') ?? '',
      status: query.getAll('status') as never,
      severity: query.getAll('severity') as never,
      service: query.get('service') ?? '',
    };
    const cursor = query.get('cursor');
    switch (`${request.method ?? ''} ${kind}${id && kind !== 'cases' ? '/' : ''}${verb ?? ''}`) {
      case 'GET me': {
        const me = { capabilities: desk.capabilities(), person: { name: 'Jana' }, tenant: 't', keyDays: 30 };
        reply(response, { ok: true, value: me });
        return;
      }
      case 'GET cases':
        if (id === 'counts') {
          reply(response, await desk.count(filter, query.get('by') as Grouping));
          return;
        }
        if (id !== '') {
          reply(response, await desk.get(id));
          return;
        }
        {
          reply(
            response,
            await desk.list(filter, {
              limit: Math.min(100, Number(query.get('limit'))),
              ...(cursor !== null && { cursor }),
            }),
          );
          return;
        }
      case 'POST cases': {
        reply(response, await desk.file((await body()) as NewCase, { key }));
        return;
      }
      case 'POST casesactions': {
        reply(response, await desk.act(id, (await body()) as CaseAction, write));
        return;
      }
      case 'GET filed/': {
        const filed = await desk.filedAs(id);
        reply(response, filed.ok ? { ok: true, value: filed.value === undefined ? {} : { id: filed.value } } : filed);
        return;
      }
      case 'POST files': {
        reply(
          response,
          await desk.upload({ name: query.get('name') ?? '', chunks: () => request as AsyncIterable<Uint8Array> }),
        );
        return;
      }
      case 'GET files/': {
        const content = await desk.download(id);
        if (!content.ok) {
          reply(response, content);
          return;
        }
        response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
        return void response.end(content.value);
      }
      case 'GET incidents': {
        reply(response, await desk.incidents());
        return;
      }
      case 'POST incidents': {
        reply(response, await desk.recordIncident((await body()) as NewIncident, { key }));
        return;
      }
      case 'POST incidents/posts': {
        reply(response, await desk.postToIncident(id, (await body()) as NewPost, write));
        return;
      }
      case 'GET events': {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
        const stop = desk.onDidChange(change => {
          response.write(`id: ${randomUUID()}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`);
        });
        return void response.on('close', stop);
      }
      default: {
        reply(response, { ok: false, error: { code: 'notFound' } });
        return;
      }
    }
  };
}
