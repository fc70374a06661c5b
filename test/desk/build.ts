import { randomUUID } from 'node:crypto';
import type { CaseDetail, NewCase } from '../../src/desk/case.ts';
import type { Desk, FileSource, NewWrite, Write } from '../../src/desk/desk.ts';
import type { DeskError, Result } from '../../src/desk/errors.ts';
import type { NewIncident } from '../../src/desk/health.ts';

/** A complete case; tests name only what they are about. */
export function newCase(over: Partial<NewCase> = {}): NewCase {
  return {
    ...{ profile: 'm365China', category: 'technical', service: 'Exchange Online', title: 'Mail is slow' },
    ...{ text: 'Since this morning every message takes minutes.', impact: '', resource: '', contact: '' },
    ...{ places: [], files: [], zone: 'Europe/Prague' },
    ...over,
  };
}
export function newIncident(over: Partial<NewIncident> = {}): NewIncident {
  const words = { service: 'Exchange Online', title: 'Mail is delayed', text: 'We look into it.' };
  return { ...words, classification: 'incident', status: 'investigating', ...over };
}

export const once = (): NewWrite => ({ key: randomUUID() });
export const upon = ({ revision }: { readonly revision: number }): Write => ({ ...once(), revision });

/** The value of an answer that must be good. */
export function value<Value>(result: Result<Value, unknown>): Value {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.error)}`);
}
/** The error of an answer that must be a refusal. */
export function refusal<Failure = DeskError>(result: Result<unknown, Failure>): Failure {
  if (!result.ok) return result.error;
  throw new Error('not refused');
}

export async function fileCase(desk: Desk, over: Partial<NewCase> = {}): Promise<CaseDetail> {
  return value(await desk.file(newCase(over), once()));
}

/** Content that comes in the given pieces; `end` may throw. */
export function source(name: string, pieces: Iterable<Uint8Array>, end: () => void = () => undefined): FileSource {
  return {
    name,
    async *chunks() {
      for (const piece of pieces) {
        await Promise.resolve();
        yield piece;
      }
      end();
    },
  };
}
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
