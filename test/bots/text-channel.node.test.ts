/** A guide by text message: reserved words first, the clinic's own words only, and the secure chat for everything else. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Guide } from '../../src/bots/guide.js';
import { answerText, type TextState } from '../../src/bots/text-channel.js';
import { guide } from '../support/node/bot-config.js';

const chatUrl = 'https://www.clinic.test/assistant/';
const options = { guide: guide as Guide, lang: 'en', clinic: 'Riverside Clinic', phone: '555-0100', chatUrl };

/** Sends one text after the other, and gives what was answered to each. */
function talk(texts: readonly string[], lang = 'en'): readonly (readonly string[])[] {
  let state: TextState | null = null;
  return texts.map((text) => {
    const answer = answerText({ ...options, lang }, state, text);
    // Kept as JSON between two texts.
    state = JSON.parse(JSON.stringify(answer.state)) as TextState;
    return answer.texts;
  });
}

describe('a guide by text message', () => {
  it('begins with what it is, how to stop, and that messages may cost; then numbers', () => {
    const [[intro, turn]] = talk(['Hi']) as [readonly string[]];
    assert.match(intro!, /^Riverside Clinic: automatic assistant, not a person\. .*HELP.*STOP.*rates may apply.*no health information/);
    assert.equal(turn, 'What is it about?\n(1) Opening hours (2) A bill (3) Somebody, please\nOur site: https://www.clinic.test/\nReply with the number.');
  });

  it('goes on by number, words or a beginning', () => {
    for (const text of ['1', '(1)', 'opening hours', 'OPEN']) assert.match(talk(['Hi', text])[1]![0]!, /^Monday to Friday, 8 to 18\./, text);
    assert.match(talk(['Hi', '1', 'back'])[2]![0]!, /^What is it about\?/);
  });

  it('leads to the secure chat for a person, a department, and whatever it does not understand', () => {
    for (const text of ['2', '3']) assert.deepEqual(talk(['Hi', text])[1], [`Please go on in our secure chat: ${chatUrl}`]);
    assert.match(talk(['Hi', 'I have a lump'])[1]![0]!, /^I did not understand that\..*secure chat: https:/);
  });

  it('repeats nothing that was sent, and keeps nothing of it', () => {
    const first = answerText(options, null, 'Hi');
    const { state, texts } = answerText(options, first.state, 'My HIV test was positive');
    assert.doesNotMatch(JSON.stringify([state, texts]), /HIV|positive/);
  });

  it('sends nothing any more after STOP, said once, until START; HELP says who writes', () => {
    const [, stopped, again, silent, help, begun] = talk(['Hi', 'STOP', 'stop', '1', 'HELP', 'START']) as readonly (readonly string[])[];
    assert.match(stopped![0]!, /no more messages.*START/);
    assert.deepEqual([again, silent, help!.length], [[], [], 1]);
    assert.match(begun![1]!, /^What is it about\?/);
  });

  it('tells who asks for HELP before anything else who writes and how to stop and begin; whatever they send next begins the guide', () => {
    for (const next of ['Hi', '1', 'START']) {
      const [helped, again, [intro, turn]] = talk(['help', 'HELP', next]) as [readonly string[], readonly string[], readonly [string, string]];
      assert.match(helped[0]!, /^Riverside Clinic: automatic assistant, not a person\. Call 555-0100, .*https:.*STOP.*START/);
      assert.deepEqual(again, helped);
      assert.match(intro, /^Riverside Clinic: automatic assistant/, next);
      assert.match(turn, /^What is it about\?/, next);
    }
    // In the midst of the guide it changes nothing.
    assert.match(talk(['Hi', 'HELP', '1'])[2]![0]!, /^Monday to Friday, 8 to 18\./);
    for (const [lang, help, stop, start] of [['es', 'AYUDA', 'ALTO', 'INICIAR'], ['ar', 'مساعدة', 'توقف', 'ابدأ']] as const) {
      const [[helped], , [, turn]] = talk([help, stop, start], lang) as [readonly [string], readonly string[], readonly [string, string]];
      assert.match(helped, new RegExp(`${stop}.*${start}`));
      assert.ok(turn, `${start} begins`);
    }
  });

  it('knows the words of its language, and English ones as well', () => {
    for (const [lang, stop] of [['es', 'ALTO'], ['es', 'stop'], ['ar', 'توقف'], ['ar', 'STOP']] as const) {
      const [, stopped, silent] = talk(['Hi', stop, '1'], lang) as readonly (readonly string[])[];
      assert.equal(stopped!.length, 1, stop);
      assert.deepEqual(silent, [], stop);
    }
    // What it tells people to send is what it understands.
    assert.match(talk(['Hi'], 'es')[0]![0]!, /AYUDA.*ALTO/);
    assert.match(talk(['Hi'], 'ar')[0]![0]!, /"مساعدة".*"توقف"/);
  });
});

describe('the reference adapter', () => {
  it('answers the provider, and nobody else', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'care-chat-sms-'));
    const tokenFile = join(folder, 'token');
    writeFileSync(tokenFile, 'token of the provider');
    const url = 'https://sms.clinic.test/sms';
    const child = spawn(process.execPath, [fileURLToPath(new URL('../../../demo/sms-adapter/server.mjs', import.meta.url))], {
      env: { ...process.env, SMS_TOKEN_FILE: tokenFile, SMS_URL: url, CHAT_URL: chatUrl, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.after(() => {
      child.kill();
      rmSync(folder, { recursive: true });
    });
    const [line] = await once(child.stdout, 'data') as [Buffer];
    const address = /http:\S+/.exec(String(line))![0];
    const send = async (text: string, key = 'token of the provider'): Promise<string> => {
      const fields = { From: '+15550123', Body: text };
      const signature = createHmac('sha1', key).update(`${url}Body${text}From${fields.From}`).digest('base64');
      const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(fields), headers: { 'x-twilio-signature': signature } });
      return answer.status === 200 ? answer.text() : String(answer.status);
    };
    assert.equal(await send('Hi', 'another token'), '403');
    assert.match(await send('HELP'), /^<Response><Message>Rosewater Clinic: automatic assistant.*STOP.*START/);
    assert.match(await send('Hi'), /^<Response><Message>Rosewater Clinic: automatic assistant, not a person.*<\/Message><Message>What can I help you with\?\n\(1\) Opening hours/);
    assert.match(await send('2'), /See free times: https:\/\/www\.clinic\.test\/appointments\//);
    assert.match(await send('STOP'), /no more messages/);
    assert.equal(await send('1'), '<Response></Response>');
  });
});
