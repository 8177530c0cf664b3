/** A bot's turn: real buttons in a named group, which become text. */
import { expect } from '@open-wc/testing';
import { html, render } from 'lit/html.js';
import { botEn } from '../../src/i18n/bot/en.js';
import { createTranslate } from '../../src/i18n/translate.js';
import { uiEn } from '../../src/i18n/ui/en.js';
import { addressOf, botItem, openAfterIn, pressedIn, pressKey, type BotViewContext } from '../../src/ui/bot-turn.js';
import { botStyles } from '../../src/ui/bot-styles.js';
import { toSheet } from '../../src/ui/css.js';
import { controlStyles, transcriptStyles } from '../../src/ui/styles.js';
import { tokens } from '../../src/ui/tokens.js';
import type { Button } from '../../src/protocol/types.js';
import type { TranscriptItem } from '../../src/ui/transcript-types.js';
import { botBy, botTurn, buttons, escalated, pressed } from '../support/browser/bot-items.js';
import { message } from '../support/browser/stub-chat-session.js';

const t = createTranslate('en', { ...uiEn, ...botEn });

describe('a turn of a bot', () => {
  let host: HTMLElement;
  let root: HTMLElement;
  let presses: string[];

  const draw = (item: TranscriptItem, change: Partial<BotViewContext> = {}): void => {
    const context: BotViewContext = {
      t, self: 'visitor', pressed: new Map(), openAfter: 0, formsAfter: 0, busy: null, problem: null, canDo: () => true,
      press: (one, button) => void presses.push(pressKey(one.seq, button.id)), ...change,
    };
    render(botItem(item, context) ?? html``, root);
  };
  const names = (selector: string): readonly string[] => [...root.querySelectorAll(selector)].map((one) => one.textContent!.trim());
  const button = (name: string): HTMLButtonElement => [...root.querySelectorAll('button')].find((one) => one.textContent === name)!;

  beforeEach(() => {
    host = document.createElement('div');
    const shadow = host.attachShadow({ mode: 'open' });
    shadow.adoptedStyleSheets = [toSheet(tokens + controlStyles + transcriptStyles + botStyles)];
    root = document.createElement('div');
    root.className = 'care-root';
    shadow.append(root);
    document.body.append(host);
    presses = [];
  });
  afterEach(() => host.remove());

  it('finds nothing in an audit, whether it can be pressed or was', async () => {
    draw(botTurn(3, 'What is it about?'));
    await expect(host).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    draw(botTurn(3, 'What is it about?'), { pressed: new Map([[3, new Set(['hours'])]]) });
    await expect(host).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
  });

  it('shows its words without the numbers, and its buttons in a group that is named by them', () => {
    draw(botTurn(3, 'What is it about?'));
    expect(names('.bubble')).to.deep.equal(['What is it about?']);
    expect(names('button')).to.deep.equal(['Opening hours', 'A bill', 'Talk to a person']);
    expect(names('a')).to.deep.equal(['Our site', 'Call us']);
    const group = root.querySelector('[role="group"]')!;
    expect(root.querySelector(`#${group.getAttribute('aria-labelledby')!}`)!.textContent).to.equal('What is it about?');
    for (const target of root.querySelectorAll('button, a')) expect(target.getBoundingClientRect().height).to.be.at.least(24);
  });

  it('sends nothing on focus or arrow keys, and one action per press', () => {
    draw(botTurn(3, 'What is it about?'));
    for (const one of root.querySelectorAll<HTMLElement>('button, a')) {
      one.focus();
      for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp', 'Home', 'a', 'O']) one.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    }
    expect(presses).to.deep.equal([]);
    button('Opening hours').click();
    expect(presses).to.deep.equal(['3 hours']);
    draw(botTurn(3, 'What is it about?'), { busy: '3 hours' });
    button('A bill').click();
    expect(presses).to.deep.equal(['3 hours']);
    expect(button('A bill').getAttribute('aria-disabled')).to.equal('true');
  });

  it('leaves the focus in the group of a button that goes', () => {
    draw(botTurn(3, 'What is it about?'));
    button('Opening hours').focus();
    button('Opening hours').click();
    draw(botTurn(3, 'What is it about?'), { pressed: new Map([[3, new Set(['hours'])]]) });
    expect((root.getRootNode() as ShadowRoot).activeElement).to.equal(root.querySelector('.bot-choices'));
  });

  it('says what was chosen once it is answered; links stay', () => {
    draw(botTurn(3, 'What is it about?'), { pressed: new Map([[3, new Set(['hours'])]]) });
    expect(names('.bot-chosen')).to.deep.equal(['Chosen: Opening hours']);
    expect(names('button')).to.deep.equal([]);
    expect(names('a')).to.deep.equal(['Our site', 'Call us']);
  });

  it('of mode many can be pressed again, and says what was', () => {
    draw(botTurn(3, 'More?', buttons, 'many'), { pressed: new Map([[3, new Set(['hours', 'bill'])]]) });
    expect(names('.bot-chosen')).to.deep.equal(['Chosen: Opening hours, A bill']);
    expect(names('button')).to.include('Opening hours');
  });

  it('cannot be pressed where somebody else has the conversation, and says what was offered', () => {
    draw(botTurn(3, 'What is it about?'), { openAfter: null, formsAfter: null });
    expect(names('button')).to.deep.equal([]);
    expect(names('.bot-chosen')).to.deep.equal(['Offered: Opening hours, A bill, Talk to a person']);
  });

  it('cannot be pressed any more once the bot has gone on from something else, but for mode many', () => {
    draw(botTurn(3, 'What is it about?'), { openAfter: 4 });
    expect(names('button')).to.deep.equal([]);
    draw(botTurn(3, 'What is it about?', buttons, 'many'), { openAfter: 4 });
    expect(names('button')).to.include('Opening hours');
    const typed = message(4, 'hours', { by: { id: 'v', role: 'visitor' } });
    expect(openAfterIn({ chunks: [[botTurn(2, 'One'), botTurn(3, 'Two'), typed]] })).to.equal(0);
    expect(openAfterIn({ chunks: [[botTurn(2, 'One'), typed], [botTurn(5, 'Three'), pressed(6, 5, 'hours')]] })).to.equal(4);
  });

  it('shows no button that nobody here can carry out', () => {
    const own = [...buttons, { id: 'check', label: 'Check symptoms', do: 'checker', to: 'respiratory' } as const];
    draw(botTurn(3, 'What is it about?', own), { canDo: ({ do: does }) => does !== 'checker' });
    expect(names('button')).to.not.include('Check symptoms');
  });

  it('says under the buttons why a press was refused', () => {
    draw(botTurn(3, 'What is it about?'), { problem: ['3 hours', 'No connection.'] });
    expect(names('[role="alert"]')).to.deep.equal(['No connection.']);
    draw(botTurn(5, 'Another'), { problem: ['3 hours', 'No connection.'] });
    expect(names('[role="alert"]')).to.deep.equal([]);
  });

  it('opens only addresses of the web, mail, telephone and the page\'s own site', () => {
    const url = (to: string): string | null => addressOf({ do: 'url', to });
    expect(url('https://www.clinic.test/a?b')).to.equal('https://www.clinic.test/a?b');
    expect(url('mailto:desk@clinic.test')).to.equal('mailto:desk@clinic.test');
    expect(url('tel:+15550100')).to.equal('tel:+15550100');
    expect(url('/billing/')).to.equal('/billing/');
    for (const bad of ['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', 'http://www.clinic.test/', '//evil.test/', '/\\evil.test/', 'blob:x', 'https:', '', 'billing']) expect(url(bad), bad).to.equal(null);
    expect(addressOf({ do: 'call', to: '+1 555 0100' })).to.equal('tel:+15550100');
    expect(addressOf({ do: 'call', to: 'javascript:alert(1)' })).to.equal(null);
    expect(addressOf({ do: 'reply', to: 'https://www.clinic.test/' })).to.equal(null);
    draw(botTurn(3, 'Where?', [{ id: 'a', label: 'Bad', do: 'url', to: 'javascript:alert(1)' }, { id: 'b', label: 'Good', do: 'url', to: 'https://www.clinic.test/' }]));
    expect(names('a')).to.deep.equal(['Good']);
    expect(root.querySelector('a')!.rel).to.contain('noopener');
  });

  it('keeps what opens a form while the rest is over, until the form was answered', () => {
    const ask: readonly Button[] = [{ id: 'fill', label: 'Answer some questions', do: 'form', to: 'intake' }, { id: 'else', label: 'Something else', do: 'reply' }];
    draw(botTurn(3, 'First?', ask), { openAfter: null });
    expect(names('button')).to.deep.equal(['Answer some questions']);
    expect(names('.bot-chosen')).to.deep.equal(['Offered: Something else']);
    const form: TranscriptItem = { type: 'form', key: 'f', seq: 5, at: 0, by: { id: 'v', role: 'visitor' }, body: { form: {}, answers: [], asked: { target: 3, buttonId: 'fill' } } };
    const timeline = { chunks: [[botTurn(3, 'First?', ask), form, botTurn(6, 'Thanks.')]] };
    draw(botTurn(3, 'First?', ask), { pressed: pressedIn(timeline) });
    expect([names('button'), names('.bot-chosen')]).to.deep.equal([[], ['Chosen: Answer some questions']]);
    expect(openAfterIn(timeline)).to.equal(5);
  });

  it('shows markup as text', () => {
    draw(botTurn(3, '<img src=x onerror=alert(1)>', [{ id: 'a', label: '<b>bold</b>', do: 'reply' }]));
    expect(root.querySelector('img, b')).to.equal(null);
    expect(names('button')).to.deep.equal(['<b>bold</b>']);
  });

  it('is nothing of a message without buttons, or of a visitor\'s', () => {
    const context = { t, self: 'visitor', pressed: new Map(), openAfter: 0, formsAfter: 0, busy: null, problem: null, canDo: () => true, press: () => {} } as const;
    expect(botItem(message(1, 'Hello', { by: botBy }), context)).to.equal(undefined);
    expect(botItem({ ...botTurn(1, 'Mine'), by: { id: 'v', role: 'visitor' } }, context)).to.equal(undefined);
  });

  it('is followed by what was pressed, and by who takes over', () => {
    draw(pressed(4, 3, 'hours'));
    expect(names('.mine .bubble')).to.deep.equal(['Opening hours']);
    draw(pressed(4, 3, 'hours'), { self: 'agent' });
    expect(names('.theirs .bubble')).to.deep.equal(['Opening hours']);
    for (const [item, text] of [
      [escalated(5, 'visitor'), 'A person was asked for'],
      [escalated(5, 'failed', { id: 'system', role: 'system' }), 'The assistant cannot go on. Our team takes over.'],
      [escalated(5, 'checker', { id: 'system', role: 'system' }), 'Your answers go to our team. A person takes over.'],
      [escalated(5, 'bot', botBy), 'Clinic assistant passes on to our team'],
    ] as const) {
      draw(item);
      expect(names('.system')).to.deep.equal([text]);
    }
  });

  it('is known to be answered by what stands anywhere in the conversation', () => {
    const found = pressedIn({ chunks: [[botTurn(3, 'One'), pressed(4, 3, 'hours')], [pressed(6, 3, 'bill'), pressed(7, 5, 'a')]] });
    expect([...found].map(([seq, ids]) => [seq, [...ids]])).to.deep.equal([[3, ['hours', 'bill']], [5, ['a']]]);
  });
});
