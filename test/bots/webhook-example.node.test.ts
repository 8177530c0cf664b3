/** The example of an external bot, as it is documented, behind a real server; and against whoever has no secret. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { withBot } from '../support/node/bot-config.js';
import { openServer } from '../support/node/test-server.js';
import { assertDone, connect, openConversation, openVisitor } from '../support/node/wire-client.js';

const example = fileURLToPath(new URL('../../../demo/webhook-bot/server.mjs', import.meta.url));
const secret = 'only the clinic and its bot know this';

async function startExample(t: TestContext): Promise<{ readonly url: string; readonly secretFile: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-bot-'));
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, secret);
  const child = spawn(process.execPath, [example], { env: { ...process.env, BOT_SECRET_FILE: secretFile, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => {
    child.kill();
    rmSync(folder, { recursive: true });
  });
  const [line] = await once(child.stdout, 'data') as [Buffer];
  return { url: /http:\S+/.exec(String(line))![0], secretFile };
}

test('the example answers a patient, and passes on', async (t) => {
  const { url, secretFile } = await startExample(t);
  const server = await openServer(t, { file: withBot({ webhook: { url, secretFile } }) });
  const visitor = await openVisitor(server.url);
  const patient = await connect(server.url, visitor);
  const { id } = await openConversation(server.url, visitor);
  const turn = await patient.untilEvent(id, (event) => event.by.role === 'bot' && JSON.stringify(event.d).includes('parking'));
  assertDone(await patient.submit(id, { kind: 'action', target: turn.seq, buttonId: 'other' }));
  const { d } = await patient.untilEvent(id, ({ kind }) => kind === 'escalated');
  assert.deepEqual(d, { cause: 'bot' });
});

test('the example answers nobody else: no signature, another secret, another body, an old one', async (t) => {
  const { url } = await startExample(t);
  const body = JSON.stringify({ input: { kind: 'start' } });
  const sign = (key: string, text: string, seconds = Math.floor(Date.now() / 1000)): string => `t=${seconds},v1=${createHmac('sha256', key).update(`${seconds}.${text}`).digest('hex')}`;
  const ask = async (signature: string | null): Promise<number> => (await fetch(url, { method: 'POST', body, headers: signature === null ? {} : { 'care-chat-signature': signature } })).status;
  assert.equal(await ask(sign(secret, body)), 200);
  for (const signature of [null, '', 'v1=00', sign('another secret', body), sign(secret, `${body} `), sign(secret, body, Math.floor(Date.now() / 1000) - 301), sign(secret, body).slice(0, -2)]) assert.equal(await ask(signature), 403);
});
