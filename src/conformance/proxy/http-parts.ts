/** Small parts of HTTP/1.1 that both relays need. */
import type { IncomingMessage } from 'node:http';
import type { Action } from './rules.js';

/** Headers that are about one connection only (RFC 9110 §7.6.1), and those that would let a body be changed under way. */
const ownHeaders = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'host', 'accept-encoding']);

/** A request's headers for the server, in their order, as a flat list of name and value. */
export const passedHeaders = ({ rawHeaders }: IncomingMessage, except: readonly string[] = []): readonly (readonly [name: string, value: string])[] => {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (!ownHeaders.has(name.toLowerCase()) && !except.includes(name.toLowerCase())) pairs.push([name, rawHeaders[index + 1] ?? '']);
  }
  return pairs;
};

/** Path without query. */
export const pathOf = (url: string | undefined): string => (url ?? '/').split('?', 1)[0] ?? '/';

/** All of a body. Rejects where it is torn. */
export const readAll = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Says of an answer that it is the proxy's and not the server's. */
export const ownAnswerHeader = 'x-fault-proxy';

/** The body and headers of an answer in the server's place. */
export const answerOf = ({ status, headers = {}, body, text }: Extract<Action, { do: 'respond' }>): { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string } => ({
  status,
  headers: { [ownAnswerHeader]: 'respond', 'access-control-allow-origin': '*', 'cache-control': 'no-store', 'content-type': text === undefined && body !== undefined ? 'application/json' : 'text/html', ...headers },
  body: text ?? (body === undefined ? '' : JSON.stringify(body)),
});
