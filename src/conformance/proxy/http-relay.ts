/** HTTP through the proxy: bodies stream both ways as they come; rules on requests and answers act here. */
import { request as httpRequest, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type Hop, cutHop, noteOf, sliceHop, swallowHop, waitFor } from './hop.js';
import { answerOf, passedHeaders, pathOf, readAll } from './http-parts.js';
import { withValues } from './json-pointer.js';
import type { Line } from './line.js';
import { discoveryPath, type Routes } from './routes.js';
import type { Firing } from './rule-book.js';
import type { Action } from './rules.js';

export interface HttpRelayOptions {
  readonly routes: Routes;
  /** Opens a connection to a server and makes it the hop's. */
  connect(hop: Hop, to: URL): Line;
}

/** One request on its way. */
interface Exchange extends HttpRelayOptions {
  readonly hop: Hop;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  readonly path: string;
}

const open = ({ hop, connect, routes, incoming, method }: Exchange, contentLength: number | null): ClientRequest => {
  const to = routes.toTarget('rest', incoming.url ?? '/');
  const line = connect(hop, to);
  const onward = (to.protocol === 'https:' ? httpsRequest : httpRequest)({
    method, path: to.pathname + to.search, host: to.hostname, setHost: false, createConnection: () => line.stream, agent: undefined,
  });
  onward.setHeader('host', to.host);
  const headers = new Map<string, string[]>();
  for (const [name, value] of passedHeaders(incoming, contentLength === null ? [] : ['content-length'])) headers.set(name, [...(headers.get(name) ?? []), value]);
  for (const [name, values] of headers) onward.setHeader(name, values.length === 1 ? values[0]! : values);
  if (contentLength !== null && (contentLength > 0 || incoming.headers['content-length'] !== undefined)) onward.setHeader('content-length', contentLength);
  return onward;
};

/** Sends the request on. Resolves with the beginning of the answer; rejects where the server could not be reached or ended first. */
const ask = (exchange: Exchange, body: Buffer | null): Promise<IncomingMessage> => new Promise((resolve, reject) => {
  const onward = open(exchange, body === null ? null : body.length);
  onward.once('response', resolve);
  onward.once('error', reject);
  exchange.response.once('close', () => exchange.response.writableFinished || exchange.hop.client.swallowing || onward.destroy());
  if (body === null) exchange.incoming.pipe(onward);
  else onward.end(body);
});

/** Passes the first part of a request's body, then ends. */
const tearRequest = async (exchange: Exchange, { bytes, how = 'fin' }: Extract<Action, { do: 'tear' }>): Promise<void> => {
  const body = await readAll(exchange.incoming);
  const onward = open(exchange, body.length);
  onward.on('error', () => {});
  onward.on('response', (answer) => answer.resume());
  await new Promise<void>((resolve) => {
    onward.write(body.subarray(0, Math.min(bytes ?? Math.ceil(body.length / 2), Math.max(0, body.length - 1))), () => resolve());
  });
  cutHop(exchange.hop, how, 'server');
};

const replaced = ({ text, body, set }: Extract<Action, { do: 'replace' }>, before: Buffer): Buffer => {
  if (text !== undefined) return Buffer.from(text);
  if (body !== undefined) return Buffer.from(JSON.stringify(body));
  return set ? Buffer.from(JSON.stringify(withValues(JSON.parse(before.toString('utf8')), set))) : before;
};

const respond = ({ incoming, response }: Exchange, action: Extract<Action, { do: 'respond' }>): void => {
  const { status, headers, body } = answerOf(action);
  incoming.resume();
  response.writeHead(status, { 'content-length': Buffer.byteLength(body), ...headers }).end(body);
};

/** Does to the request what a rule says. Resolves with the answer to pass on, or null where there is none. */
const send = async (exchange: Exchange, firing: Firing | null): Promise<IncomingMessage | null> => {
  const { hop, incoming } = exchange;
  const action = firing?.action;
  switch (action?.do) {
    case 'refuse':
      if (action.status === undefined) cutHop(hop, 'rst');
      else respond(exchange, { do: 'respond', status: action.status });
      return null;
    case 'respond':
      respond(exchange, action);
      return null;
    case 'cut': {
      const { how = 'fin', when = 'before' } = action;
      // It passes whole, and nobody waits for its answer.
      if (when === 'after') await ask(exchange, await readAll(incoming)).then((answer) => answer.resume(), () => {});
      cutHop(hop, how, 'server');
      return null;
    }
    case 'tear':
      await tearRequest(exchange, action);
      return null;
    case 'swallow': {
      const { direction = 'to-server' } = action;
      if (direction === 'to-client') break;
      // It is read, and nothing ever comes of it.
      swallowHop(hop, 'to-client');
      incoming.resume();
      return null;
    }
    case 'delay':
      await waitFor(action, hop.book.unit);
      break;
    case 'replace':
      return ask(exchange, replaced(action, await readAll(incoming)));
    case 'duplicate': {
      // The client hears of the last one only.
      const body = await readAll(incoming);
      for (let copy = 1; copy < (action.copies ?? 2); copy++) await readAll(await ask(exchange, body));
      return ask(exchange, body);
    }
    default:
  }
  if (action?.do === 'swallow') hop.client.swallow();
  return ask(exchange, null);
};

