// What service health costs: how soon the side bar shows it when there is very much, what a refresh does when nothing
// changed, and how long the process is held by a full page of Graph.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vsix } from '../../../scripts/paths.mjs';
import { issuesOf } from '../../../src/connectors/graph/parse.ts';
import { fail } from '../../../src/desk/errors.ts';
import type { HealthIssue, HealthReading } from '../../../src/desk/healthReading.ts';
import { keptText } from '../../../src/health/kept.ts';
import { HealthMarks } from '../../../src/host/healthMarks.ts';
import { HealthModel } from '../../../src/views/healthModel.ts';
import { settingsWith } from '../../support/settings.ts';
import { memento } from '../../views/support/sources.ts';
import { english } from '../../views/support/builders.ts';
import { anIssue } from '../../connectors/support/graph.ts';
import { startEditor } from '../support/editor.ts';
import { ms, type Bench, type Figure } from '../support/figure.ts';
import { median } from '../support/turns.ts';
import { compareTrees, lessTree } from './tree.ts';

const size = { services: 200, issues: 5_000 } as const;
const shown = `${String(size.services)} services with ${size.issues.toLocaleString('en')} incidents`;
const origin = 'https://status.example';
const source = `statuspage:${origin}`;
const hour = 3_600_000;

/** Every service disturbed, each incident with three posts. */
function reading(now: number): HealthReading {
  const services = Array.from({ length: size.services }, (_, at) => ({
    id: `s${String(at)}`,
    name: `Service ${String(at)}`,
    status: 'serviceDegradation',
  }));
  const issues = Array.from({ length: size.issues }, (_, at): HealthIssue => ({
    ...{ id: `EX${String(900_000 + at)}`, services: [`Service ${String(at % size.services)}`] },
    ...{ title: `Users cannot do what they did yesterday, ${String(at)}`, classification: 'incident' },
    ...{ status: 'serviceDegradation', resolved: false, feature: 'Mail flow', impact: 'Some users see a delay.' },
    ...{ startedAt: now - at * 1_000, updatedAt: now - at * 1_000 },
    posts: [1, 2, 3].map(post => ({ at: now - post * hour, text: `We look into it, ${String(post)}. `.repeat(8) })),
  }));
  return { source, name: 'Example', asOf: now, partial: false, services, issues, notices: [] };
}

/** What a window read a moment ago, as all windows find it; nothing is asked while it is measured. */
async function fill(profile: string): Promise<Readonly<Record<string, unknown>>> {
  const folder = join(profile, 'user', 'User', 'globalStorage', 'casebook.casebook', 'health');
  await mkdir(folder, { recursive: true });
  const now = Date.now();
  const kept = keptText({ format: 2, source, reading: reading(now), tried: now, due: now + 20 * hour, slower: 1 });
  const name = `health-${createHash('sha256').update(source).digest('hex').slice(0, 16)}.json`;
  await writeFile(join(folder, name), kept);
  return { 'casebook.healthSources': [{ kind: 'statuspage', name: 'Example', origin }] };
}

export async function healthTree({ runs = 7, selfCheck }: Bench, folder: string): Promise<Figure[]> {
  if (selfCheck) return [];
  const editor = await startEditor(folder, vsix, fill);
  const health = { extension: 'casebook.casebook', container: 'Casebook', view: 'Service health', level: 1 };
  try {
    return await compareTrees(editor, {
      what: `${shown}, to the first painted`,
      runs,
      floor: lessTree,
      subject: health,
      most: { asked: 0.4 },
    });
  } finally {
    await editor.close();
  }
}

/** How long `work` holds a processor, in milliseconds: of some rounds the median, each of many times. */
async function timed(work: () => unknown): Promise<number> {
  const [rounds, times] = [9, 10];
  const samples: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const begin = process.cpuUsage();
    for (let time = 0; time < times; time++) await work();
    const { user, system } = process.cpuUsage(begin);
    samples.push((user + system) / 1_000 / times);
  }
  return median(samples);
}

export async function healthParts({ selfCheck }: Bench): Promise<Figure[]> {
  if (selfCheck) return [];
  const now = Date.now();
  const state = { reading: reading(now), due: now + hour };
  const nothing = (): void => undefined;
  const model = new HealthModel(
    {
      log: { info: nothing, error: nothing, show: nothing, dispose: nothing },
      ...{ now: () => now, strings: () => Promise.resolve(english), practice: { on: () => false } },
      settings: () => Promise.resolve({ settings: settingsWith({ services: [] }), problems: [] }),
      desk: () => Promise.resolve(fail({ code: 'failed' })),
      health: () =>
        Promise.resolve({
          ...{ all: () => [{ id: source, label: 'Example', state }], onDidChange: () => nothing, look: () => nothing },
          ...{ refresh: () => Promise.resolve(), issue: () => Promise.resolve(fail({ code: 'noService' })) },
          link: () => undefined,
        }),
    },
    { marks: new HealthMarks(memento()), filter: () => '' },
  );
  await model.refresh();
  let changes = 0;
  const again = await timed(async () => (changes += (await model.refresh())?.length ?? 1));

  // Of the length and with the marks of what the service posts: a title and some paragraphs.
  const said =
    'Users may be unable to send or receive messages, which wait until the next change; details&nbsp;follow.';
  const html = `<p><strong>Title:</strong> Mail is late</p>${`<p>${said}<br>${said}</p>`.repeat(5)}`;
  const post = { createdDateTime: '2026-03-04T01:00:00Z', description: { contentType: 'html', content: html } };
  const posts = Array.from({ length: 5 }, () => post);
  const page = Array.from({ length: 100 }, (_, at) => anIssue({ id: `EX${String(at)}`, posts }));
  const parsed = await timed(() => issuesOf(page));
  return [
    {
      what: `${shown}, read again without a change`,
      ...{ floor: '', casebook: `${String(changes)} rows told, ${ms(again)}`, budget: 'none', ok: changes === 0 },
    },
    {
      what: 'a full page of Graph (100 incidents, 500 posts), parsed',
      ...{ floor: '', casebook: ms(parsed), budget: '< 10 ms', ok: parsed < 10 },
    },
  ];
}
