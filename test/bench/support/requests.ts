// Requests over connections that stay open, as many at once as there are workers; what they cost is the same for both sides.
import { Agent, request } from 'node:http';

export interface Asked {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes it a POST. */
  readonly body?: string;
}
export type Ask = (asked: Asked) => Promise<string>;

/** What requests of one turn took, in milliseconds; `each` is the whole time shared among them. */
export interface Taken {
  readonly each: number;
  readonly p50: number;
  readonly p99: number;
}

/** Asks one server; an answer that is no success rejects. */
export function asking(url: string, connections: number): { readonly ask: Ask; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const ask: Ask = ({ path, headers, body }) =>
    new Promise((resolve, reject) => {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const method = body === undefined ? 'GET' : 'POST';
      const asked = request(`${url}${path}`, { agent, method, headers: { ...type, ...headers } }, answer => {
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        answer.on('error', reject).on('end', () => {
          if (answer.statusCode === 200 || answer.statusCode === 201) resolve(text);
          else reject(new Error(`The server refused: ${String(answer.statusCode)} ${text}`));
        });
      });
      asked.on('error', reject).end(body);
    });
  return { ask, close: () => agent.destroy() };
}

/** Works through `items` pieces of work with so many workers; a worker goes on with what its last piece came to. */
export async function timed<State>(
  items: number,
  workers: number,
  first: State,
  work: (state: State) => Promise<State>,
): Promise<Taken> {
  const taken: number[] = [];
  let left = items;
  const begin = performance.now();
  const worker = async (): Promise<void> => {
    for (let state = first; left-- > 0;) {
      const asked = performance.now();
      state = await work(state);
      taken.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  const each = (performance.now() - begin) / items;
  taken.sort((a, b) => a - b);
  const part = (share: number): number => taken[Math.min(items - 1, Math.floor(items * share))] ?? NaN;
  return { each, p50: part(0.5), p99: part(0.99) };
}
