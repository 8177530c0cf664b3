/** The panel over a stub conversation: audits, names, announcements, keys, focus, and that nothing is left behind. */
import { expect } from '@open-wc/testing';
import { CareError, type CareErrorCode } from '../../src/base/care-error.js';
import type { ChatSnapshot } from '../../src/core/snapshots.js';
import type { ChatHost } from '../../src/element/host.js';
import { botBy, botTurn, escalated, pressed } from '../support/browser/bot-items.js';
import { mountPanel, until, type PanelFixture } from '../support/browser/panel-fixture.js';
import { message, nurseBy, ownMessage, readySnapshot, stubAt, stubConversation, stubWidget } from '../support/browser/stub-chat-session.js';

const talk = [message(1, 'Hello, this is Nadia.'), ownMessage(2, 'Hello!', { state: 'read' }), message(3, 'See https://clinic.example/dizzy.')];
const talking = (change: Partial<ChatSnapshot> = {}): ChatSnapshot => readySnapshot({ conversation: stubConversation(talk), ...change });
const consent = { purpose: 'chat', version: '2026-01', required: true, text: { en: 'I agree.', es: 'Acepto.' } };
const departments = [{ id: 'nurses', name: { en: 'Nurses' } }, { id: 'desk', name: { en: 'Front desk' } }];

