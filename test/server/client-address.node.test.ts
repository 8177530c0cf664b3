/** Whose limits a request counts for: the peer's or, behind proxies that are configured, the address that the outermost of them saw. */
import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { createClientAddress } from '../../src/server/http/client-address.js';
import { openServer, pageOrigin, plainConfig } from '../support/node/test-server.js';
import { assertRefused, call } from '../support/node/wire-client.js';

const asked = (remoteAddress: string | undefined, forwarded?: string): Pick<IncomingMessage, 'headers' | 'socket'> =>
  ({ socket: { remoteAddress } as IncomingMessage['socket'], headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });

test('the address is the rightmost one of the way here that is no trusted proxy\'s', () => {
  const addressOf = createClientAddress(['127.0.0.1', '10.0.0.0/8', 'fd00::/8']);
  const cases: readonly (readonly [peer: string | undefined, forwarded: string | undefined, address: string])[] = [
    ['203.0.113.9', undefined, '203.0.113.9'],
    ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:127.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['127.0.0.1', '1.1.1.1, 198.51.100.1,10.2.3.4', '198.51.100.1'],
    ['127.0.0.1', '10.9.9.9, 10.2.3.4', '10.9.9.9'],
    ['127.0.0.1', '198.51.100.1, nonsense, 10.2.3.4', '10.2.3.4'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['127.0.0.1', '198.51.100.1:4711', '198.51.100.1'],
    ['fd12::1', '[2001:db8::7]:443', '2001:db8::7'],
    ['fd12::1', '2001:db8::8', '2001:db8::8'],
    ['127.0.0.1', '::ffff:198.51.100.1', '198.51.100.1'],
    [undefined, '198.51.100.1', 'unknown'],
  ];
  for (const [peer, forwarded, address] of cases) assert.equal(addressOf(asked(peer, forwarded)), address, `${peer} ${forwarded}`);
  assert.equal(createClientAddress([])(asked('127.0.0.1', '198.51.100.1')), '127.0.0.1');
});

test('behind a trusted proxy each patient has a limit of their own, and nobody gets another by claiming an address', async (t) => {
  const limits = { ...plainConfig.limits, sessionsPerMin: 1 };
  const from = (url: string, forwarded: string): ReturnType<typeof call> =>
    call(url, 'POST', '/v1/sessions', { origin: pageOrigin, body: { widgetId: 'main', deviceId: 'd_1' }, headers: { 'X-Forwarded-For': forwarded } });
  const trusting = await openServer(t, { file: { ...plainConfig, limits, listen: { trustedProxies: ['127.0.0.0/8', '::1'] } } });
  assert.equal((await from(trusting.url, '198.51.100.1')).status, 201);
  assert.equal((await from(trusting.url, '198.51.100.2')).status, 201);
  assertRefused(await from(trusting.url, '192.0.2.99, 198.51.100.1'), 'rate-limited');
  const direct = await openServer(t, { file: { ...plainConfig, limits } });
  assert.equal((await from(direct.url, '198.51.100.1')).status, 201);
  assertRefused(await from(direct.url, '198.51.100.2'), 'rate-limited');
});
