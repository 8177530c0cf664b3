/**
 * The people of the journeys, with verbs for what they do: a patient on the clinic's site, a nurse at the desk. Every verb waits until what it
 * did has happened; nothing sleeps. Steps that the pictures need as well are in steps.ts.
 */
import assert from 'node:assert/strict';
import { poll, type Json, type Locator, type Page, type Person } from '../support/node/driver.js';
import { acceptFirst, answerQuestions, type demoAgents, ensureOpen, goToQuestions, openChat, send, signIn } from './steps.js';

/** Time for what needs a reconnect: longer than the first delays of the back-off together. */
export const reconnectTimeoutMs = 30_000;

/** A message as one sees it. */
export type SeenMessage = { readonly text: string; readonly mine: boolean };

/** What both elements have in common: a log, a field, a status. */
class Talker {
  readonly page: Page;
  readonly person: Person;
  protected readonly url: string;

  constructor(page: Page, person: Person, url: string) {
    this.page = page;
    this.person = person;
    this.url = url;
  }

  get log(): Locator {
    return this.page.role('log');
  }
  get field(): Locator {
    return this.page.role('textbox', 'Message');
  }

  /** Writes and sends with Enter. */
  say(text: string): Promise<void> {
    return send(this.page, text);
  }

  /** Waits until a text is in the conversation. */
  async sees(text: string | RegExp, timeoutMs?: number): Promise<void> {
    await this.log.waitForText(text, timeoutMs);
  }

  /** Waits until a part of the element shows a text. */
  async seesPart(part: string, text: string | RegExp, timeoutMs?: number): Promise<void> {
    await this.page.css(`[part~="${part}"]`).waitForText(text, timeoutMs);
  }

  /** Waits until a text is gone from the conversation. */
  async seesNoMore(part: string): Promise<void> {
    await this.page.css(`[part~="${part}"]`).waitForNone();
  }

  /** All messages in the order of the screen. */
  async messages(): Promise<SeenMessage[]> {
    // One look at both: between two looks the log may scroll.
    const found = await this.page.css('[part~=message], [part~=message] [part~=bubble]').matches();
    const seen: SeenMessage[] = [];
    let mine = false;
    for (const { text, attributes } of found) {
      const parts = attributes['part']!.split(' ');
      if (parts.includes('bubble')) seen.push({ text, mine });
      else mine = parts.includes('message-mine');
    }
    return seen;
  }

  /** Waits until exactly these texts stand there, in this order, each once. */
  async seesExactly(texts: readonly string[], timeoutMs = reconnectTimeoutMs): Promise<void> {
    let last: string[] = [];
    const probe = async (): Promise<true | undefined> => {
      last = (await this.messages()).map(({ text }) => text);
      return last.length === texts.length && last.every((text, i) => text === texts[i]) ? true : undefined;
    };
    await poll(probe, () => `wanted ${JSON.stringify(texts)}, saw ${JSON.stringify(last)}`, timeoutMs);
  }

  /** Waits until the newest own message has this state, in words. */
  async seesState(words: string | RegExp, timeoutMs?: number): Promise<void> {
    let last: string[] = [];
    const fits = (text: string): boolean => (typeof words === 'string' ? text === words : words.test(text));
    const probe = async (): Promise<true | undefined> => {
      last = (await this.page.css('[part~=message-mine]').css('[part~=state]').matches()).map(({ text }) => text);
      const newest = last.at(-1);
      return newest !== undefined && fits(newest) ? true : undefined;
    };
    await poll(probe, () => `wanted the state ${String(words)}, saw ${JSON.stringify(last)}`, timeoutMs);
  }

  /** The words of all states that are spelled out now. */
  async states(): Promise<string[]> {
    return (await this.page.css('[part~=message-mine]').css('[part~=state]').matches()).map(({ text }) => text);
  }

  /** Types without sending. */
  async startsTyping(text: string): Promise<void> {
    await this.field.type(text);
  }

  /** Presses Tab until this has the focus. */
  async tabTo(target: Locator, keys = 'Tab'): Promise<void> {
    for (let presses = 0; presses < 60; presses++) {
      const [match, ...more] = await target.matches();
      if (match?.isFocused === true && more.length === 0) return;
      await this.page.press(keys);
    }
    assert.fail(`${keys} does not lead to ${target.toString()}`);
  }

  /** Runs in the page. */
  run<A extends readonly Json[], T>(code: (...args: A) => T | Promise<T>, ...args: A): Promise<T> {
    return this.page.evaluate(code, ...args);
  }
}

