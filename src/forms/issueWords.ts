import type { SeenIncident } from '../desk/case.ts';
import { knownStatus } from '../desk/healthReading.ts';
import type { Strings } from '../strings/strings.ts';
import { wordOf } from './sentences.ts';

/** The sentence of a status; a word we do not know stays as the source has it. */
export const statusWord = (status: string, strings: Strings): string =>
  wordOf(strings, 'health', knownStatus(status) ?? status);

/** An incident that was shown before a case was filed, as a line: what a source calls it by, its title, service and status. */
export function seenWords({ source, id, title, service, status }: SeenIncident, strings: Strings): string {
  const named = source === undefined ? title : `${id} ${title}`;
  return [named, service, statusWord(status, strings)].filter(part => part !== '').join(' · ');
}
