import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { runConformance, type ConformanceReport } from '../../src/conformance/main.js';
import { openServer, plainConfig } from '../support/node/test-server.js';

/** A frame on its way to the client: what goes out instead. `cut` closes without a word. */
type Frames = (frame: { readonly t: string; readonly d: Record<string, unknown> }, cut: () => void) => readonly unknown[];

interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly request: string;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a defect may change: the request on its way in, the answer on its way out. */
interface Defect {
  readonly inward?: (method: string, path: string, body: string) => string;
  readonly frames?: () => Frames;
  readonly outward?: (exchange: Exchange) => Partial<Pick<Exchange, 'status' | 'headers' | 'body'>>;
}

const read = async (stream: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) text += String(chunk);
  return text;
};

/** Joins two sockets, with what a defect makes of the frames on the way out. */
function relay(client: WebSocket, server: WebSocket, frames: Frames): void {
  client.on('message', (data, binary) => server.send(data, { binary }));
  client.on('close', () => server.terminate());
  server.on('message', (data) => {
    for (const frame of frames(JSON.parse(String(data)) as Parameters<Frames>[0], () => client.terminate())) client.send(JSON.stringify(frame));
  });
  server.on('close', (code) => client.close(code === 1005 || code === 1006 ? 1000 : code));
}

