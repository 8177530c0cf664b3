/** A proxy in front of a server under test that can begin to answer everything with a page of HTML, as a captive portal or a broken gateway does. */
import { connect, createServer, type Socket } from 'node:net';

/** What the proxy does: passes everything on, or answers HTML and cuts what is open. */
export type Fault = 'none' | 'html';

/** A running proxy. */
export type FaultyProxy = { readonly url: string; readonly port: number; fault(fault: Fault): void; close(): Promise<void> };

const page = '<!doctype html><title>Log in to the network</title><p>Please accept the terms.</p>';
const answer = [
  'HTTP/1.1 200 OK', 'Content-Type: text/html', `Content-Length: ${page.length}`, 'Access-Control-Allow-Origin: *', 'Access-Control-Allow-Headers: *', 'Cache-Control: no-store', 'Connection: close', '', page,
].join('\r\n');

/** Listens on a free port of localhost and passes bytes on to `targetPort`. */
export const startFaultyProxy = async (targetPort: number): Promise<FaultyProxy> => {
  let current: Fault = 'none';
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((client) => {
    keep(client);
    if (current === 'html') {
      client.once('data', () => client.end(answer));
      return;
    }
    const target = connect(targetPort, '127.0.0.1');
    keep(target);
    client.pipe(target).pipe(client);
    client.once('close', () => target.destroy());
    target.once('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://localhost:${port}`,
    port,
    fault(next) {
      current = next;
      cut();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
};
