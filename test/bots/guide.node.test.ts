/** The guide by itself: data in, turns out. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { localText, pressGuide, startTurn, targetsOf, type Guide } from '../../src/bots/guide.js';
import { guide as data } from '../support/node/bot-config.js';

const guide = data as Guide;

describe('a guide', () => {
  it('begins with its first step, with ids that name it', () => {
    const { text, mode, buttons = [] } = startTurn(guide, 'en');
    assert.deepEqual([text, mode, buttons.map(({ id }) => id)], ['What is it about?', 'once', ['hello:hours', 'hello:bills', 'hello:site', 'hello:person']]);
  });

  it('goes where a button leads, from any turn that it ever gave out', () => {
    const move = pressGuide(guide, 'hello:hours', 'en');
    assert.equal(move.type === 'say' && move.turn.text, 'Monday to Friday, 8 to 18.');
    assert.equal(pressGuide(guide, 'hours:back', 'en').type, 'say');
  });

  it('says nothing to what others do, and knows what is not its own', () => {
    assert.equal(pressGuide(guide, 'hello:site', 'en').type, 'none');
    for (const id of ['hello:nothing', 'nowhere:hours', 'hello', '', ':', 'constructor:hours']) assert.equal(pressGuide(guide, id, 'en').type, 'unknown', id);
  });

  it('speaks the language that fits best, else English', () => {
    assert.equal(startTurn(guide, 'es-MX').text, '¿De qué se trata?');
    assert.equal(startTurn(guide, 'de').text, 'What is it about?');
    assert.equal(localText({ fr: 'Bonjour' }, 'de'), 'Bonjour');
  });

  it('tells an author which targets a button has', () => {
    assert.deepEqual(targetsOf({ id: 'a', label: { en: 'A' }, go: 'x', human: true }), ['go', 'human']);
  });
});
