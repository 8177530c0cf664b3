/** What the browser gives, seen through the ports. */
import { expect } from '@open-wc/testing';
import { createBrowserClock } from '../../../src/platform/browser/clock.js';
import { createBrowserPorts } from '../../../src/platform/browser/create-ports.js';
import { createFlagStore } from '../../../src/platform/browser/flag-store.js';
import { createBrowserNetwork } from '../../../src/platform/browser/network.js';
import { createPageSignals } from '../../../src/platform/browser/page-signals.js';
import { createBrowserRandomness } from '../../../src/platform/browser/randomness.js';
import { createTabChannel } from '../../../src/platform/browser/tab-channel.js';
import { createFakeClock } from '../../support/shared/fake-clock.js';
import { createMemoryVault } from '../../support/shared/memory-ports.js';

describe('browser ports', () => {
  it('gives all ports without storing, opening or asking for anything', () => {
    const before = localStorage.length;
    const { fetch } = window;
    window.fetch = () => {
      throw new Error('should not ask');
    };
    try {
      const ports = createBrowserPorts({ vault: createMemoryVault(), channelName: 'care-chat-test' });
      expect(ports.flags.get('care-chat:nothing')).to.equal(null);
      expect(Object.keys(ports).sort()).to.deep.equal(['clock', 'flags', 'lock', 'network', 'page', 'randomness', 'tabFlags', 'tabs', 'vault']);
    } finally {
      window.fetch = fetch;
    }
    expect(localStorage.length).to.equal(before);
  });
  it('keeps flags where storage works, and remembers them where it throws', () => {
    const working = createFlagStore(() => sessionStorage);
    working.set('care-chat:test', '1');
    expect(sessionStorage.getItem('care-chat:test')).to.equal('1');
    working.delete('care-chat:test');
    expect(working.get('care-chat:test')).to.equal(null);
    const refused = createFlagStore(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    refused.set('a', '1');
    expect(refused.get('a')).to.equal('1');
    refused.delete('a');
    expect(refused.get('a')).to.equal(null);
  });
  it('remembers a flag that does not fit', () => {
    const full = { getItem: () => null, removeItem() {}, setItem() { throw new DOMException('full', 'QuotaExceededError'); } } as unknown as Storage;
    const flags = createFlagStore(() => full);
    flags.set('a', '1');
    expect(flags.get('a')).to.equal('1');
  });
  it('knows by trying whether flags are kept, and leaves nothing behind', () => {
    const size = sessionStorage.length;
    expect(createFlagStore(() => sessionStorage).keeps()).to.equal(true);
    expect(sessionStorage.length).to.equal(size);
    const full = createFlagStore(() => ({ getItem: () => null, removeItem() {}, setItem() { throw new DOMException('full', 'QuotaExceededError'); } }) as unknown as Storage);
    const refused = createFlagStore(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    expect([full.keeps(), refused.keeps()]).to.deep.equal([false, false]);
  });
  it('puts what does not fit into the other store, for the next page of this tab', () => {
    const tab = createFlagStore(() => sessionStorage);
    const full = { getItem: () => '0', removeItem() {}, setItem() { throw new DOMException('full', 'QuotaExceededError'); } } as unknown as Storage;
    createFlagStore(() => full, tab).set('care-chat:test', '1');
    expect(createFlagStore(() => full, createFlagStore(() => sessionStorage)).get('care-chat:test')).to.equal('1');
    expect(tab.get('care-chat:test'), 'under a name of its own').to.equal(null);
    createFlagStore(() => full, tab).delete('care-chat:test');
    expect(sessionStorage.getItem('care-chat:test-')).to.equal(null);
  });
  it('gives numbers in [0, 1) and fresh bytes', () => {
    const { unit, bytes } = createBrowserRandomness();
    for (let turn = 0; turn < 200; turn++) expect(unit()).to.be.within(0, 1 - Number.EPSILON);
    expect(String(bytes(16))).not.to.equal(String(bytes(16)));
  });
  it('cancels a timer', async () => {
    const clock = createBrowserClock();
    const ran: string[] = [];
    clock.setTimer(() => ran.push('cancelled'), 0)();
    await new Promise<void>((resolve) => clock.setTimer(resolve, 1));
    expect(ran).to.deep.equal([]);
  });
  it('asks without cookies, cache, redirects or referrer', async () => {
    const { fetch } = window;
    let seen: RequestInit | undefined;
    window.fetch = (_url, init) => {
      seen = init;
      return Promise.resolve(new Response('{}', { headers: { 'retry-after': '3' } }));
    };
    try {
      const answer = await createBrowserNetwork().request({ method: 'POST', url: 'https://chat.clinic.test/v1', body: '{}', keepalive: true });
      expect([answer.status, answer.header('retry-after'), await answer.text()]).to.deep.equal([200, '3', '{}']);
    } finally {
      window.fetch = fetch;
    }
    expect(seen).to.include({ credentials: 'omit', cache: 'no-store', redirect: 'error', referrerPolicy: 'no-referrer', keepalive: true, method: 'POST' });
    expect(seen).not.to.have.property('signal');
  });
  it('tells another tab, and not itself; silent after close', async () => {
    const name = `care-chat-test-${Date.now()}`;
    const [one, two] = [createTabChannel(name), createTabChannel(name)];
    const own: unknown[] = [];
    one.onMessage((message) => own.push(message));
    const got = new Promise((resolve) => two.onMessage(resolve));
    one.post({ t: 'live' });
    expect(await got).to.deep.equal({ t: 'live' });
    expect(own).to.deep.equal([]);
    one.close();
    two.close();
  });
  it('hears nothing of another tab while its page is left, and hears it again when the page is back', async () => {
    const name = `care-chat-test-${Date.now()}-left`;
    const [one, two] = [createTabChannel(name), createTabChannel(name)];
    const heard: unknown[] = [];
    one.onMessage((message) => heard.push(message));
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    two.post(1);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    const last = new Promise((resolve) => one.onMessage(resolve));
    two.post(2);
    expect(await last).to.equal(2);
    expect(heard).to.deep.equal([2]);
    one.close();
    two.close();
  });
  it('wakes on coming online, on return from the back/forward cache, after sleep, when it is let go after a freeze and when it is seen again, until it is told to stop', async () => {
    const clock = createFakeClock();
    let wakes = 0;
    const off = createPageSignals(clock).onWake(() => wakes++);
    window.dispatchEvent(new Event('online'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }));
    expect(wakes).to.equal(1);
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    expect(wakes).to.equal(2);
    await clock.advance(90_000);
    expect(wakes).to.equal(2);
    clock.jump(3_600_000);
    await clock.advance(30_000);
    expect(wakes).to.equal(3);
    document.dispatchEvent(new Event('resume'));
    expect(wakes).to.equal(4);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(wakes).to.equal(5);
    off();
    for (const [target, type] of [[window, 'online'], [document, 'resume'], [document, 'visibilitychange']] as const) target.dispatchEvent(new Event(type));
    expect(wakes).to.equal(5);
    expect(clock.pending).to.equal(0);
  });
});
