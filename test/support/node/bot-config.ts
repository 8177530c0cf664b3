/** A configuration with a bot at the widget `main`: a guide of three steps, or a webhook that the test answers. */
import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BotRequest } from '../../../src/protocol/types.js';
import { plainConfig } from './test-server.js';

export const guide = {
  start: 'hello',
  steps: [
    {
      id: 'hello', text: { en: 'What is it about?', es: '¿De qué se trata?' },
      buttons: [
        { id: 'hours', label: { en: 'Opening hours', es: 'Horario' }, go: 'hours' },
        { id: 'bills', label: { en: 'A bill', es: 'Una factura' }, department: 'billing' },
        { id: 'site', label: { en: 'Our site' }, url: 'https://www.clinic.test/' },
        { id: 'person', label: { en: 'Somebody, please' }, human: true },
      ],
    },
    { id: 'hours', text: { en: 'Monday to Friday, 8 to 18.' }, mode: 'many', buttons: [{ id: 'back', label: { en: 'Back' }, go: 'hello' }] },
  ],
};

export const withBot = (bot: Readonly<Record<string, unknown>>) => ({
  ...plainConfig,
  widgets: plainConfig.widgets.map((widget) => (widget.id === 'main' ? { ...widget, bot: 'helper' } : widget)),
  bots: [{ id: 'helper', name: { en: 'Clinic assistant' }, ...bot }],
});

export const webhookSecret = 'a secret of the tests, long enough';

export interface Asked {
  readonly body: BotRequest;
  readonly raw: string;
  readonly headers: IncomingMessage['headers'];
}

/** What the bot of a test answers: a body as JSON, a status, raw text, or nothing (it hangs). */
export type Reply = { readonly json: unknown } | { readonly status: number; readonly location?: string } | { readonly raw: string; readonly type?: string } | null;

/** Starts an external bot that answers as `reply` says; ended with the test. */
export async function openWebhook(t: { after(run: () => void): void }, reply: (asked: Asked, n: number) => Reply | Promise<Reply>) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      let raw = '';
      for await (const chunk of request) raw += String(chunk);
      const one = { raw, body: JSON.parse(raw) as BotRequest, headers: request.headers };
      asked.push(one);
      const answer = await reply(one, asked.length);
      if (answer === null) return;
      if ('json' in answer) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
      else if ('raw' in answer) response.writeHead(200, { 'content-type': answer.type ?? 'application/json' }).end(answer.raw);
      else response.writeHead(answer.status, answer.location === undefined ? {} : { location: answer.location }).end();
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'care-chat-bot-'));
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, `${webhookSecret}\n`);
  t.after(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  return { asked, bot: { webhook: { url: `http://localhost:${(server.address() as AddressInfo).port}/turn`, secretFile } } };
}
