/** The desk's pure parts: canned replies, shortcuts, title, words. */
import { expect } from '@open-wc/testing';
import { cannedQueryAt, fillCanned, insertCanned, matchCanned } from '../../src/desk/canned-replies.js';
import { createChime } from '../../src/desk/chime.js';
import { createDeskWords } from '../../src/desk/desk-words.js';
import { createVisitorNamer } from '../../src/desk/named-timeline.js';
import { shortcutOf, type KeyPress } from '../../src/desk/shortcuts.js';
import { createTitleBadge } from '../../src/desk/title-badge.js';
import { message, nurse, timelineOf } from '../support/browser/stub-desk-client.js';

describe('canned replies', () => {
  const variables = { visitor: 'Ana', agent: 'Maya', clinic: 'Rosewater', department: '' };

  it('are asked for by a slash at the start of a word, before the caret', () => {
    expect(cannedQueryAt('/he', 3)).to.deep.equal({ start: 0, end: 3, typed: 'he' });
    expect(cannedQueryAt('see /HE later', 7)).to.deep.equal({ start: 4, end: 7, typed: 'he' });
    expect(cannedQueryAt('3/4', 3)).to.equal(null);
    expect(cannedQueryAt('/he llo', 7)).to.equal(null);
  });

  it('replace the query and leave the rest and the caret in place', () => {
    expect(insertCanned('see /he later', { start: 4, end: 7, typed: 'he' }, 'HELLO')).to.deep.equal({ text: 'see HELLO later', caret: 9 });
  });

  it('fill known variables, drop empty ones with their comma, keep unknown ones', () => {
    expect(fillCanned('Hello, {visitor}! {agent}, {clinic}', variables)).to.equal('Hello, Ana! Maya, Rosewater');
    expect(fillCanned('Hello, {visitor}!', { ...variables, visitor: '' })).to.equal('Hello!');
    expect(fillCanned('At {department} {time}', variables)).to.equal('At {time}');
  });

  it('prefer the visitor\'s language, then the agent\'s, then the better match', () => {
    const reply = (id: string, shortcut: string, lang: string) => ({ id, shortcut, lang, text: id });
    const all = [reply('1', 'hello', 'en'), reply('2', 'hello', 'es'), reply('3', 'oh-hello', 'es'), reply('4', 'hello', 'de')];
    expect(matchCanned(all, 'hel', { visitor: 'es-MX', agent: 'en' }).map(({ id }) => id)).to.deep.equal(['2', '3', '1', '4']);
  });
});

describe('shortcuts', () => {
  const key = (change: Partial<KeyPress>): KeyPress => ({ key: '', code: '', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false, isComposing: false, ...change });

  it('are Alt with an arrow or a letter, and ? outside of fields', () => {
    expect(shortcutOf(key({ key: 'ArrowDown', altKey: true }), true)).to.equal('next');
    expect(shortcutOf(key({ key: 'a', code: 'KeyA', altKey: true }), true)).to.equal('accept');
    expect(shortcutOf(key({ key: '?', shiftKey: true }), false)).to.equal('help');
  });

  it('never take a character from who is typing', () => {
    expect(shortcutOf(key({ key: '?' }), true)).to.equal(null);
    expect(shortcutOf(key({ key: 'å', code: 'KeyA', altKey: true }), true)).to.equal(null);
    expect(shortcutOf(key({ key: 'ą', code: 'KeyA', altKey: true, getModifierState: (name) => name === 'AltGraph' }), false)).to.equal(null);
    expect(shortcutOf(key({ key: 'a', code: 'KeyA', altKey: true, isComposing: true }), true)).to.equal(null);
  });

  it('work where Option writes another character, outside of fields', () => {
    expect(shortcutOf(key({ key: 'å', code: 'KeyA', altKey: true }), false)).to.equal('accept');
  });
});

describe('the title badge', () => {
  it('takes off only its own prefix, also after the page changed its title', () => {
    const holder = { title: 'Desk' };
    const badge = createTitleBadge(holder);
    badge.add('c_1');
    expect(holder.title).to.equal('(1) Desk');
    holder.title = 'Other';
    badge.add('c_2');
    expect(holder.title).to.equal('(2) Other');
    badge.clear();
    expect(holder.title).to.equal('Other');
  });
});

describe('the chime', () => {
  it('makes no audio context before the first touch, plays nothing without one, and closes it', () => {
    let made = 0;
    let closed = 0;
    const context = { state: 'suspended', resume: async () => {}, close: async () => void closed++ } as unknown as AudioContext;
    const chime = createChime(() => { made++; return context; });
    chime.play('waiting', 0);
    expect(made).to.equal(0);
    chime.unlock();
    chime.unlock();
    expect(made).to.equal(1);
    chime.play('waiting', 1);
    chime.dispose();
    expect(closed).to.equal(1);
  });
});

describe('words', () => {
  it('give every code a sentence, in every language', () => {
    for (const lang of ['en', 'es', 'ar'] as const) {
      const words = createDeskWords(lang);
      expect(words.error('conflict')).not.to.contain('conflict');
      expect(words.error('internal')).to.contain('internal');
    }
  });

  it('count a wait in seconds under an hour and in minutes after it', () => {
    const { waited } = createDeskWords('en');
    expect([0, 42_000, 725_000, 3_780_000].map((ms) => waited(ms))).to.deep.equal(['0:00', '0:42', '12:05', '1 hr 3 min']);
  });

  it('name a department in the agent\'s language, in the visitor\'s where asked, else in English', () => {
    const words = createDeskWords('ar');
    const departments = [{ id: 'd', name: { en: 'Billing', es: 'Facturación' } }];
    expect(words.department(departments, 'd')).to.equal('Billing');
    expect(words.department(departments, 'd', 'es')).to.equal('Facturación');
    expect(words.department(departments, undefined)).to.equal('');
  });
});

describe('the visitor\'s name in the transcript', () => {
  it('comes from the form, only where the event has none, and keeps equal chunks identical', () => {
    const name = createVisitorNamer();
    const timeline = timelineOf([message(1, { id: 'v', role: 'visitor' }, 'Hello', 1), message(2, nurse, 'Hello', 0)]);
    const named = name(timeline, 'Ana');
    expect(named.chunks[0]!.map((item) => ('by' in item ? item.by.name : null))).to.deep.equal(['Ana', 'Maya Torres']);
    expect(name({ ...timeline }, 'Ana').chunks[0]).to.equal(named.chunks[0]);
    expect(name(timeline, undefined)).to.equal(timeline);
  });
});