/** Somebody on the clinic's site. */
export class Patient extends Talker {
  /** Goes to a page of the site and waits for the chat's launcher. */
  async visit(path = '/'): Promise<void> {
    await this.page.goto(`${this.url}${path}`);
    await this.page.css('[part~=launcher]').waitFor();
  }

  /** Goes to another page and back by the history. Chromium has to have kept the page; of the others it is said whether they have. */
  async leaveAndComeBack(path: string): Promise<void> {
    await this.run(() => void ((globalThis as { careMark?: true }).careMark = true));
    await this.visit(path);
    await this.page.back();
    const isKept = await this.run(() => 'careMark' in globalThis);
    const why = await this.run(() => JSON.stringify((performance.getEntriesByType('navigation')[0] as { notRestoredReasons?: unknown } | undefined)?.notRestoredReasons));
    if (this.page.engine === 'chromium') assert.ok(isKept, `the page was thrown out of the cache: ${why}`);
    else console.log(`# ${this.page.engine} ${isKept ? 'kept the page' : 'loaded the page anew: its cache of pages is not to be had under automation'}`);
  }

  /** The whole address of a path of the site. */
  at(path: string): string {
    return `${this.url}${path}`;
  }

  /** Opens the panel and waits for the welcome. */
  openChat(): Promise<void> {
    return openChat(this.page);
  }

  /** Opens the panel, whatever it shows. */
  async openPanel(): Promise<void> {
    await ensureOpen(this.page);
  }

  async closePanel(): Promise<void> {
    await this.page.css('[part~=launcher]').click();
    await this.page.css('[part~=panel]').waitForNone();
  }

  /** Chooses the department and consents; leads to the questions. */
  consent(department?: RegExp): Promise<void> {
    return goToQuestions(this.page, department);
  }

  /** Answers the questions; leads to the conversation. */
  fillPreChat(name: string): Promise<void> {
    return answerQuestions(this.page, name);
  }

  /** From a page with the launcher to a conversation that waits for somebody. */
  async startChat(name: string, department?: RegExp): Promise<void> {
    await this.openChat();
    await this.consent(department);
    await this.fillPreChat(name);
  }

  /** Opens the menu of the panel's head. */
  async openMenu(name: string | RegExp = 'More'): Promise<void> {
    await this.page.css('[part~=tools]').role('button', name).click();
  }

  /** Ends the chat by the menu. */
  async endChat(): Promise<void> {
    await this.openMenu();
    await this.page.css('[part~=menu]').role('button', 'End chat').click();
    await this.page.css('[part~=confirm]').role('button', 'End chat').click();
    await this.page.css('[part~=ended]').waitFor();
  }

  /** The number on the launcher; 0 where there is none. */
  async unread(): Promise<number> {
    const [badge] = await this.page.css('[part~=badge]').matches();
    return badge === undefined ? 0 : Number(badge.text);
  }

  /** Waits until the launcher shows this number. */
  async seesUnread(count: number): Promise<void> {
    await poll(async () => ((await this.unread()) === count ? true : undefined), () => `wanted ${count} unread`);
  }

  /** Everything the element shows, as text with its hidden parts. */
  shownAndHidden(): Promise<string> {
    return this.run(() => document.documentElement.outerHTML + [...document.querySelectorAll('care-chat')].map((chat) => chat.shadowRoot?.innerHTML ?? '').join(''));
  }

  /** Every frame and answer this page has received; see stage.ts. */
  received(): Promise<string> {
    return this.run(() => ((globalThis as { careWire?: string[] }).careWire ?? ['no recorder']).join('\n'));
  }

  /** The frames of a kind that this page has sent, parsed. */
  async sent(t: string): Promise<{ d: Record<string, unknown> }[]> {
    const all = await this.run(() => (globalThis as unknown as { careSent: string[] }).careSent);
    return all.map((text) => JSON.parse(text) as { t: string; d: Record<string, unknown> }).filter((frame) => frame.t === t);
  }

  /** How many sockets of this page are open now. */
  sockets(): Promise<number> {
    return this.run(() => (globalThis as unknown as { careSockets: WebSocket[] }).careSockets.filter(({ readyState }) => readyState === 1).length);
  }

  /** The id under which the page before this one, in this tab, left; null in a tab that had none. */
  tabId(): Promise<string | null> {
    return this.run(() => (globalThis as unknown as { careTab: string | null }).careTab);
  }

