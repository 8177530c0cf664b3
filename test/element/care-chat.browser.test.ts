/** The tag: what it does before intent, its calls, focus, life on the page. The network answers discovery and nothing else. */
import { expect } from '@open-wc/testing';
import { CareChat } from '../../src/element/care-chat.js';
import { liveFlagKey } from '../../src/base/live-flag.js';
import '../../src/define.js';
import { createBrowserClock } from '../../src/platform/browser/clock.js';
import { createFlagStore } from '../../src/platform/browser/flag-store.js';
import { openVault } from '../../src/privacy/vault/open-vault.js';
import { until } from '../support/browser/panel-fixture.js';
import { stubWidget } from '../support/browser/stub-chat-session.js';

const discovery = {
  protocol: 'care-chat', versions: ['1'], rest: 'http://localhost/v1', ws: 'ws://localhost/v1/ws', caps: [],
  limits: { frameBytes: 65536, textChars: 8000, partsPerMessage: 20, inflightPerStream: 1, submitPerMin: 60, typingMinMs: 2000, resumeMax: 500, pageMax: 200 },
  widget: stubWidget, availability: { v: 1, state: 'online', departments: [], agents: [] },
};

describe('<care-chat>', () => {
  let element: CareChat;
  let requests: string[];
  const realFetch = globalThis.fetch;
  const events: string[] = [];
  const names = ['care-ready', 'care-opened', 'care-closed', 'care-error', 'care-send-request'] as const;
  const note = (event: Event): void => void events.push(event.type);

  const mount = (attributes: Record<string, string> = {}): CareChat => {
    element = document.createElement('care-chat');
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    for (const name of names) element.addEventListener(name, note);
    document.body.append(element);
    return element;
  };
  const root = (of: CareChat = element): ShadowRoot => of.shadowRoot!;
  const launcher = (of: CareChat = element): HTMLButtonElement => root(of).querySelector<HTMLButtonElement>('.launcher')!;
  const panel = (of: CareChat = element): HTMLElement => root(of).querySelector<HTMLElement>('.panel')!;
  const shown = (text: string) => (): boolean => panel().innerText.includes(text);

  beforeEach(() => {
    requests = [];
    events.length = 0;
    globalThis.careChat = undefined;
    globalThis.fetch = async (input) => {
      requests.push(String(input));
      return new Response(JSON.stringify(discovery), { headers: { 'content-type': 'application/json' } });
    };
  });
  afterEach(async () => {
    document.querySelectorAll('care-chat').forEach((one) => one.remove());
    await new Promise((resolve) => requestAnimationFrame(resolve));
    globalThis.fetch = realFetch;
    localStorage.clear();
    sessionStorage.clear();
  });

  it('passes an accessibility audit closed, and open', async () => {
    mount({ country: 'US' });
    await expect(element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
    element.open();
    await until(shown('How can we help?'));
    root().getAnimations().forEach((animation) => animation.finish());
    await expect(element).shadowDom.to.be.accessible({ ignoredRules: ['region'] });
  });

  it('stores nothing and asks for nothing before intent', async () => {
    mount();
    await new Promise((resolve) => requestAnimationFrame(resolve));
    expect(requests).to.deep.equal([]);
    expect([...Object.keys(localStorage), ...Object.keys(sessionStorage)]).to.deep.equal([]);
  });

  it('loads its core after idle where a conversation is live', async () => {
    localStorage.setItem(liveFlagKey('main'), '1');
    mount();
    await until(() => requests.length > 0);
    expect(root().querySelector('textarea')).to.be.null;
  });

  it('names its launcher "Open chat" and "Close chat"', async () => {
    mount();
    expect(launcher().getAttribute('aria-label')).to.equal('Open chat');
    launcher().click();
    expect(launcher().getAttribute('aria-label')).to.equal('Close chat');
    expect(launcher().getAttribute('aria-expanded')).to.equal('true');
  });

  it('has the launcher\'s visible text in its name', () => {
    mount({ 'launcher-label': 'Ask a nurse' });
    expect(launcher().getAttribute('aria-label')).to.equal('Ask a nurse, Open chat');
    element.open();
    expect(launcher().getAttribute('aria-label')).to.equal('Ask a nurse, Close chat');
  });

  it('is open again on every page of a visit with a live conversation, until the visitor closes it', async () => {
    globalThis.fetch = () => new Promise(() => {});
    localStorage.setItem(liveFlagKey('main'), '1');
    const vault = openVault({ name: `${location.origin}|main`, clock: createBrowserClock(), flags: createFlagStore(() => localStorage) });
    await vault.set('live', { id: 'c_1', createdAt: 0 });
    sessionStorage.setItem('care-chat:open:main', '1');
    for (const page of [1, 2, 3]) {
      mount();
      await until(() => element.opened && root().querySelector('[data-panel]') !== null);
      expect(sessionStorage.getItem('care-chat:open:main'), `page ${page}`).to.equal('1');
      if (page === 3) break;
      element.remove();
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
    element.close();
    expect(sessionStorage.getItem('care-chat:open:main')).to.be.null;
    await vault.wipe();
    // WebKit has no idle callback: there each page takes a second and a half.
  }).timeout(15_000);

  it('stores no language while nobody talks', async () => {
    mount({ open: '' });
    await until(shown('How can we help?'));
    root().querySelector<HTMLElement>('.tools .icon-button')!.click();
    await until(() => root().querySelector('.menu [lang="es"]') !== null);
    root().querySelector<HTMLElement>('.menu [lang="es"]')!.click();
    await until(shown('¿'));
    expect(Object.keys(sessionStorage)).to.deep.equal([]);
  });

  const problem = (status: number, code: string) => (): Promise<Response> =>
    Promise.resolve(new Response(JSON.stringify({ type: 'about:blank', title: code, status, code }), { status, headers: { 'content-type': 'application/problem+json' } }));
  const failures: readonly (readonly [code: string, attributes: Record<string, string>, answer: () => Promise<Response>, sentence: string])[] = [
    ['bad-answer', {}, () => Promise.resolve(new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })), 'answered instead of the chat'],
    ['widget-unknown', {}, problem(404, 'widget-unknown'), 'unknown name'],
    ['origin-denied', {}, problem(403, 'origin-denied'), 'may not be used on this page'],
    ['insecure-server', { server: 'http://other.example' }, problem(500, 'internal'), 'https is needed'],
    ['config-invalid', { server: 'junk' }, problem(500, 'internal'), 'its address is not valid'],
  ];
  for (const [code, attributes, answer, sentence] of failures) {
    it(`tells the page and the visitor once: ${code}`, async () => {
      const codes: string[] = [];
      globalThis.fetch = answer;
      mount({ ...attributes, open: '' });
      element.addEventListener('care-error', (event) => codes.push(event.code));
      await until(shown(sentence));
      expect(codes).to.deep.equal([code]);
      root().querySelector<HTMLElement>('.state-view .button')!.click();
      await until(() => codes.length === 2);
      expect(codes).to.deep.equal([code, code]);
    });
  }

  it('has its own colour where the page gives none that is one', () => {
    mount();
    const fill = getComputedStyle(launcher()).backgroundColor;
    element.remove();
    mount({ style: '--care-brand: junk' });
    expect(getComputedStyle(launcher()).backgroundColor).to.equal(fill);
    element.config = { brand: 'more junk' };
    expect(getComputedStyle(launcher()).backgroundColor).to.equal(fill);
    element.config = { brand: 'rebeccapurple' };
    expect(getComputedStyle(launcher()).backgroundColor).not.to.equal(fill);
  });

  it('shows the emergency line of the country from the first paint, and a sentence where the country is not known', () => {
    mount({ country: 'gb', open: '' });
    expect(panel().innerText).to.contain('Call 999 in an emergency');
    expect(root().querySelector<HTMLAnchorElement>('.emergency a')!.href).to.equal('tel:999');
    element.setAttribute('country', '');
    expect(root().querySelector('.emergency a')).to.be.null;
    expect(panel().innerText).to.contain('your local emergency number');
    element.config = { emergency: '144' };
    expect(panel().innerText).to.contain('Call 144 in an emergency');
  });

  it('shows the crisis line where the country has one, from the first paint', () => {
    mount({ country: 'us', open: '' });
    const dialled = (): readonly string[] => [...root().querySelectorAll<HTMLAnchorElement>('.emergency a')].map(({ href }) => href);
    expect(dialled()).to.deep.equal(['tel:911', 'tel:988']);
    expect(panel().innerText).to.contain('Crisis line: 988');
    element.lang = 'es';
    expect(panel().innerText).to.contain('Línea de crisis: 988');
    element.setAttribute('country', 'gb');
    expect(dialled()).to.deep.equal(['tel:999']);
  });

  it('replays calls that were queued before it came, in order and once it is ready, and takes later ones at once', async () => {
    globalThis.careChat = [];
    globalThis.careChat.push(['open'], ['pageChanged', 'Billing'], ['close'], ['open']);
    globalThis.careChat.push(['innerHTML' as 'open', '<b>']);
    mount();
    await Promise.resolve();
    expect(element.opened).to.be.true;
    expect(events).to.deep.equal(['care-ready', 'care-opened', 'care-closed', 'care-opened']);
    expect(element.getAttribute('page-name')).to.equal('Billing');
    globalThis.careChat.push(['close']);
    expect(element.opened).to.be.false;
  });

  it('takes properties that were set before it was upgraded', () => {
    const frame = document.createElement('div');
    const early = document.createElement('care-chat-later') as CareChat;
    Object.assign(early, { opened: true, config: { country: 'AU' } });
    frame.append(early);
    document.body.append(frame);
    customElements.define('care-chat-later', class extends CareChat {});
    expect(early.hasAttribute('open')).to.be.true;
    expect(panel(early).innerText).to.contain('Call 000');
    frame.remove();
  });

  it('lets a second definition pass', async () => {
    const url = new URL('../../src/define.js?second', import.meta.url).href;
    await import(url);
    expect(customElements.get('care-chat')).to.equal(CareChat);
  });

  it('moves no focus when the page opens it', async () => {
    mount();
    const before = document.activeElement;
    element.open();
    await until(shown('How can we help?'));
    expect(document.activeElement).to.equal(before);
  });

  it('takes the focus in when the visitor opens it, and gives it back', async () => {
    mount();
    launcher().focus();
    launcher().click();
    await until(shown('How can we help?'));
    await until(() => root().activeElement !== null && panel().contains(root().activeElement));
    root().activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true }));
    expect(element.opened).to.be.false;
    expect(root().activeElement).to.equal(launcher());
  });

  it('shows the problem of a server that answers HTML, keeps the emergency line, and tries again', async () => {
    const good = globalThis.fetch;
    globalThis.fetch = async () => new Response('<!doctype html><title>Log in</title>', { headers: { 'content-type': 'text/html' } });
    mount({ country: 'US', open: '' });
    await until(shown('answered instead of the chat'));
    expect(panel().innerText).to.contain('Call 911');
    globalThis.fetch = good;
    [...root().querySelectorAll('button')].find((button) => button.textContent === 'Try again')!.click();
    await until(shown('How can we help?'));
  });

  it('shows the page\'s own ways while it loads, once that takes more than a moment', () => {
    mount();
    const ways = document.createElement('p');
    element.append(ways);
    element.open();
    const [wait] = root().querySelector('slot')!.getAnimations();
    wait!.pause();
    const seenAt = (ms: number): string => {
      wait!.currentTime = ms;
      return getComputedStyle(ways).visibility;
    };
    expect([seenAt(0), seenAt(3999), seenAt(4000)]).to.deep.equal(['hidden', 'hidden', 'visible']);
  });

  it('lets the page keep a text from being sent, and only there', async () => {
    mount();
    let text = '';
    let bubbled = false;
    element.addEventListener('care-send-request', (event) => {
      text = event.text;
      event.preventDefault();
    });
    const spy = (): void => void (bubbled = true);
    document.addEventListener('care-send-request', spy);
    expect(await element.send('private words')).to.be.false;
    document.removeEventListener('care-send-request', spy);
    expect(text).to.equal('private words');
    expect(bubbled).to.be.false;
    expect(requests.every((url) => url.includes('/.well-known/care-chat'))).to.be.true;
  });

  it('says by an event when an empty text is sent', async () => {
    mount();
    const codes: string[] = [];
    element.addEventListener('care-error', ({ code }) => codes.push(code));
    expect(await element.send('  ')).to.be.false;
    expect(codes).to.deep.equal(['empty-text']);
  });

  it('shares one conversation among two elements of a page', async () => {
    const one = mount({ open: '' });
    const two = mount({ open: '' });
    await until(() => panel(one).innerText.includes('How can we help?') && panel(two).innerText.includes('How can we help?'));
    expect(requests.length).to.equal(1);
  });

  it('works again after it was moved, and after it was taken away and put back', async () => {
    mount({ open: '' });
    await until(shown('How can we help?'));
    const box = document.createElement('div');
    document.body.append(box);
    box.append(element);
    await until(shown('How can we help?'));
    element.remove();
    document.body.append(element);
    await until(shown('How can we help?'));
    expect(root().querySelectorAll('textarea').length).to.equal(1);
    box.remove();
  });

  it('has one panel, whenever it is taken away and put back while it loads', async () => {
    for (const turns of [0, 1, 2, 3, 5, 8, 13]) {
      mount({ open: '', lang: 'es' });
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      element.remove();
      document.body.append(element);
      for (let turn = 0; turn < 40; turn++) {
        await Promise.resolve();
        element.close();
        element.open();
      }
      await until(shown('¿'));
      await until(() => root().querySelector('textarea') !== null);
      expect(root().querySelectorAll('[part="announcer"]').length, `announcers after ${turns} turns`).to.equal(1);
      expect(root().querySelectorAll('textarea').length).to.equal(1);
      element.remove();
      expect(root().querySelectorAll('[part="announcer"]').length).to.equal(0);
    }
  });

  it('speaks the language of the page around it, and its own where it has one', () => {
    const box = document.createElement('div');
    box.lang = 'es-MX';
    document.body.append(box);
    box.append(mount());
    expect(launcher().getAttribute('aria-label')).to.equal('Abrir chat');
    element.lang = 'ar';
    expect(launcher().getAttribute('aria-label')).to.equal('فتح المحادثة');
    box.remove();
  });

  it('never touches the page around it', async () => {
    const head = document.head.children.length;
    mount({ open: '' });
    await until(shown('How can we help?'));
    expect(document.body.getAttribute('style')).to.be.null;
    expect(document.documentElement.getAttribute('style')).to.be.null;
    expect(document.head.children.length).to.equal(head);
    expect(element.getBoundingClientRect().width).to.equal(0);
  });

  it('releases everything on disconnect', async () => {
    const held: string[] = [];
    const [add, remove] = [EventTarget.prototype.addEventListener, EventTarget.prototype.removeEventListener];
    const watched = (target: EventTarget): boolean => target === window || target === document || target === window.visualViewport;
    EventTarget.prototype.addEventListener = function (this: EventTarget, type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | AddEventListenerOptions) {
      if (watched(this)) {
        held.push(type);
        if (typeof options === 'object') options.signal?.addEventListener('abort', () => held.splice(held.indexOf(type), 1));
      }
      add.call(this, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (this: EventTarget, type: string, listener: EventListenerOrEventListenerObject | null, options?: boolean | EventListenerOptions) {
      if (watched(this) && held.includes(type)) held.splice(held.indexOf(type), 1);
      remove.call(this, type, listener, options);
    };
    try {
      mount({ open: '' });
      await until(shown('How can we help?'));
      expect(held.length).to.be.greaterThan(0);
      element.remove();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      expect(held).to.deep.equal([]);
    } finally {
      EventTarget.prototype.addEventListener = add;
      EventTarget.prototype.removeEventListener = remove;
    }
  });
});
