/** The panel over a stub conversation: audits, names, announcements, keys, focus, and that nothing is left behind. */
import { expect } from '@open-wc/testing';
import { CareError, type CareErrorCode } from '../../src/base/care-error.js';
import type { ChatSnapshot } from '../../src/core/snapshots.js';
import type { ChatHost } from '../../src/element/host.js';
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
      await panel.settle();
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
    await panel.settle();
    expect(panel.text()).to.contain('This chat has ended');
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
    await panel.settle();
    panel.button('End chat').click();
    await panel.settle();
    expect(asked('end')).to.deep.equal([]);
    expect(panel.root.activeElement?.textContent).to.equal('Keep chatting');
    panel.button('End chat').click();
    await panel.settle();
    expect(asked('end')).to.deep.equal([[]]);
    expect(panel.button('New chat')).to.exist;
  });

  it('retries a failed message, and gives back the text of one that was given up', async () => {
    panel = await mountPanel(readySnapshot({ conversation: stubConversation([ownMessage(null, 'lost', { key: 'k1', state: 'failed', error: 'network' })]) }));
    panel.button('Try again').click();
    panel.button('Delete').click();
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
      sentences.add(panel.get('[part~="error"]').textContent!);
    }
    expect(sentences.size).to.equal(codes.length);
    expect(panel.root.querySelector('.emergency')!.textContent).to.equal('Call 911 in an emergency');
  });

  it('makes links of http, https, mailto and tel only, and lets them know nothing of the page', async () => {
    panel = await mountPanel(readySnapshot({ conversation: stubConversation([message(1, 'javascript:alert(1) https://a.example/x, mailto:a@b.example tel:+15550100 data:text/html,x')]) }));
    const links = panel.all('.bubble a') as readonly HTMLAnchorElement[];
    expect(links.map(({ href }) => href)).to.deep.equal(['https://a.example/x', 'mailto:a@b.example', 'tel:+15550100']);
    expect(links.every(({ rel }) => rel.includes('noopener') && rel.includes('noreferrer'))).to.be.true;
  });

  it('says what the connection is doing, and tries at once when asked', async () => {
    panel = await mountPanel(talking({ connection: { state: 'waiting', retryAt: null, error: 'network' }, durable: false }));
    expect(panel.text()).to.contain('No connection').and.to.contain('This browser cannot keep your messages');
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
    await panel.settle();
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
      await type('Born 1950-03-14.');
      expect(loaded).to.deep.equal([]);
      await type('Born 1950-03-14, 120 over 80, 5 mg');
      await until(() => loaded.length > 0);
      await panel.settle();
      expect(loaded).to.deep.equal(['mask']);
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
      expect(loaded).to.deep.equal(['mask']);
      key({ key: 'Enter' });
      expect(asked('send').length, 'a warning does not keep from sending').to.equal(1);
    });

    it('goes on without the rules where they cannot be loaded', async () => {
      panel = await mountPanel(talking(), { loadChunk: (name, load) => (name === 'mask' ? Promise.reject(new CareError('chunk-failed')) : load()) });
      await type('My card is 4111 1111 1111 1111');
      key({ key: 'Enter' });
      expect(asked('send').length).to.equal(1);
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
});
