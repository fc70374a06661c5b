import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Which connections of a server have a request being answered. */
export interface Connections {
  begun(socket: Socket): void;
  answered(socket: Socket): void;
  /** Ends those that have none, and the others once they have none; also those on which nothing was ever asked. */
  close(): void;
}

export function followConnections(server: Server): Connections {
  const requests = new Map<Socket, number>();
  let closing = false;
  const endIdle = (socket: Socket): void => {
    if (closing && (requests.get(socket) ?? 0) === 0) socket.destroySoon();
  };
  server.on('connection', socket => {
    requests.set(socket, 0);
    socket.once('close', () => requests.delete(socket));
    endIdle(socket);
  });
  const count = (socket: Socket, change: 1 | -1): void => {
    const before = requests.get(socket);
    if (before !== undefined) requests.set(socket, Math.max(0, before + change));
    endIdle(socket);
  };
  return {
    begun: socket => count(socket, 1),
    answered: socket => count(socket, -1),
    close: () => {
      closing = true;
      for (const socket of requests.keys()) endIdle(socket);
    },
  };
}
