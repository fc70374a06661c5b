import { operations } from '../../api/operations.ts';
import { fail, ok } from '../../desk/errors.ts';
import { issueOf } from '../../desk/healthReading.ts';
import type { HealthSource } from '../healthSource.ts';
import type { Instant } from '../../rules/decision.ts';
import { failureOf, type GetJson } from '../source.ts';

/** The incidents that a team records by hand on its desk. It has no services of its own. */
export function deskHealth(origin: string, get: GetJson, now: () => Instant): HealthSource {
  const source = `desk:${origin}`;
  const { path, answer } = operations.incidents;
  return {
    id: source,
    async read(signal) {
      const got = await get(path, {}, signal);
      if (!got.ok) return fail(failureOf(got.error, now()));
      const incidents = answer.safeParse(got.value.body);
      if (!incidents.success) return fail({ code: 'notASource' });
      const issues = incidents.data.map(issueOf);
      return ok({ source, name: '', asOf: now(), partial: false, services: [], issues, notices: [] });
    },
  };
}