describe('panel of <care-chat>', () => {
  let panel: PanelFixture;
  afterEach(() => panel.remove());

  const asked = (name: string): readonly (readonly unknown[])[] => panel.session.intents.filter(([one]) => one === name).map(([, ...args]) => args);
  const type = async (text: string): Promise<void> => {
    const field = panel.get<HTMLTextAreaElement>('textarea');
    field.value = text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await panel.settle();
  };
  const key = (options: KeyboardEventInit & { keyCode?: number }): KeyboardEvent => {
    const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, composed: true, ...options });
    panel.get('textarea').dispatchEvent(event);
    return event;
  };

  describe('accessibility audit', () => {
    const views: readonly (readonly [string, ChatSnapshot, string?])[] = [
      ['welcome', readySnapshot({ widget: { ...stubWidget, departments } })],
      ['welcome with the first message', readySnapshot()],
      ['a conversation', talking()],
      ['a conversation, right to left', talking(), 'ar'],
      ['a conversation in Spanish', talking(), 'es'],
      ['every state of a message', readySnapshot({
        conversation: stubConversation((['queued', 'sending', 'sent', 'delivered', 'read', 'failed'] as const).map((state, i) =>
          ownMessage(i < 2 ? null : i, state, { state, error: state === 'failed' ? 'network' : null }))),
      })],
      ['no connection, nothing durable, waiting', talking({ durable: false, connection: { state: 'waiting', retryAt: null, error: 'network' }, conversation: stubConversation(talk, { status: 'waiting', agent: null }) })],
      ['an ended conversation', readySnapshot({ conversation: stubConversation(talk, { status: 'closed' }) })],
      ['a failed load', readySnapshot({ phase: 'failed', error: 'widget-unknown', widget: null, availability: null })],
    ];
    for (const [name, snapshot, lang] of views) {
      it(`finds nothing in: ${name}`, async () => {
        panel = await mountPanel(snapshot, lang ? { lang } : {});
        await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      });
    }

    it('finds nothing in: consent, menu, the question before ending', async () => {
      panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, consents: [consent] } }));
      panel.button('Start chat').click();
      await panel.settle();
      await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      await panel.set({ conversation: stubConversation(talk) });
      panel.button('More').click();
      await until(() => panel.all('.menu-item').length > 0);
      await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      panel.button('End chat').click();
      await panel.settle();
      await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    });
  });

  it('names the field "Message", the button "Send" and the transcript as a silent log', async () => {
    panel = await mountPanel(talking());
    expect(panel.get('textarea').getAttribute('aria-label')).to.equal('Message');
    expect(panel.button('Send')).to.exist;
    expect(panel.get('[role="log"]').getAttribute('aria-live')).to.equal('off');
  });

  it('announces each message of somebody else exactly once, and neither history nor own messages', async () => {
    panel = await mountPanel(talking());
    expect(panel.announced()).to.deep.equal([]);
    const four = message(4, 'Are you still there?');
    await panel.set({ conversation: stubConversation([...talk, four]) });
    await panel.set({ conversation: stubConversation([...talk, four, ownMessage(5, 'Yes')]) });
    await panel.set({ conversation: stubConversation([message(0, 'Older'), ...talk, four, ownMessage(5, 'Yes', { state: 'read' })]) });
    expect(panel.announced()).to.deep.equal(['Nadia Okafor: Are you still there?']);
    await panel.session.clock.advance(7001);
    expect(panel.announced()).to.deep.equal([]);
  });

  it('announces the first message of a conversation that began here', async () => {
    panel = await mountPanel(readySnapshot());
    panel.session.tell({ type: 'conversation-started', conversationId: 'c_1' });
    await panel.set({ conversation: stubConversation([message(1, 'Welcome!')]) });
    expect(panel.announced()).to.deep.equal(['Nadia Okafor: Welcome!']);
  });

  it('does not say what was written while the panel is closed', async () => {
    panel = await mountPanel(talking(), { opened: false });
    await panel.set({ conversation: stubConversation([...talk, message(4, 'Private')]) });
    expect(panel.announced()).to.deep.equal(['New message from Nadia Okafor']);
  });

  it('sends with Enter, breaks the line with Shift+Enter, and leaves keys to an input method', async () => {
    panel = await mountPanel(talking());
    await type('  Thank you  ');
    expect(key({ key: 'Enter', shiftKey: true }).defaultPrevented).to.be.false;
    key({ key: 'Enter', isComposing: true });
    key({ key: 'Enter', keyCode: 229 });
    expect(asked('send')).to.deep.equal([]);
    expect(key({ key: 'Enter' }).defaultPrevented).to.be.true;
    expect(asked('send')).to.deep.equal([['Thank you']]);
    await panel.settle();
    expect(panel.get<HTMLTextAreaElement>('textarea').value).to.equal('');
  });

  it('says "You" of who ended the chat where the visitor did', async () => {
    const closed = (by: { readonly id: string; readonly role: 'visitor' | 'agent'; readonly name: string }) => ({ type: 'system', key: 'e4', seq: 4, at: stubAt, what: 'closed', by, reason: null }) as const;
    panel = await mountPanel(readySnapshot({ conversation: stubConversation([...talk, closed({ id: 'v_1', role: 'visitor', name: 'Maria' })], { status: 'closed' }) }));
    expect(panel.text()).to.contain('You ended the chat');
    await panel.set({ conversation: stubConversation([...talk, closed(nurseBy)], { status: 'closed' }) });
    expect(panel.text()).to.contain('Nadia Okafor ended the chat');
  });

  it('tells why a message waits that came too fast', async () => {
    panel = await mountPanel(readySnapshot({ conversation: stubConversation([...talk, ownMessage(null, 'Too fast', { state: 'queued', error: 'rate-limited' })]) }));
    expect(panel.text()).to.contain('It goes out by itself');
  });

  it('has one language all over where the words of another cannot be had, and asks again when it is opened again', async () => {
    let asked = 0;
    panel = await mountPanel(talking(), {
      lang: 'es', loadChunk: (name, load) => (name === 'locale-es' && asked++ === 0 ? Promise.reject(new CareError('chunk-failed')) : load()),
    });
    expect(panel.text()).to.contain('Call 911 in an emergency');
    expect(panel.get('textarea').getAttribute('aria-label')).to.equal('Message');
    expect(panel.session.intents.filter(([name]) => name === 'fail')).to.deep.equal([['fail', 'chunk-failed']]);
    await panel.set({ unread: 1 });
    expect(asked).to.equal(1);
    panel.setOpened(false);
    panel.setOpened(true);
    await until(() => panel.get('textarea').getAttribute('aria-label') === 'Mensaje');
    expect(panel.text()).to.contain('En una emergencia');
  });

  it('tells the page once that its first steps could not be loaded', async () => {
    panel = await mountPanel(readySnapshot(), { loadChunk: (name, load) => (name === 'start' ? Promise.reject(new CareError('chunk-failed')) : load()) });
    await until(() => panel.text().includes('could not be loaded'));
    expect(panel.session.intents.filter(([name]) => name === 'fail')).to.deep.equal([['fail', 'chunk-failed']]);
  });

  it('says by how much a text is too long, and loses nothing of it', async () => {
    panel = await mountPanel(talking());
    const long = 'x'.repeat(203);
    await type(long);
    key({ key: 'Enter' });
    expect(asked('send')).to.deep.equal([]);
    expect(panel.text()).to.contain('Too long by 3 characters');
    expect(panel.get<HTMLTextAreaElement>('textarea').value).to.equal(long);
  });

  it('keeps the text and says why where a message cannot be sent', async () => {
    panel = await mountPanel(talking());
    panel.session.sendFails = new CareError('closed-conversation');
    await type('One more thing');
    key({ key: 'Enter' });
    await until(() => panel.text().includes('This chat has ended'));
    expect(panel.get<HTMLTextAreaElement>('textarea').value).to.equal('One more thing');
  });

  it('closes with Escape, but not while an input method composes', async () => {
    panel = await mountPanel(talking());
    key({ key: 'Escape', isComposing: true });
    expect(panel.element.opened).to.be.true;
    key({ key: 'Escape' });
    expect(panel.element.opened).to.be.false;
  });

  it('moves no focus when messages, states or views change', async () => {
    panel = await mountPanel(talking());
    const outside = document.createElement('button');
    document.body.append(outside);
    outside.focus();
    await panel.set({ conversation: stubConversation([...talk, message(4, 'New')]) });
    await panel.set({ conversation: stubConversation(talk, { status: 'closed' }) });
    await panel.set({ conversation: null });
    expect(document.activeElement).to.equal(outside);
    outside.remove();
  });

  it('keeps the focus inside when the view that had it goes', async () => {
    panel = await mountPanel(talking());
    panel.get('textarea').focus();
    await panel.set({ conversation: stubConversation(talk, { status: 'closed' }) });
    expect(panel.root.activeElement?.textContent).to.equal('This chat has ended');
  });

  it('renders one chunk for a new message and leaves the others alone', async () => {
    const old = Array.from({ length: 20 }, (_, i) => message(i + 1, `old ${i}`));
    const withChunks = (last: ReturnType<typeof message>[]): Partial<ChatSnapshot> => {
      const chunks = [old, last];
      return { conversation: stubConversation([], { timeline: { chunks, length: 20 + last.length, hasOlder: false, loadingOlder: false } }) };
    };
    const first = message(30, 'first');
    panel = await mountPanel(readySnapshot(withChunks([first])));
    const touched: Node[] = [];
    const watch = new MutationObserver((records) => touched.push(...records.map(({ target }) => target)));
    watch.observe(panel.get('[role="log"]'), { subtree: true, childList: true, characterData: true, attributes: true });
    await panel.set(withChunks([first, message(31, 'second')]));
    watch.disconnect();
    const olds = panel.all('.message').slice(0, 19);
    expect(touched.length).to.be.greaterThan(0);
    expect(olds.filter((element) => touched.some((node) => element.contains(node)))).to.deep.equal([]);
  });

  it('switches the language while chatting and keeps what is being written', async () => {
    panel = await mountPanel(talking());
    await type('half a sent');
    await panel.setLang('es');
    await until(() => panel.get('textarea').getAttribute('aria-label') === 'Mensaje');
    expect(panel.get<HTMLTextAreaElement>('textarea').value).to.equal('half a sent');
    expect(panel.all('.message').length).to.equal(3);
    expect(panel.root.querySelector('.body')!.getAttribute('dir')).to.equal('ltr');
    await panel.setLang('ar');
    await until(() => panel.root.querySelector('.body')!.getAttribute('dir') === 'rtl');
  });

  it('asks for the required consent, and records version, language and hash of the text as shown', async () => {
    panel = await mountPanel(readySnapshot({ widget: { ...stubWidget, consents: [consent] } }));
    panel.button('Start chat').click();
    await panel.settle();
    panel.button('Start chat').click();
    await panel.settle();
    expect(asked('start')).to.deep.equal([]);
    expect(panel.text()).to.contain('Please tick this box');
    panel.get<HTMLInputElement>('input[type="checkbox"]').click();
    panel.button('Start chat').click();
    await until(() => asked('start').length > 0);
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode('I agree.')));
    const textHash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(asked('start')[0]![0]).to.deep.include({ consents: [{ purpose: 'chat', version: '2026-01', granted: true, textHash, locale: 'en' }] });
  });

  it('ends a chat only after a question inside the panel, then offers a new one', async () => {
    panel = await mountPanel(talking());
    panel.button('More').click();
    await until(() => panel.text().includes('End chat'));
    panel.button('End chat').click();
    await panel.settle();
    expect(asked('end')).to.deep.equal([]);
    expect(panel.root.activeElement?.textContent).to.equal('Keep chatting');
    panel.button('End chat').click();
    await panel.settle();
    expect(asked('end')).to.deep.equal([[]]);
    expect(panel.button('New chat')).to.exist;
  });

  it('says that a message could not be sent, and why, once for each try', async () => {
    panel = await mountPanel(talking());
    const becomes = (state: 'sending' | 'failed'): Promise<void> =>
      panel.set({ conversation: stubConversation([...talk, ownMessage(null, 'lost', { key: 'k1', state, error: state === 'failed' ? 'closed-conversation' : null })]) });
    const failures = (): readonly string[] => panel.announced().filter((sentence) => sentence.startsWith('Not sent: lost – This chat has ended.'));
    await becomes('failed');
    await until(() => failures().length === 1);
    await panel.set({ durable: false });
    expect(failures()).to.have.length(1);
    await becomes('sending');
    await becomes('failed');
    expect(failures()).to.have.length(2);
  });

  it('retries a failed message, and gives back the text of one that was given up', async () => {
    panel = await mountPanel(readySnapshot({ conversation: stubConversation([ownMessage(null, 'lost', { key: 'k1', state: 'failed', error: 'network' })]) }));
    panel.button('Try again').click();
    panel.button('Edit').click();
    await panel.settle();
    expect(asked('retry')).to.deep.equal([['k1']]);
    expect(asked('discard')).to.deep.equal([['k1']]);
    expect(panel.get<HTMLTextAreaElement>('textarea').value).to.equal('given up');
  });

  it('has a sentence that a person can act on for each problem of a load', async () => {
    const codes: CareErrorCode[] = ['network', 'bad-answer', 'widget-unknown', 'origin-denied', 'unsupported-version', 'overloaded'];
    panel = await mountPanel(readySnapshot({ phase: 'failed', widget: null, error: 'network' }));
    const sentences = new Set<string>();
    for (const error of codes) {
      await panel.set({ error });
      await until(() => error === 'network' || !panel.get('[part~="error"]').textContent!.includes('cannot reach'));
      sentences.add(panel.get('[part~="error"]').textContent!);
    }
    expect(sentences.size).to.equal(codes.length);
    expect(panel.all('.emergency > *').map(({ textContent }) => textContent)).to.deep.equal(['Call 911 in an emergency', 'Crisis line: 988']);
  });

  it('makes links of http, https, mailto and tel only, and lets them know nothing of the page', async () => {
    panel = await mountPanel(readySnapshot({ conversation: stubConversation([message(1, 'javascript:alert(1) https://a.example/x, mailto:a@b.example tel:+15550100 data:text/html,x')]) }));
    const links = panel.all('.bubble a') as readonly HTMLAnchorElement[];
    expect(links.map(({ href }) => href)).to.deep.equal(['https://a.example/x', 'mailto:a@b.example', 'tel:+15550100']);
    expect(links.every(({ rel }) => rel.includes('noopener') && rel.includes('noreferrer'))).to.be.true;
  });

  it('says what the connection is doing, and tries at once when asked', async () => {
    panel = await mountPanel(talking({ connection: { state: 'waiting', retryAt: stubAt + 5000, error: 'network' }, durable: false }));
    await until(() => panel.text().includes('Trying again in 5 seconds'));
    expect(panel.text()).to.contain('No connection').and.to.contain('This browser cannot keep this chat');
    panel.button('Try now').click();
    expect(asked('tryNow')).to.deep.equal([[]]);
  });

  it('marks what is new since the panel was closed, and reports what was on screen', async () => {
    panel = await mountPanel(talking({ conversation: stubConversation(talk, { readSeq: 1, unread: 1 }) }));
    await panel.settle();
    expect(panel.get('.unread-line').textContent).to.contain('New messages');
    expect(asked('markRead').at(-1)).to.deep.equal([3]);
  });

  it('reports what was read of a conversation that began in another tab', async () => {
    const long = Array.from({ length: 9 }, (_, i) => message(i + 1, `message ${i}`));
    panel = await mountPanel(talking({ conversation: stubConversation(long) }));
    await panel.settle();
    expect(asked('markRead').at(-1)).to.deep.equal([9]);
    await panel.set({ conversation: stubConversation(long, { status: 'closed' }) });
    await panel.set({ conversation: stubConversation([message(1, 'A new chat', { key: 'n1' }), message(2, 'Hello again', { key: 'n2' })], { id: 'c_2' }) });
    await panel.settle();
    expect(asked('markRead').at(-1)).to.deep.equal([2]);
  });

  it('keeps no question and no "new messages" line of another conversation', async () => {
    panel = await mountPanel(talking({ conversation: stubConversation(talk, { readSeq: 1, unread: 1 }) }));
    panel.button('More').click();
    await until(() => panel.text().includes('End chat'));
    panel.button('End chat').click();
    await panel.settle();
    await panel.set({ conversation: stubConversation(talk, { id: 'c_2' }) });
    expect(panel.root.querySelector('.confirm, .unread-line')).to.be.null;
  });

  describe('warning of a sensitive number', () => {
    const warning = 'This looks like the number of a card';
    const loaded: string[] = [];
    const loadChunk: ChatHost['loadChunk'] = (name, load) => {
      loaded.push(name);
      return load();
    };
    beforeEach(() => void (loaded.length = 0));

    it('loads no rules before there are nine digits, and shows none for a date or a dose', async () => {
      panel = await mountPanel(talking(), { loadChunk });
      panel.get('textarea').focus();
      await type('Born 1950-03-14.');
      expect(loaded).to.deep.equal([]);
      await type('Born 1950-03-14, 120 over 80, 5 mg');
      // What comes later hands what is typed on to what looks for a number to call.
      await until(() => loaded.length > 1);
      await panel.settle();
      expect(loaded).to.deep.equal(['later', 'red-flags']);
      expect(panel.text()).not.to.contain(warning);
    });

    it('warns of a card number in any digits, and takes the warning back', async () => {
      panel = await mountPanel(talking(), { loadChunk });
      await type('My card is 4111 1111 1111 1111');
      await until(() => panel.text().includes(warning));
      expect(panel.get('textarea').getAttribute('aria-describedby')).to.equal(panel.get('.composer-hint').id);
      await type('My card is at home');
      expect(panel.text()).not.to.contain(warning);
      await type('٤١١١ ١١١١ ١١١١ ١١١١');
      expect(panel.text()).to.contain(warning);
      expect(loaded).to.deep.equal(['later', 'red-flags']);
      key({ key: 'Enter' });
      expect(asked('send').length, 'a warning does not keep from sending').to.equal(1);
    });

    it('goes on without the rules where they cannot be loaded', async () => {
      panel = await mountPanel(talking(), { loadChunk: (name, load) => (name === 'later' ? Promise.reject(new CareError('chunk-failed')) : load()) });
      await type('My card is 4111 1111 1111 1111');
      key({ key: 'Enter' });
      expect(asked('send').length).to.equal(1);
    });
  });

  describe('where nothing reaches the server', () => {
    const phone = (): HTMLElement => Object.assign(document.createElement('p'), { textContent: 'Call 555-0100' });
    const waiting = (change: Partial<ChatSnapshot> = {}): ChatSnapshot => talking({ connection: { state: 'waiting', retryAt: null, error: 'network' }, ...change });
    const box = (): HTMLElement | null => panel.root.querySelector<HTMLElement>('[part~="fallback"]');
    const ticks = async (seconds: number): Promise<void> => {
      for (let i = 0; i < seconds; i++) {
        await panel.session.clock.advance(1000);
        await panel.settle();
      }
    };

    it('shows the page\'s own children at once where the chat cannot be loaded, says so once, and passes an audit', async () => {
      panel = await mountPanel(readySnapshot({ phase: 'failed', widget: null, error: 'network' }));
      await until(() => box() !== null);
      expect(panel.text()).to.contain('If it is urgent, do not wait for the chat.').and.to.contain('Call 911');
      panel.element.append(phone());
      await until(() => panel.text().includes('You can also reach us this way'));
      expect(panel.get<HTMLSlotElement>('slot').assignedElements().length).to.equal(1);
      await panel.set({ error: 'timeout' });
      await expect(panel.element).to.be.accessible({ ignoredRules: ['region'] });
    });

    it('leaves the page\'s own children in the direction of the page', async () => {
      panel = await mountPanel(readySnapshot({ phase: 'failed', widget: null, error: 'network' }));
      const way = phone();
      panel.element.append(way);
      await until(() => box() !== null);
      box()!.dir = 'rtl';
      expect([getComputedStyle(box()!).direction, getComputedStyle(way).direction]).to.deep.equal(['rtl', 'ltr']);
    });

    it('keeps what was typed, to be edited and sent by the next try', async () => {
      panel = await mountPanel(readySnapshot({ phase: 'failed', widget: null, error: 'network', draft: { text: 'My chest hurts', at: 1 } }));
      await until(() => box() !== null);
      expect(panel.get<HTMLTextAreaElement>('textarea').value).to.equal('My chest hurts');
      panel.button('Send').click();
      expect(asked('send')).to.deep.equal([['My chest hurts']]);
    });

    it('shows them in a conversation after twelve seconds without a connection, moves no focus, says it once, and takes them back', async () => {
      panel = await mountPanel(waiting());
      panel.element.append(phone());
      await until(() => panel.text().includes('Trying…'));
      panel.get('textarea').focus();
      await ticks(11);
      expect(box()).to.be.null;
      await ticks(4);
      expect(box()!.checkVisibility()).to.be.true;
      expect(panel.root.activeElement).to.equal(panel.get('textarea'));
      expect(panel.get('textarea').checkVisibility() && panel.get('[role="log"]').clientHeight > 40).to.be.true;
      expect(panel.announced().filter((sentence) => sentence.includes('555-0100')).length).to.equal(1);
      await panel.set({ connection: { state: 'online', retryAt: null, error: null } });
      expect(box()).to.be.null;
      expect(panel.announced().at(-1)).to.equal('Connected again.');
    });

    it('shows them at once where the device is offline, keeps what was typed, and takes them back with the connection', async () => {
      panel = await mountPanel(talking({ draft: { text: 'My chest hurts', at: 1 } }));
      panel.element.append(phone());
      Object.defineProperty(navigator, 'onLine', { configurable: true, value: false });
      try {
        await panel.set({ connection: { state: 'online', retryAt: null, error: null } });
        expect(box(), 'while there is a connection all the same').to.be.null;
        await panel.set({ connection: { state: 'waiting', retryAt: null, error: 'network' } });
        await until(() => box() !== null);
        expect(box()!.checkVisibility()).to.be.true;
        expect(panel.text()).to.include('This device is offline');
        expect(panel.get<HTMLTextAreaElement>('textarea').value).to.equal('My chest hurts');
        expect(panel.announced().filter((sentence) => sentence.includes('555-0100')).length).to.equal(1);
      } finally {
        delete (navigator as { onLine?: unknown }).onLine;
      }
      await panel.set({ connection: { state: 'connecting', retryAt: null, error: 'network' } });
      expect(box(), 'until there is one').not.to.be.null;
      await panel.set({ connection: { state: 'online', retryAt: null, error: null } });
      expect(box()).to.be.null;
    });

    it('shows them at once where what watches the connection could not be loaded either', async () => {
      panel = await mountPanel(talking({ draft: { text: 'My chest hurts', at: 1 } }), { loadChunk: (name, load) => (name === 'later' ? Promise.reject(new CareError('chunk-failed')) : load()) });
      const way = phone();
      panel.element.append(way);
      await panel.set({ connection: { state: 'waiting', retryAt: null, error: 'network' } });
      await until(() => way.checkVisibility());
      expect(panel.get<HTMLTextAreaElement>('textarea').value).to.equal('My chest hurts');
      await panel.set({ connection: { state: 'online', retryAt: null, error: null } });
      expect(way.checkVisibility()).to.equal(false);
    });

    for (const isWatched of [true, false]) {
      it(`shows them where a start failed with a part that did not load, ${isWatched ? '' : 'even where what watches did not load either'}`, async () => {
        panel = await mountPanel(readySnapshot(), { loadChunk: (name, load) => (name === 'later' && !isWatched ? Promise.reject(new CareError('chunk-failed')) : load()) });
        const way = phone();
        panel.element.append(way);
        await panel.set({ startError: 'chunk-failed' });
        await until(() => way.checkVisibility());
        await panel.set({ startError: null });
        await until(() => !way.checkVisibility());
      });
    }

    it('shows them in time, however often something is drawn meanwhile', async () => {
      panel = await mountPanel(waiting());
      panel.element.append(phone());
      await until(() => panel.text().includes('Trying…'));
      for (let i = 0; i < 40; i++) {
        await panel.set({ connection: { state: i % 2 ? 'waiting' : 'connecting', retryAt: null, error: 'network' } });
        await panel.session.clock.advance(400);
        await panel.settle();
      }
      expect(box()!.checkVisibility()).to.be.true;
    });

    it('does not take a form of the page away from somebody who is filling it in', async () => {
      panel = await mountPanel(talking({ connection: { state: 'stopped', retryAt: null, error: 'forbidden' } }));
      const field = document.createElement('input');
      panel.element.append(field);
      await until(() => box() !== null);
      field.focus();
      await panel.set({ connection: { state: 'online', retryAt: null, error: null } });
      expect(box()).not.to.be.null;
      field.blur();
      await until(() => box() === null);
    });

    it('shows that it tries, and says what came of a try that was asked for', async () => {
      panel = await mountPanel(waiting({ connection: { state: 'waiting', retryAt: stubAt + 60_000, error: 'network' } }));
      await until(() => panel.text().includes('Trying again in'));
      const said = panel.announced().length;
      panel.button('Try now').click();
      panel.button('Try now').click();
      await panel.settle();
      expect(panel.button('Trying…').getAttribute('aria-disabled')).to.equal('true');
      expect(asked('tryNow').length).to.equal(1);
      await ticks(1);
      expect(panel.button('Try now')).to.exist;
      expect(panel.announced().length).to.equal(said + 1);
    });
  });

  it('releases everything when disposed of', async () => {
    panel = await mountPanel(talking());
    panel.view.dispose();
    expect(panel.session.listeners).to.equal(0);
    expect(panel.root.querySelector('[aria-live="polite"]')).to.be.null;
    expect(panel.root.querySelector('textarea')).to.be.null;
    const before = panel.session.intents.length;
    document.dispatchEvent(new Event('visibilitychange'));
    await panel.set({ durable: false });
    expect(panel.session.intents.length).to.equal(before);
  });

  describe('with a bot', () => {
    const told = message(1, 'You are talking to a bot.', { by: botBy });
    const turn = botTurn(2, 'What is it about?');
    const withBot = (items: Parameters<typeof stubConversation>[0], change: Parameters<typeof stubConversation>[1] = {}): ChatSnapshot =>
      readySnapshot({ conversation: stubConversation(items, { status: 'waiting', agent: null, bot: true, ...change }) });
    const shows = (selector: string) => until(() => panel.root.querySelector(selector) !== null);

    it('shows its turns as numbered text until what shows buttons is there, and for good where it cannot be had', async () => {
      let fails = true;
      panel = await mountPanel(withBot([told, turn]), { loadChunk: (name, load) => (name === 'bot' && fails ? Promise.reject(new CareError('chunk-failed')) : load()) });
      await panel.settle();
      expect(panel.text()).to.contain('(1) Opening hours');
      fails = false;
      await panel.set({ conversation: stubConversation([told, turn, message(3, 'Well?', { by: botBy })], { status: 'waiting', agent: null, bot: true }) });
      await shows('.bot-choices button');
      expect(panel.text()).to.not.contain('(1) Opening hours');
    });

    it('loads what shows it with the first thing that a bot does, and not before', async () => {
      const names: string[] = [];
      panel = await mountPanel(talking(), { loadChunk: (name, load) => (names.push(name), load()) });
      await panel.settle();
      expect(names).to.not.include('bot');
      await panel.set({ conversation: stubConversation([turn], { status: 'waiting', agent: null, bot: true }) });
      await shows('.bot-choices button');
      expect(names).to.include('bot');
    });

    for (const lang of ['en', 'es', 'ar']) {
      it(`finds nothing in an audit (${lang})`, async () => {
        panel = await mountPanel(withBot([told, turn, pressed(3, 2, 'hours'), botTurn(4, 'Monday to Friday.')]), { lang });
        await shows('.bot-line');
        await expect(panel.element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
      });
    }

    it('says at each of its turns that it is one, and does not say that somebody waits in the queue', async () => {
      panel = await mountPanel(withBot([told, turn, pressed(3, 2, 'hours'), botTurn(4, 'Monday to Friday.')]));
      await shows('.bot-line');
      expect(panel.all('.sender').map((one) => one.innerText.replace(/\s+/g, ' '))).to.have.length(2);
      for (const sender of panel.all('.sender')) expect(sender.innerText).to.match(/Clinic assistant\s*Automatic assistant/);
      expect(panel.all('.queue')).to.have.length(0);
      await panel.set({ conversation: stubConversation([told, turn, escalated(3, 'visitor')], { status: 'waiting', agent: null }) });
      expect(panel.all('.queue')).to.have.length(1);
      expect(panel.all('.bot-line')).to.have.length(0);
      expect(panel.text()).to.contain('A person was asked for');
    });

    it('is sent what was pressed; a refusal is said where it was, and what somebody else answered is none', async () => {
      panel = await mountPanel(withBot([told, turn]));
      await shows('.bot-choices button');
      panel.session.actFails = new CareError('conflict');
      panel.button('Opening hours').click();
      await panel.settle();
      expect(asked('act')).to.deep.equal([[{ kind: 'action', target: 2, buttonId: 'hours' }]]);
      expect(panel.all('.bot-problem')).to.have.length(0);
      panel.session.actFails = new CareError('network', 'network', { retryable: true });
      panel.button('A bill').click();
      await panel.settle();
      expect(panel.get('.bot-choices .bot-problem').innerText).to.contain('cannot reach the chat');
    });

    it('opens a symptom checker that the widget has, and offers no other', async () => {
      const offers = botTurn(2, 'What is it about?', [{ id: 'a', label: 'Check my symptoms', do: 'checker', to: 'respiratory' }, { id: 'b', label: 'Check my mood', do: 'checker', to: 'phq-9' }]);
      panel = await mountPanel({ ...withBot([told, offers]), widget: { ...stubWidget, checkers: [{ id: 'respiratory', name: { en: 'Cough and breath' } }] } });
      await shows('.bot-choices button');
      expect(panel.all('.bot-choices button')).to.have.length(1);
      const wanted: unknown[] = [];
      panel.session.wanted.subscribe((what) => wanted.push(what));
      panel.button('Check my symptoms').click();
      expect(wanted).to.include('check:respiratory');
      expect(asked('act')).to.deep.equal([[{ kind: 'action', target: 2, buttonId: 'a' }]]);
    });

    it('is answered in another tab: the buttons are text here too', async () => {
      panel = await mountPanel(withBot([told, turn]));
      await shows('.bot-choices button');
      await panel.set({ conversation: stubConversation([told, turn, pressed(3, 2, 'hours')], { status: 'waiting', agent: null, bot: true }) });
      expect(panel.all('.bot-choices button')).to.have.length(0);
      expect(panel.get('.bot-chosen').innerText).to.contain('Chosen: Opening hours');
      expect(panel.get('.message-mine, .message.mine').innerText).to.contain('Opening hours');
    });

    it('has a way to a person above the field at all times, which asks once', async () => {
      panel = await mountPanel(withBot([told]));
      await panel.set({ conversation: stubConversation([told, turn], { status: 'waiting', agent: null, bot: true }) });
      await shows('.bot-line button');
      panel.get('.bot-line button').click();
      await panel.settle();
      expect(asked('act')).to.deep.equal([[{ kind: 'escalate' }]]);
    });

    it('draws an old chunk again only when something in it was pressed', async () => {
      const first = [told, turn];
      panel = await mountPanel(withBot(first));
      await shows('.bot-choices button');
      const node = panel.get('.bot-choices');
      const changes: MutationRecord[] = [];
      const watch = new MutationObserver((records) => changes.push(...records));
      watch.observe(node, { subtree: true, childList: true, attributes: true, characterData: true });
      await panel.set({ draft: { text: 'Hello', at: 1 } });
      expect(changes).to.have.length(0);
      watch.disconnect();
    });
  });
});
