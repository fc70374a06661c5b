import { clouds } from '../../connectors/graph/clouds.ts';
import { graphSource } from '../../connectors/graph/source.ts';
import { createHttpClient } from '../../connectors/http/client.ts';
import { parseOrigin } from '../../connectors/http/origin.ts';
import { systemTime } from '../../connectors/http/time.ts';
import { getJsonOver } from '../../connectors/source.ts';
import { statuspageSource } from '../../connectors/statuspage/source.ts';
import { deskHealth } from '../../connectors/team/health.ts';
import type { HealthFailure, HealthIssue, HealthReading } from '../../desk/healthReading.ts';
import type { HealthSource } from '../../connectors/healthSource.ts';
import { goesOn } from '../../desk/healthReading.ts';
import { cloudIds } from '../../desk/words.ts';
import type { Strings } from '../../strings/strings.ts';
import type { Answer, Call } from '../command.ts';
import { BadUse } from '../fault.ts';
import type { Exit, Io } from '../io.ts';
import type { Health } from '../output.ts';
import { plain } from '../plain.ts';
import { isoUtc, showAt } from '../show.ts';

const sources = ['graph', 'statuspage', 'desk'] as const;
/** Where each source's token is; a status page has none. Never an option, which other programs could see. */
const tokenIn = { graph: 'CASEBOOK_GRAPH_TOKEN', desk: 'CASEBOOK_DESK_TOKEN' } as const;

function sourceAt(kind: (typeof sources)[number], origin: string, io: Io): HealthSource {
  const time = { ...systemTime, now: io.now };
  const token = kind === 'statuspage' ? undefined : io.env[tokenIn[kind]];
  const client = { origin, fetch: io.fetch, time };
  const get = getJsonOver(
    createHttpClient(kind === 'statuspage' ? client : { ...client, token: () => Promise.resolve(token) }),
  );
  switch (kind) {
    case 'statuspage':
      return statuspageSource(origin, get, io.now);
    case 'desk':
      return deskHealth(origin, get, io.now);
    case 'graph': {
      // A token of one organisation goes to Microsoft only, or to a stand-in on this machine.
      const id = cloudIds.find(one => clouds[one].graph === origin);
      if (id === undefined && !origin.startsWith('http:')) {
        throw new BadUse('cloud', { name: '--url', choices: cloudIds.map(one => clouds[one].graph).join(', ') });
      }
      return graphSource({ id: id ?? 'worldwide', cloud: { graph: origin }, get, now: io.now });
    }
  }
}

function failureText(failure: HealthFailure, origin: string, { strings, io }: Pick<Call, 'strings' | 'io'>): string {
  const key = `healthFailure.${failure.code}` as const;
  const time = failure.code === 'throttled' ? showAt(failure.until, io.zone, strings.language) : '';
  return strings.lookup(key, { source: origin, time }) ?? failure.code;
}

const instant = (at: number | undefined): string | null => (at === undefined ? null : isoUtc(at));

/** What goes on first, and among those incidents before advisories; else the order of the source. */
const rank = (of: HealthIssue): number => (goesOn(of) ? 0 : 2) + (of.classification === 'advisory' ? 1 : 0);

function jsonOf({ source, name, asOf, partial, services, issues, notices }: HealthReading): Health {
  return {
    ...{ source, name, asOf: isoUtc(asOf), partial, services },
    issues: issues.map(of => ({
      ...{ id: of.id, services: of.services, title: of.title, classification: of.classification, status: of.status },
      ...{ open: goesOn(of), feature: of.feature, impact: of.impact },
      ...{ startedAt: instant(of.startedAt), updatedAt: instant(of.updatedAt), endedAt: instant(of.endedAt) },
      posts: of.posts.map(({ at, text }) => ({ at: instant(at), text })),
    })),
    notices: notices.map(of => ({
      ...{ id: of.id, services: of.services, title: of.title, text: of.text, category: of.category, major: of.major },
      ...{ actionBy: instant(of.actionBy), startsAt: instant(of.startsAt), endsAt: instant(of.endsAt) },
    })),
  };
}

function linesOf({ services, issues, asOf }: HealthReading, zone: string, strings: Strings): string[] {
  const status = (word: string): string => strings.lookup(`health.${word}`) ?? plain(word);
  const disturbed = services.filter(({ status: word }) => word !== 'serviceOperational');
  const open = issues.filter(goesOn);
  const rows = open.map(({ id, classification, status: word, services: on, title }) =>
    [
      ...[plain(id), strings.lookup(`classification.${classification}`) ?? plain(classification), status(word)],
      ...[plain(on.join(', ')), plain(title)],
    ].join('  '),
  );
  const named = disturbed.map(({ name, status: word }) => `${plain(name)}  ${status(word)}`);
  const quiet = named.length + rows.length === 0 ? [strings.t('cli.health.none')] : [];
  return [...named, ...rows, ...quiet, strings.t('cli.health.asOf', { time: showAt(asOf, zone, strings.language) })];
}

/** Service health as a source tells of it now. Nothing is kept, and nothing is asked of another address. */
export async function run(call: Call): Promise<Answer<Health> | Exit> {
  const { given, io, strings } = call;
  const kind = given.neededWord('source', sources);
  if (given.flag('json') && given.flag('text')) throw new BadUse('together', { first: '--json', second: '--text' });
  const url = given.needed('url');
  const origin = parseOrigin(url);
  if (!origin.ok) throw new BadUse('url', { name: '--url', found: url });
  const read = await sourceAt(kind, origin.value, io).read(new AbortController().signal);
  if (!read.ok) {
    await io.err(`casebook: ${failureText(read.error, origin.value, call)}\n`);
    return 3;
  }
  const reading = { ...read.value, issues: read.value.issues.toSorted((a, b) => rank(a) - rank(b)) };
  return { exit: 0, json: jsonOf(reading), lines: linesOf(reading, io.zone, strings) };
}
