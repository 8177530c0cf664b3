/** Speaks to a server without HTTP's rules. */
import { once } from 'node:events';
import { createConnection } from 'node:net';

/** The answer to raw bytes, up to the end of the connection. */
export async function rawAnswer(url: string, bytes: string | Buffer): Promise<string> {
  const socket = createConnection(Number(new URL(url).port), new URL(url).hostname);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => void (text += chunk)).on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}
