import { Readable } from 'node:stream';
import { heartbeat } from '../api/operations.ts';
import { visibleChange } from '../desk/access.ts';
import type { DeskChange } from '../desk/desk.ts';
import type { Timing } from '../stores/waiting.ts';
import type { Caller } from './callers.ts';
import type { FedChange, Feed } from './feed.ts';

/** A reader that leaves more than this unread is cut off; it comes back and resumes. */
const unreadBytes = 256 * 1024;
/** Streams one caller can have at once, and all together. */
const perCaller = 32;
const together = 10_000;

export interface Streams {
  /** A stream of events for a caller; nothing when there are too many. */
  open(of: StreamOf): Readable | undefined;
  /** Ends all of them. Clients resume elsewhere. */
  end(): void;
}
interface StreamOf {
  readonly caller: Caller;
  readonly feed: Feed;
  readonly lastEventId: string | undefined;
  /** Asked with each heartbeat: a token may have been revoked since. */
  readonly stillSignedIn: () => Promise<boolean>;
}

const message = (id: string, change: DeskChange): string =>
  `event: change\nid: ${id}\ndata: ${JSON.stringify(change)}\n\n`;

/** Server-sent events. `opened` is told of each stream that opens or closes. */
export function createStreams(every: Timing['every'], opened: (change: 1 | -1) => void): Streams {
  const open = new Map<Readable, string>();

  return {
    open: ({ caller, feed, lastEventId, stillSignedIn }) => {
      const owner = `${caller.tenant} ${caller.id}`;
      const theirs = [...open.values()].filter(other => other === owner).length;
      if (theirs >= perCaller || open.size >= together) return undefined;
      const stream = new Readable({ read: () => undefined });
      const send = (text: string): void => {
        if (stream.readableLength > unreadBytes) stream.destroy();
        else stream.push(text);
      };
      const tell = ({ id, change }: FedChange): void => {
        const seen = visibleChange(change, caller.roles);
        if (seen) send(message(id, seen));
      };
      // The place a new stream stands at, so that it can be resumed even if nothing ever came.
      if (lastEventId === undefined) send(`: hello\nid: ${feed.newest()}\n\n`);
      else {
        const missed = feed.since(lastEventId);
        if (missed) for (const fed of missed) tell(fed);
        else send(message(feed.newest(), {}));
        send(': hello\n\n');
      }
      const leave = feed.follow(tell);
      const stop = every(heartbeat, () => {
        send(': still here\n\n');
        void stillSignedIn().then(still => {
          if (!still) stream.push(null);
        });
      });
      open.set(stream, owner);
      opened(1);
      stream.once('close', () => {
        leave();
        stop();
        open.delete(stream);
        opened(-1);
      });
      return stream;
    },
    end: () => {
      for (const stream of open.keys()) stream.push(null);
    },
  };
}
