// A client and the server it talks to, in one process, with a clock that stands still.
import { afterEach, beforeEach } from 'mocha';
import type { HttpClient, HttpOptions, HttpRequest } from '../../../src/connectors/http/client.ts';
import { createHttpClient } from '../../../src/connectors/http/client.ts';
import type { FakeTime } from '../../support/fakeTime.ts';
import { createFakeTime } from '../../support/fakeTime.ts';
import type { FaultServer } from '../../support/faultServer.ts';
import { startFaultServer } from '../../support/faultServer.ts';

/** What must never be seen anywhere but in the one header it is for. */
export const canary = 'cbk_canary_5f0c2a1d9e';

export interface HttpBench {
  readonly server: FaultServer;
  readonly time: FakeTime;
  readonly http: HttpClient;
  /** Everything that was logged. */
  readonly logged: readonly unknown[];
  /** One more client of the same server. */
  readonly client: (over?: Partial<HttpOptions>) => HttpClient;
}

/** A bench for each test of the suite around it. */
export function httpBench(): () => HttpBench {
  let bench: HttpBench;
  beforeEach(async () => {
    const server = await startFaultServer();
    const time = createFakeTime();
    const logged: unknown[] = [];
    const client = (over: Partial<HttpOptions> = {}): HttpClient =>
      createHttpClient({
        origin: server.origin,
        token: () => Promise.resolve(canary),
        fetch: globalThis.fetch,
        time,
        log: (event, details) => logged.push([event, details]),
        ...over,
      });
    bench = { server, time, logged, client, http: client() };
  });
  afterEach(() => bench.server.close());
  return () => bench;
}

export const get = (path: string, over: Partial<HttpRequest> = {}): HttpRequest => ({ method: 'GET', path, ...over });
/** A write that may be repeated, unless its key is taken away. */
export const post = (path: string, headers: Record<string, string> = { 'Idempotency-Key': 'k' }): HttpRequest => ({
  method: 'POST',
  path,
  headers,
  body: { type: 'application/json', content: '{"text":"hello"}' },
});