  /** Waits until the tabs of one browser have as many sockets as they may: one where the browser has locks among tabs, else one each. */
  async sharesSocketWith(...others: readonly Patient[]): Promise<void> {
    const tabs = [this, ...others];
    const wanted = (await this.run(() => 'locks' in navigator)) ? 1 : tabs.length;
    let last: number[] = [];
    const probe = async (): Promise<true | undefined> => {
      last = await Promise.all(tabs.map((tab) => tab.sockets()));
      return last.reduce((sum, open) => sum + open, 0) === wanted ? true : undefined;
    };
    await poll(probe, () => `wanted ${wanted} in all, saw ${last.join(' + ')}`);
  }

  /** Bytes of the sealed entries of the vault whose names begin so; 0 where there are none. */
  sealedBytes(prefix: string): Promise<number> {
    return this.run(async (wanted) => {
      const settle = <T>(request: IDBRequest<T>): Promise<T> => new Promise((resolve, reject) => ((request.onsuccess = () => resolve(request.result)), (request.onerror = () => reject(request.error))));
      let bytes = 0;
      for (const { name = '' } of await indexedDB.databases()) {
        const db = await settle(indexedDB.open(name));
        const [store] = [...db.objectStoreNames];
        if (store !== undefined) {
          for (const { data } of (await settle(db.transaction(store).objectStore(store).getAll(IDBKeyRange.bound(wanted, `${wanted}\uffff`)))) as { data: ArrayBuffer }[]) bytes += data.byteLength;
        }
        db.close();
      }
      return bytes;
    }, prefix);
  }

  /** What the browser keeps for this origin. */
  stored(): Promise<{ local: string[]; session: string[]; cookie: string; databases: string[] }> {
    return this.run(async () => {
      const databases = typeof indexedDB.databases === 'function' ? await indexedDB.databases() : [];
      return { local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie, databases: databases.map((one) => one.name ?? '') };
    });
  }
}

/** Somebody at the desk. */
export class Nurse extends Talker {
  readonly agent: keyof typeof demoAgents;

  constructor(page: Page, person: Person, url: string, agent: keyof typeof demoAgents) {
    super(page, person, url);
    this.agent = agent;
  }

  get waiting(): Locator {
    return this.page.role('list', 'Waiting');
  }
  get mine(): Locator {
    return this.page.role('list', 'My chats');
  }

  signIn(): Promise<void> {
    return signIn(this.page, this.url, this.agent);
  }

  /** Comes back to the desk with the session of before. */
  async comeBack(): Promise<void> {
    await this.page.goto(`${this.url}/desk`);
    await this.page.css('[part~=waiting]').waitFor();
  }

  /** Accepts the one who waits. */
  accept(): Promise<void> {
    return acceptFirst(this.page);
  }

  reply(text: string): Promise<void> {
    return this.say(text);
  }

  /** Opens one of the own chats. */
  async openOwn(name: RegExp): Promise<void> {
    await this.mine.role('button', name).click();
    await this.field.waitFor();
  }

  async addNote(text: string): Promise<void> {
    await this.page.role('textbox', 'Staff note').fill(text);
    await this.page.role('button', 'Add note').click();
    await this.page.role('list', 'Staff notes').waitForText(text);
  }

  /** Picks a canned reply by its shortcut and sends it; returns its text. */
  async sendCanned(shortcut: string): Promise<string> {
    await this.field.fill(`/${shortcut}`);
    await this.page.role('listbox', 'Canned replies').role('option').nth(0).waitForText(`/${shortcut}`);
    await this.page.press('Enter');
    await this.page.role('listbox', 'Canned replies').waitForNone();
    const { value } = await this.field.waitFor((match) => (match.value ?? '').length > shortcut.length + 1);
    await this.page.press('Enter');
    const text = (value ?? '').trim();
    await this.sees(text);
    return text;
  }

  async closeChat(): Promise<void> {
    await this.page.role('button', 'Close chat').click();
    await this.page.role('button', 'Yes, close').click();
    await this.page.role('button', 'Close chat').waitForNone();
  }

  /** Finds a closed chat by the visitor's name and opens it. */
  async findClosed(name: string): Promise<void> {
    await this.page.role('tab', 'Closed').click();
    await this.page.role('searchbox', /^Visitor/).fill(name);
    await this.page.role('button', 'Search').click();
    await this.page.role('list', 'Closed chats').role('button', new RegExp(name)).click();
    await this.page.role('button', 'Open again').waitFor();
  }

  async reopen(): Promise<void> {
    await this.page.role('button', 'Open again').click();
    await this.field.waitFor();
  }
}
