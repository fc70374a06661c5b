import type { Desk } from '../desk/desk.ts';
import type { DraftStore } from '../desk/drafts.ts';
import { fail, ok, type DeskError, type Result } from '../desk/errors.ts';
import type { Instant } from '../rules/decision.ts';
import { sampleSteps, type Step, type Writer } from './samples.ts';

/** What is filled. Desk and drafts ask `clock` for the time, which moves from step to step. */
export interface Filled {
  readonly desk: Desk;
  readonly drafts: Pick<DraftStore, 'create'>;
  readonly clock: { now: Instant };
  readonly id: () => string;
}

/** Where a case or an incident stands, for the next write to it. */
interface Place {
  readonly id: string;
  readonly revision: number;
}
const nowhere: Place = { id: '', revision: 0 };

/** Fills an empty desk by using it, so that timelines and targets are what they would be; stops at the first failure. */
export async function fillPractice(filled: Filled, start: Instant, writer: Writer): Promise<Result<void>> {
  const places = new Map<string, Place>();
  for (const step of sampleSteps(start, writer)) {
    filled.clock.now = step.at;
    const done = await take(step, filled, places);
    if (!done.ok) return done;
    if (done.value !== undefined && 'story' in step) places.set(step.story, done.value);
  }
  return ok(undefined);
}

async function take(
  step: Step,
  { desk, drafts, id }: Filled,
  places: ReadonlyMap<string, Place>,
): Promise<Result<Place | undefined>> {
  const write = { key: id() };
  switch (step.does) {
    case 'file':
      return desk.file(step.draft, write);
    case 'act': {
      const { id: of, revision } = places.get(step.story) ?? nowhere;
      return desk.act(of, step.action, { ...write, revision });
    }
    case 'record':
      return desk.recordIncident(step.incident, write);
    case 'post': {
      const { id: of, revision } = places.get(step.story) ?? nowhere;
      return desk.postToIncident(of, step.post, { ...write, revision });
    }
    case 'draft': {
      const created = await drafts.create(step.content);
      // What can go wrong with a draft can go wrong with a desk too, and is told in the same words.
      return created.ok ? ok(undefined) : fail<DeskError>(created.error);
    }
  }
}
