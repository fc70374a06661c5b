import { fail, ok } from '../../../src/desk/errors.ts';
import type { GetFailure, GetJson } from '../../../src/connectors/source.ts';

/** A request as it left a connector. */
export interface Asked {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is answered: JSON, or a failure. */
export type Answer = { readonly json: unknown; readonly date?: number } | GetFailure;

/** A server made of a function; `undefined` is 404. */
export function answering(
  origin: string,
  answer: (asked: Asked) => Answer | undefined,
): GetJson & { readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const get: GetJson = (path, headers) => {
    const request = { url: new URL(path, origin), headers };
    asked.push(request);
    const found = answer(request) ?? { code: 'status', status: 404 };
    if ('code' in found) return Promise.resolve(fail(found));
    return Promise.resolve(ok({ body: found.json, date: found.date }));
  };
  return Object.assign(get, { asked });
}

export const never = new AbortController().signal;