const writeHead = ({ response }: Exchange, answer: IncomingMessage, { status = answer.statusCode ?? 502, length }: { readonly status?: number | undefined; readonly length?: number } = {}): void => {
  const pairs = passedHeaders(answer, length === undefined ? [] : ['content-length']);
  response.sendDate = false;
  response.writeHead(status, status === answer.statusCode ? answer.statusMessage : undefined, [...pairs.flat(), ...(length === undefined ? [] : ['content-length', String(length)])]);
};

const writeWhole = (exchange: Exchange, answer: IncomingMessage, body: Buffer, status?: number): void => {
  writeHead(exchange, answer, { length: body.length, status });
  exchange.response.end(body);
};

/** Passes the body on as it comes, in blocks of at least `blockBytes`. */
const stream = async (exchange: Exchange, answer: IncomingMessage, blockBytes: number): Promise<void> => {
  const { response } = exchange;
  writeHead(exchange, answer);
  response.flushHeaders();
  let block: Buffer[] = [];
  let held = 0;
  for await (const chunk of answer) {
    block.push(chunk as Buffer);
    if ((held += (chunk as Buffer).length) < blockBytes) continue;
    await new Promise<void>((resolve) => {
      response.write(Buffer.concat(block), () => resolve());
    });
    block = [];
    held = 0;
  }
  response.end(Buffer.concat(block));
};

/** Does to the answer what a rule says. */
const pass = async (exchange: Exchange, answer: IncomingMessage, firing: Firing | null): Promise<void> => {
  const { hop, response, path, routes } = exchange;
  const action = firing?.action;
  const isDiscovery = path === discoveryPath && answer.statusCode === 200;
  const whole = async (): Promise<Buffer> => {
    const body = await readAll(answer);
    return isDiscovery ? Buffer.from(routes.rewrite(body.toString('utf8'), `http://${exchange.incoming.headers.host ?? ''}`)) : body;
  };
  switch (action?.do) {
    case 'cut': {
      const { how = 'fin', when = 'before' } = action;
      if (when === 'after') {
        writeWhole(exchange, answer, await whole());
        await new Promise<void>((resolve) => {
          response.once('close', resolve);
          response.once('finish', resolve);
        });
      }
      return cutHop(hop, how, when === 'after' ? 'client' : undefined);
    }
    case 'tear': {
      const body = await whole();
      writeHead(exchange, answer, { length: body.length });
      await new Promise<void>((resolve) => {
        response.write(body.subarray(0, Math.min(action.bytes ?? Math.ceil(body.length / 2), Math.max(0, body.length - 1))), () => resolve());
      });
      return cutHop(hop, action.how ?? 'fin', 'client');
    }
    case 'swallow':
      swallowHop(hop, 'to-client');
      answer.resume();
      return;
    case 'respond':
      answer.resume();
      return respond(exchange, action);
    case 'replace':
      return writeWhole(exchange, answer, replaced(action, await whole()), action.status);
    case 'delay':
      await waitFor(action, hop.book.unit);
      break;
    case 'slice':
      sliceHop(hop, action);
      break;
    default:
  }
  if (isDiscovery) return writeWhole(exchange, answer, await whole());
  return stream(exchange, answer, action?.do === 'buffer' ? action.bytes : 1);
};

/** Relays one request and its answer. Where the server cannot be reached the client's connection ends, as the server's would have. */
export const relayHttp = async (options: HttpRelayOptions, hop: Hop, incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
  const method = incoming.method ?? 'GET';
  const path = pathOf(incoming.url);
  const exchange: Exchange = { ...options, hop, incoming, response, method, path };
  try {
    const firing = hop.book.pick({ on: 'http-request', method, path });
    hop.note({ on: 'http-request', method, path, ...noteOf(firing) });
    if (firing?.action.do === 'slice') sliceHop(hop, firing.action);
    const answer = await send(exchange, firing);
    if (!answer) return;
    const status = answer.statusCode ?? 502;
    const second = hop.book.pick({ on: 'http-response', method, path, status });
    hop.note({ on: 'http-response', method, path, status, ...noteOf(second) });
    await pass(exchange, answer, second);
  } catch {
    cutHop(hop, 'rst');
  }
};
