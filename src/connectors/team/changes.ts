import * as z from 'zod/mini';
import { heartbeat, operations } from '../../api/operations.ts';
import type { DeskChange } from '../../desk/desk.ts';
import type { HttpClient } from '../http/client.ts';
import { usualLimits } from '../http/client.ts';
import type { Time } from '../http/time.ts';
import { sleep } from '../http/time.ts';
import { eventsOf } from './eventStream.ts';
import { ReadChange } from './reading.ts';

export type Listener = (change: DeskChange) => void;

/** Follows what changes at a desk while somebody wants to know. */
export interface Changes {
  /** Call the answer to stop. */
  listen(listener: Listener): () => void;
  /** Lets go of the connection and asks nothing, until `resume`; what changed meanwhile is told then. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface ChangesOptions {
  readonly http: HttpClient;
  readonly time: Time;
  /** How often the desk has answered anything, to know whether something was read before the stream was open. */
  readonly answers: () => number;
  /** A short text that differs when something at the desk has changed; nothing when it cannot be had. */
  readonly look: (signal: AbortSignal) => Promise<string | undefined>;
}

/** A stream that is quiet for this long is dead, in milliseconds. */
const silence = 3 * heartbeat;
const firstPause = 1_000;
const longestPause = 64_000;
/** Where streams do not get through, the desk is looked at this often at most, in milliseconds. */
const lookEvery = 60_000;
/** So many streams without a sign of life, and they are held to be cut; after so many looks one is tried again. */
const patience = 3;
const looksBetween = 10;

const noId = '';

export function createChanges({ http, time, answers, look }: ChangesOptions): Changes {
  const listeners = new Set<Listener>();
  let paused = false;
  let running: AbortController | undefined;
  /** Where the stream was left, to go on from there. */
  let place = noId;
  /** Whether the stream was ever open, so that a new one without a place may have missed something. */
  let wasOpen = false;
  /** What was seen at the last look. */
  let known: string | undefined;

  const isWanted = (stop: AbortSignal): boolean => !stop.aborted;
  const tell = (change: DeskChange): void => {
    for (const listener of [...listeners]) listener(change);
  };

  function parse(data: string): DeskChange {
    try {
      const { cases, incidents } = z.parse(ReadChange, JSON.parse(data));
      return { ...(cases && { cases }), ...(incidents !== undefined && { incidents }) };
    } catch {
      return {};
    }
  }

  /** Follows one stream to its end; tells whether it ever showed a sign of life, or that there is none at all. */
  async function follow(stop: AbortSignal): Promise<'lived' | 'silent' | 'none' | 'unreachable'> {
    const own = new AbortController();
    const end = (): void => own.abort();
    stop.addEventListener('abort', end);
    const before = answers();
    let watch = (): void => undefined;
    const signs = { count: 0 };
    try {
      const opened = await http.stream(
        {
          method: operations.events.method,
          path: operations.events.path,
          ...(place !== noId && { headers: { 'Last-Event-ID': place } }),
          limits: { ...usualLimits, total: usualLimits.header },
          signal: own.signal,
        },
        'text/event-stream',
      );
      if (!opened.ok)
        return opened.error.code === 'notADesk' || opened.error.code === 'refused' ? 'none' : 'unreachable';
      if (place === noId && (wasOpen || answers() !== before)) tell({});
      wasOpen = true;
      const alive = async function* (): AsyncGenerator<Uint8Array> {
        watch = time.after(silence, end);
        for await (const chunk of opened.value) {
          watch();
          watch = time.after(silence, end);
          signs.count++;
          yield chunk;
        }
      };
      const events = eventsOf(alive(), id => {
        place = /^[\x21-\x7e]{1,200}$/.test(id) ? id : noId;
      });
      for await (const { name, data } of events) if (name === 'change') tell(parse(data));
    } catch {
      // The connection broke, was let go, or said what no desk says.
    } finally {
      watch();
      stop.removeEventListener('abort', end);
      own.abort();
    }
    return signs.count > 0 ? 'lived' : 'silent';
  }

  /** Looks at the desk from time to time, for as long as streams are held to be cut. */
  async function lookAround(stop: AbortSignal): Promise<void> {
    for (let looks = 0; looks < looksBetween && isWanted(stop); looks++) {
      const seen = await look(stop);
      if (seen !== undefined && seen !== known && isWanted(stop)) tell({});
      known = seen ?? known;
      await sleep(time, lookEvery * (1 + time.random() / 2), stop);
    }
  }

  async function run(stop: AbortSignal): Promise<void> {
    let [failures, silent] = [0, 0];
    while (isWanted(stop)) {
      const how = await follow(stop);
      if (!isWanted(stop)) return;
      failures = how === 'lived' ? 0 : failures + 1;
      silent = how === 'silent' ? silent + 1 : how === 'none' ? patience : 0;
      if (silent >= patience) {
        await lookAround(stop);
        silent = patience - 1;
      } else await sleep(time, time.random() * Math.min(firstPause * 2 ** failures, longestPause), stop);
    }
  }

  function update(): void {
    const wanted = listeners.size > 0 && !paused;
    if (wanted === (running !== undefined)) return;
    running?.abort();
    running = wanted ? new AbortController() : undefined;
    if (running) void run(running.signal);
  }

  return {
    listen(listener) {
      const own: Listener = change => listener(change);
      listeners.add(own);
      update();
      return () => {
        listeners.delete(own);
        update();
      };
    },
    pause() {
      paused = true;
      update();
    },
    resume() {
      paused = false;
      update();
    },
    close() {
      listeners.clear();
      update();
    },
  };
}
