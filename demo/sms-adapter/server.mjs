/**
 * A reference adapter for text messages: takes the webhook of a provider (a form with `From` and `Body`, answered in TwiML) and answers with a guide of
 * `care-chat.config.json`. What it may say and must not is in src/bots/text-channel.ts. Senders are kept in memory, by a keyed hash of their number.
 *
 *   npm run build
 *   SMS_TOKEN_FILE=token SMS_URL=https://sms.example.org/sms CHAT_URL=https://www.example.org/assistant/ PORT=9100 node demo/sms-adapter/server.mjs
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { answerText } from '../../dist/src/bots/text-channel.js';

const config = JSON.parse(readFileSync(process.env.CARE_CHAT_CONFIG ?? new URL('../care-chat.config.json', import.meta.url), 'utf8'));
const bot = config.bots.find(({ guide }) => guide !== undefined);
const token = readFileSync(process.env.SMS_TOKEN_FILE ?? 'sms-token', 'utf8').trim();
const url = process.env.SMS_URL ?? 'http://localhost:9100/sms';
const channel = { guide: bot.guide, lang: process.env.SMS_LANG ?? 'en', clinic: config.clinic.name, phone: process.env.SMS_PHONE ?? '+1 555 0100', chatUrl: process.env.CHAT_URL ?? 'http://localhost:8080/assistant/' };
const bodyBytes = 16_384;

/** A number is nobody's business once the answer is sent. */
const pepper = randomBytes(32);
const nameOf = (number) => createHmac('sha256', pepper).update(number).digest('base64url');
const senders = new Map();
const sendersMax = 100_000;

const remember = (name, state) => {
  senders.delete(name);
  senders.set(name, state);
  // The oldest goes; but who has said STOP is not forgotten.
  for (const [old, { stopped }] of senders) {
    if (senders.size <= sendersMax) break;
    if (!stopped) senders.delete(old);
  }
};

/** The provider's signature: HMAC-SHA1 of the address and the sorted fields, base64. Another provider signs otherwise. */
const isGenuine = (given, fields) => {
  const signed = [...fields].sort(([a], [b]) => (a < b ? -1 : 1)).reduce((text, [name, value]) => text + name + value, url);
  const wanted = createHmac('sha1', token).update(signed).digest();
  const got = Buffer.from(given ?? '', 'base64');
  return got.length === wanted.length && timingSafeEqual(got, wanted);
};

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

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
  const fields = new URLSearchParams(body ?? '');
  if (body === null || !isGenuine(request.headers['x-twilio-signature'], fields)) return response.writeHead(403).end();
  const name = nameOf(fields.get('From') ?? '');
  const { state, texts } = answerText(channel, senders.get(name) ?? null, fields.get('Body') ?? '');
  if (state !== null) remember(name, state);
  response.writeHead(200, { 'content-type': 'text/xml' }).end(`<Response>${texts.map((text) => `<Message>${escape(text)}</Message>`).join('')}</Response>`);
});
server.listen(Number(process.env.PORT ?? 9100), '127.0.0.1', () => console.log(`The adapter listens at http://localhost:${server.address().port}/`));
