import { setImmediate as turn } from 'node:timers/promises';
import { Channel, type Contract, type Handlers } from '../../../src/protocol/channel.ts';

/** A page without a browser: it asks and tells as the real one does, and keeps what it is told. */
export function pageEnd<Mine extends Contract, Theirs extends Contract>(
  mine: Mine,
  theirs: Theirs,
  receive: (message: unknown) => Promise<void>,
) {
  const told: { readonly name: string; readonly news: unknown }[] = [];
  const tells = Object.fromEntries(
    Object.keys(mine.tells).map(name => [name, (news: unknown) => void told.push({ name, news })]),
  );
  // The handlers are made from the contract's own names.
  const handlers = { asks: {}, tells } as unknown as Handlers<Mine>;
  const channel = new Channel(mine, theirs, handlers, {
    session: crypto.randomUUID(),
    post: message => void receive(structuredClone(message)),
    failed: name => {
      throw new Error(name);
    },
  });
  return {
    channel,
    told,
    /** The last news of this name. */
    last: (name: keyof Mine['tells'] & string): unknown => told.findLast(one => one.name === name)?.news,
    post: (message: unknown) => channel.receive(JSON.parse(JSON.stringify(message))),
  };
}

/** Waits until `holds`, letting everything that is ready run. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not come true: ${holds.toString()}`);
    await turn();
  }
}
