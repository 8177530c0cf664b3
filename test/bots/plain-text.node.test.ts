/** A bot's turn as plain text, and what is typed back. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { foldReply } from '../../src/bots/fold-reply.js';
import { buttonsAsText, matchReply, optionsOf, turnAsText } from '../../src/bots/plain-text.js';
import { reservedFor } from '../../src/bots/reserved-words.js';
import type { Button } from '../../src/protocol/types.js';

const reply = (id: string, label: string): Button => ({ id, label, do: 'reply' });
const sales = reply('a', 'Sales');
const support = reply('b', 'Support');
const site: Button = { id: 'c', label: 'Our site', do: 'url', to: 'https://www.clinic.test/' };
const match = (text: string, buttons: readonly Button[] = [sales, site, support]): string | null => matchReply(text, buttons)?.id ?? null;

describe('a turn as plain text', () => {
  it('numbers what can be answered, and writes links and numbers out', () => {
    assert.equal(buttonsAsText([sales, site, support]), '(1) Sales (2) Support\nOur site: https://www.clinic.test/');
    assert.equal(turnAsText({ text: 'Where to?', buttons: [sales, support], link: { label: 'Map', url: '/map/' } }), 'Where to?\n(1) Sales (2) Support\nMap: /map/');
    assert.equal(turnAsText({ text: 'Good bye.' }), 'Good bye.');
  });
});

describe('a typed reply', () => {
  it('means a button by its number, in any digits and with what people put around it', () => {
    for (const text of ['2', ' 2 ', '(2)', '2.', '#2', '٢', '۲', '２']) assert.equal(match(text), 'b', text);
  });

  it('means a button by its words, whatever their case and accents', () => {
    assert.equal(match('SUPPORT!'), 'b');
    assert.equal(match('atencion', [reply('a', 'Atención'), reply('b', 'Información')]), 'a');
    assert.equal(match('العيادة', [reply('a', 'العِيادة'), reply('b', 'الفواتير')]), 'a');
  });

  it('means a button by a beginning that only one has, and by a whole label where another begins so too', () => {
    assert.equal(match('sal'), 'a');
    assert.equal(match('s'), null);
    assert.equal(match('bill', [reply('a', 'Billing'), reply('b', 'Bill')]), 'b');
    assert.equal(match('24', [reply('a', '24 hours'), reply('b', 'Days')]), null);
  });

  it('means none where it is no option: too large a number, a link, nothing', () => {
    for (const text of ['0', '3', '99999999999999999999', 'our site', '', '…', '-1x']) assert.equal(match(text), null, text);
  });

  it('is never a reserved word, whatever the buttons say', () => {
    const tempting = ['Stop', 'Help', 'Start', 'Cancel an appointment', 'Ayuda', 'إيقاف', 'End'].map((label, n) => reply(String(n), label));
    for (const [text, kind] of [['STOP', 'stop'], ['stop.', 'stop'], ['Cancel', 'stop'], ['Alto', 'stop'], ['إيقاف', 'stop'], ['توقف', 'stop'], ['HELP', 'help'], ['ayuda', 'help'], ['مساعدة', 'help'], ['Start', 'start'], ['ابدأ', 'start'], ['unstop', 'start']] as const) {
      assert.equal(reservedFor(text), kind, text);
      assert.equal(match(text, tempting), null, text);
    }
    assert.equal(reservedFor('stop it please'), null);
  });

  it('ends the messages for every word that the law names, however it is written', () => {
    // 47 CFR 64.1200(a)(10).
    for (const word of ['stop', 'quit', 'end', 'revoke', 'opt out', 'cancel', 'unsubscribe', 'stop all', 'alto', 'parar', 'cancelar', 'baja', 'dar de baja', 'إيقاف', 'إلغاء الاشتراك']) {
      const joined = (by: string): string => word.split(' ').join(by);
      for (const text of [word, word.toUpperCase(), joined(''), joined('-'), joined('\n'), joined(' - '), ` ${joined('  ')}. `, [...joined('')].join('.'), `"${word}"!`, `${word} \u{1F6D1}`, `${word} please`, `Please, ${word}`, `${word}, por favor`]) {
        assert.equal(reservedFor(text), 'stop', text);
      }
    }
    for (const text of ['I cannot stop coughing', 'cancel my appointment', 'non-stop', 'weekend', 'please', 'opt', '', '–']) assert.equal(reservedFor(text), null, text);
  });

  it('means what the text beside the number says, for any labels', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 20 }), { minLength: 1, maxLength: 12 }), (labels) => {
      const buttons = labels.map((label, n) => reply(String(n), label));
      // A label that is itself a number goes before the numbers.
      fc.pre(labels.every((label) => !/^\d+$/.test(foldReply(label))));
      for (const [n, button] of optionsOf(buttons).entries()) {
        assert.equal(matchReply(String(n + 1), buttons), button);
        assert.ok(buttonsAsText(buttons).includes(`(${n + 1}) ${button.label}`));
      }
    }));
  });
});