/** The reference backend behind a proxy that breaks one rule: a backend as a vendor might have written it. */
async function openBroken(t: TestContext, { inward = (_method, _path, body) => body, outward = () => ({}), frames = () => (frame) => [frame] }: Defect): Promise<string> {
  const { url, port } = await openServer(t, { file: { ...plainConfig, limits: { ...plainConfig.limits, submitPerMin: 1000 } } });
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [method, path] = [incoming.method ?? 'GET', incoming.url ?? '/'];
    const request = await read(incoming);
    const sent = inward(method, path, request);
    const { 'content-length': _length, host: _host, ...headers } = incoming.headers;
    const upstream = await new Promise<IncomingMessage>((resolve, reject) => {
      const onward = httpRequest({ port, host: '127.0.0.1', method, path, headers: { ...headers, host: `localhost:${port}`, ...(sent !== '' && { 'content-length': Buffer.byteLength(sent) }) } }, resolve);
      onward.on('error', reject);
      onward.end(sent);
    });
    const exchange: Exchange = { method, path, request, status: upstream.statusCode ?? 0, headers: upstream.headers, body: await read(upstream) };
    const changed = { ...exchange, ...outward(exchange) };
    const { 'content-length': _old, 'transfer-encoding': _encoding, ...kept } = changed.headers;
    const own = `127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    response.writeHead(changed.status, kept).end(changed.body.replaceAll(`"${url}/v1"`, `"http://${own}/v1"`).replaceAll(`"${url.replace('http', 'ws')}/v1/ws"`, `"ws://${own}/v1/ws"`));
  };
  const proxy = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });
  proxy.on('upgrade', (incoming, socket, head) => {
    const server = new WebSocket(`${url.replace('http', 'ws')}${incoming.url ?? ''}`, incoming.headers['sec-websocket-protocol'], { ...(incoming.headers.origin && { origin: incoming.headers.origin }) });
    server.once('open', () => sockets.handleUpgrade(incoming, socket, head, (client) => relay(client, server, frames())));
    server.once('unexpected-response', (_request, refusal) => {
      socket.end(`HTTP/1.1 ${refusal.statusCode ?? 500} Refused\r\nconnection: close\r\n\r\n`);
      server.terminate();
    });
    server.on('error', () => {});
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  t.after(() => new Promise<void>((resolve) => {
    proxy.close(() => resolve());
    for (const client of sockets.clients) client.terminate();
    proxy.closeAllConnections();
  }));
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}

let fresh = 0;
const isSubmit = (method: string, path: string): boolean => method === 'POST' && path.endsWith('/events');
const change = (body: string, edit: (value: Record<string, unknown>) => Record<string, unknown>): string => JSON.stringify(edit(JSON.parse(body) as Record<string, unknown>));

const defects: Readonly<Record<string, { readonly defect: Defect; readonly caught: readonly string[] }>> = {
  'acknowledges without remembering the cmid': {
    defect: { inward: (method, path, body) => (isSubmit(method, path) && body.startsWith('{') ? change(body, (value) => ({ ...value, cmid: `${String(value['cmid']).slice(0, 20)}${++fresh}` })) : body) },
    caught: ['S-5.4', 'S-5.5'],
  },
  'says ok to everything it cannot store': {
    defect: { outward: ({ method, path, status }) => (isSubmit(method, path) && status >= 400 ? { status: 201, body: '{"ok":true}' } : {}) },
    caught: ['S-5.5', 'S-5.10', 'S-9.3'],
  },
  'leaves a hole in the log': {
    defect: { outward: ({ method, path, status, body }) => (method === 'GET' && path.includes('/events?after=0') && status === 200 ? { body: change(body, (page) => ({ ...page, events: (page['events'] as readonly unknown[]).slice(1) })) } : {}) },
    caught: ['S-4.2'],
  },
  'never rotates the refresh token': {
    defect: { outward: ({ path, status, body, request }) => (path.endsWith('/sessions/refresh') && status === 200 ? { body: change(body, (session) => ({ ...session, refreshToken: (JSON.parse(request) as { readonly refreshToken: string }).refreshToken })) } : {}) },
    caught: ['S-6.2'],
  },
  'answers refusals as plain text': {
    defect: { outward: ({ status }) => (status >= 400 ? { headers: { 'content-type': 'text/plain' }, body: 'Sorry' } : {}) },
    caught: ['S-3.2', 'S-6.4', 'S-9.5'],
  },
  'allows every origin': {
    defect: { outward: ({ path, method, status }) => (method === 'POST' && path === '/v1/sessions' && status === 403 ? { status: 201, headers: { 'access-control-allow-origin': '*' }, body: '{}' } : {}) },
    caught: ['S-6.6'],
  },
  'closes without bye': {
    defect: { frames: () => (frame) => (frame.t === 'bye' ? [] : [frame]) },
    caught: ['S-8.2', 'S-8.4', 'S-10.5', 'S-6.3'],
  },
  'loses events while somebody resumes': {
    defect: { frames: () => {
      let seen = 0;
      return (frame) => (frame.t === 'events' || frame.t === 'event' ? (++seen === 1 ? [] : [frame]) : [frame]);
    } },
    caught: ['S-8.5', 'S-8.7'],
  },
  'sends events twice': {
    defect: { frames: () => (frame) => (frame.t === 'events' || frame.t === 'event' ? [frame, frame] : [frame]) },
    caught: ['S-8.7'],
  },
  'resumes where it should reset': {
    defect: { frames: () => (frame) => (frame.t === 'reset' ? [] : frame.t === 'welcome' ? [{ ...frame, d: { ...frame.d, streams: (frame.d['streams'] as readonly object[]).map((start) => ({ ...start, mode: 'resume' })) } }] : [frame]) },
    caught: ['S-8.5'],
  },
  'hangs up on a frame it does not know': {
    defect: { frames: () => (frame, cut) => {
      if (frame.t !== 'err' || frame.d['code'] !== 'unknown-frame') return [frame];
      cut();
      return [];
    } },
    caught: ['S-10.4'],
  },
  'sends frames of another shape': {
    defect: { frames: () => (frame) => (frame.t === 'ok' ? [{ ...frame, re: 'two' }] : [frame]) },
    caught: ['S-5.1', 'S-5.6', 'S-8.6'],
  },
  'sets a cookie': {
    defect: { outward: ({ headers }) => ({ headers: { ...headers, 'set-cookie': ['session=1'] } }) },
    caught: ['S-6.4'],
  },
};

const failing = ({ cases }: ConformanceReport): ReadonlySet<string> => new Set(cases.filter(({ outcome }) => outcome === 'fail').map(({ clause }) => clause));

describe('the kit against a backend', () => {
  it('that breaks nothing, behind the same proxy: passes', async (t) => {
    const report = await runConformance({ url: await openBroken(t, {}), widget: 'main', seed: 7, quick: true });
    assert.deepEqual([...failing(report)], []);
  });

  for (const [name, { defect, caught }] of Object.entries(defects)) {
    it(`that ${name}: catches it`, async (t) => {
      const report = await runConformance({ url: await openBroken(t, defect), widget: 'main', seed: 7, quick: true, timeoutMs: 500, only: caught.join(',') });
      assert.equal(report.exitCode, 1);
      const found = failing(report);
      for (const clause of caught) assert(found.has(clause), `${clause} was not among ${[...found].join(', ')}`);
    });
  }
});
