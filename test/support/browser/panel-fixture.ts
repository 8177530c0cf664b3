/** The panel on the page: the real shell and views, over a stub session. */
import type { ChatSnapshot } from '../../../src/core/snapshots.js';
import type { CareChatConfig, ChatHost, PanelView } from '../../../src/element/host.js';
import { createPanel } from '../../../src/element/panel.js';
import { createShell, type ShellState } from '../../../src/element/shell.js';
import { tagStyles } from '../../../src/element/tag-styles.js';
import { baseTokens } from '../../../src/ui/base-tokens.js';
import { buttonStyles } from '../../../src/ui/button-styles.js';
import { toSheet } from '../../../src/ui/css.js';
import { createStubChatSession, type StubChatSession } from './stub-chat-session.js';

/** An audit in the middle of a fade would measure its colours. */
const still = toSheet('* { animation: none !important; transition: none !important; }');

export interface PanelFixture {
  readonly element: HTMLElement & { opened: boolean };
  readonly root: ShadowRoot;
  readonly session: StubChatSession;
  readonly view: PanelView;
  setOpened(opened: boolean): void;
  setLang(lang: string): Promise<void>;
  set(change: Partial<ChatSnapshot>): Promise<void>;
  get<T extends HTMLElement>(selector: string): T;
  all(selector: string): readonly HTMLElement[];
  button(name: string): HTMLButtonElement;
  text(): string;
  announced(): readonly string[];
  settle(): Promise<void>;
  remove(): void;
}

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

/** Two frames: microtasks, lazily imported modules already loaded, and observers have run. */
const settled = async (): Promise<void> => {
  await frame();
  await frame();
};

/** Waits until `ready` is true, frame by frame; a test that waits for ever is ended by the runner. */
export const until = async (ready: () => boolean): Promise<void> => {
  while (!ready()) await frame();
};

export interface PanelFixtureOptions {
  readonly lang?: string;
  readonly opened?: boolean;
  /** The page before this one, in the same tab. */
  readonly before?: PanelFixture;
  /** Default: every chunk loads. */
  readonly loadChunk?: ChatHost['loadChunk'];
  readonly config?: CareChatConfig;
  /** What an earlier page left behind. */
  readonly prepare?: (session: StubChatSession) => Promise<void>;
}

export async function mountPanel(first: ChatSnapshot, { lang = 'en', opened = true, before, prepare, config = {}, loadChunk = (_name, load) => load() }: PanelFixtureOptions = {}): Promise<PanelFixture> {
  const element = Object.assign(document.createElement('div'), { opened, config });
  const root = element.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [toSheet(baseTokens + buttonStyles + tagStyles), still];
  document.body.append(element);
  const session = createStubChatSession(first, before?.session);
  await prepare?.(session);
  const made: { view?: PanelView } = {};
  const shown: ShellState = { lang, opened, withoutLauncher: false, launcherLabel: '', unread: 0, country: 'US', emergency: undefined, lines: [] };
  const setOpened = (next: boolean): void => {
    element.opened = next;
    shell.update({ ...shown, lang, opened: next });
    made.view?.update();
  };
  const shell = createShell(root, { toggle: () => setOpened(!element.opened), close: () => setOpened(false), intent: () => {}, retry: () => {} });
  shell.update(shown);
  shell.show('loading');
  const setLang = (next: string): void => {
    lang = next;
    shell.update({ ...shown, lang, opened: element.opened });
    made.view?.update();
  };
  const host: ChatHost = {
    element, shell, server: 'https://chat.example', widget: 'main', lang: () => lang, pageName: () => undefined,
    loadChunk,
    open: () => setOpened(true), close: () => setOpened(false), clear: () => (shell.show('none'), true), setUnread: () => {}, setEmergency: () => {}, setLang,
  };
  const view = await createPanel(host, session);
  made.view = view;
  const all = (selector: string): readonly HTMLElement[] => [...root.querySelectorAll<HTMLElement>(selector)];
  const nameOf = (button: HTMLElement): string => button.getAttribute('aria-label') ?? button.textContent!.trim();
  await settled();
  await until(() => root.querySelector('.spinner') === null || first.phase === 'loading');
  return {
    element, root, session, view, setOpened, all,
    async setLang(next) {
      setLang(next);
      await settled();
    },
    async set(change) {
      session.state.update((now) => ({ ...now, ...change }));
      await settled();
    },
    get<T extends HTMLElement>(selector: string): T {
      const found = root.querySelector<T>(selector);
      if (!found) throw new Error(`nothing matches ${selector}`);
      return found;
    },
    button(name) {
      const found = all('button').find((button) => nameOf(button) === name && button.checkVisibility());
      if (!found) throw new Error(`no button "${name}"`);
      return found as HTMLButtonElement;
    },
    text: () => shell.panel.innerText,
    announced: () => all('[aria-live="polite"] p').map((entry) => entry.textContent!),
    settle: settled,
    remove() {
      view.dispose();
      element.remove();
    },
  };
}
