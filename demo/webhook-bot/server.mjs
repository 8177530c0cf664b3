/**
 * An external bot in one file (src/bots/README.md): checks who asks, and answers a turn. Node's own modules only.
 *
 *   BOT_SECRET_FILE=secret PORT=9000 node demo/webhook-bot/server.mjs
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const secret = readFileSync(process.env.BOT_SECRET_FILE ?? 'bot-secret', 'utf8').trim();
const oldestMs = 5 * 60_000;
const bodyBytes = 65_536;

/** Whether the clinic's server has sent this body, just now. */
const isGenuine = (header, body) => {
  const [, seconds, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (given === undefined || Math.abs(Date.now() - Number(seconds) * 1000) > oldestMs) return false;
  return timingSafeEqual(createHmac('sha256', secret).update(`${seconds}.${body}`).digest(), Buffer.from(given, 'hex'));
};

const menu = { text: 'What is it about?', buttons: [{ id: 'parking', label: 'Parking', do: 'reply' }, { id: 'other', label: 'Something else', do: 'reply' }] };
const answers = {
  parking: { turns: [{ text: 'You can park behind the house, free of charge.', link: { label: 'Map', url: '/contact/' } }, menu] },
  other: { turns: [{ text: 'I pass you on to our team.' }], handoff: {} },
};

/** What is answered to a turn: the same each time it comes. */
const answerTo = ({ kind, buttonId }) => (kind === 'action' && Object.hasOwn(answers, buttonId) ? answers[buttonId] : { turns: [menu] });

const readBody = async (request) => {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > bodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const server = createServer(async (request, response) => {
  const body = await readBody(request);
  if (body === null || !isGenuine(request.headers['care-chat-signature'], body)) return response.writeHead(403).end();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answerTo(JSON.parse(body).input)));
});
server.listen(Number(process.env.PORT ?? 9000), '127.0.0.1', () => console.log(`The bot listens at http://localhost:${server.address().port}/`));
