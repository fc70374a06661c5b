// A proxy that answers for hosts whose names cannot be changed, over TLS as they do: for an editor that runs behind it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { certificateFor } from './certificate.ts';

export interface TlsProxy {
  /** What programs call their proxy. */
  readonly url: string;
  /** The certificate that the hosts show, in PEM, for who is to believe them. */
  readonly certificate: string;
  /** Every `host:port` that a tunnel was asked for, in the order of asking, also of hosts that nothing answers for. */
  readonly tunnels: string[];
  /** Cuts every tunnel and lets none through until it is called with true, as if the network were away. */
  online(is: boolean): void;
  close(): void;
}

/** Answers for these hosts and no other, with a certificate of `proven` alone; nothing goes further. */
export async function startTlsProxy(
  hosts: readonly string[],
  proven: readonly string[],
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TlsProxy> {
  const { key, cert } = certificateFor(proven);
  const origin = createSecureServer({ key, cert }, answer);
  const server = createServer((_, response) => response.writeHead(502).end());
  const open = new Set<{ destroy(): void }>();
  let isOnline = true;
  const online = (is: boolean): void => {
    isOnline = is;
    if (!is) for (const socket of open) socket.destroy();
  };
  const proxy = {
    ...{ url: '', certificate: cert, online },
    tunnels: [] as string[],
    close(): void {
      online(false);
      server.closeAllConnections();
      server.close();
    },
  };
  server.on('connect', ({ url = '' }, socket) => {
    proxy.tunnels.push(url);
    socket.on('error', () => socket.destroy());
    if (!isOnline || !hosts.some(host => url === `${host}:443`)) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    origin.emit('connection', socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return proxy;
}
