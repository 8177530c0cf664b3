/**
 * The part of `<care-chat>` that is there before anything else has loaded: launcher, an empty panel with the emergency line, a loading
 * view and an error view. Plain DOM (no markup is parsed, so Trusted Types has nothing to say). Knows nothing of conversations.
 */
import { crisisNumber, emergencyNumber } from '../i18n/emergency-lines.js';
import { tagWords, type TagWords } from '../i18n/tag.js';
import type { EmergencyLine, LocalText } from '../protocol/types.js';
import type { Shell } from './host.js';

const make = <K extends keyof HTMLElementTagNameMap>(tag: K, className: string, ...children: (Node | string)[]): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  element.className = className;
  if (className) element.setAttribute('part', className.split(' ').at(-1)!);
  element.append(...children);
  return element;
};

const draw = (path: string): SVGElement => {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  const line = document.createElementNS(ns, 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.ariaHidden = 'true';
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
};

const bubblePath = 'M20 11a8 8 0 0 1-11 7l-5 2 2-5A8 8 0 1 1 20 11z';
const crossPath = 'm6 6 12 12M18 6 6 18';
const phonePath = 'M6 3h3l2 5-2 2a11 11 0 0 0 5 5l2-2 5 2v3a2 2 0 0 1-2 2A17 17 0 0 1 4 5a2 2 0 0 1 2-2z';

/** Functions of their own: none of them is called on this object. */
export interface ShellActions {
  /** The launcher was pressed. */
  toggle(): void;
  /** The panel's own close button, or Escape, was pressed. */
  close(): void;
  /** The visitor may be about to open: hover, focus, touch. */
  intent(): void;
  retry(): void;
}

/** What the shell shows of the tag's settings. */
export interface ShellState {
  readonly lang: string;
  readonly opened: boolean;
  readonly withoutLauncher: boolean;
  readonly launcherLabel: string;
  readonly unread: number;
  /** Two letters, or '' where not known. */
  readonly country: string;
  /** A number that wins over the country's. */
  readonly emergency: string | undefined;
  /** The clinic's own emergency line and crisis line, as far as they are known. */
  readonly lines: readonly (EmergencyLine | undefined)[];
}

export interface TagShell extends Shell {
  update(state: ShellState): void;
  show(view: 'loading' | 'failed' | 'none'): void;
}

/** Builds the shell into a fresh shadow root. */
export function createShell(shadow: ShadowRoot, actions: ShellActions): TagShell {
  let words: TagWords = tagWords.en;
  let shown: 'loading' | 'failed' | 'none' = 'none';

  const badge = make('span', 'badge');
  const label = make('span', 'launcher-label');
  // Hidden: it only describes the launcher, whose name stays what it is.
  const count = make('span', '');
  count.hidden = true;
  count.id = 'count';
  const launcher = make('button', 'launcher');
  launcher.setAttribute('aria-describedby', count.id);
  launcher.onclick = actions.toggle;
  launcher.onpointerenter = launcher.onfocus = actions.intent;

  const title = make('h2', 'title');
  title.id = 'title';
  const tools = make('div', 'tools');
  const close = make('button', 'icon-button close', draw(crossPath));
  close.onclick = actions.close;
  const head = make('div', 'head', title, tools, close);
  const emergency = make('p', 'emergency');
  const body = make('div', 'body');
  const panel = make('section', 'panel', head, emergency, body);
  panel.tabIndex = -1;
  panel.role = 'dialog';
  panel.setAttribute('aria-labelledby', title.id);
  const root = make('div', 'care-root', panel, launcher, count);
  shadow.append(root);

  const showEmergency = ({ lang, country, emergency: own, lines }: ShellState): void => {
    const entry = (text: string, number: string | undefined, label: LocalText = {}): HTMLElement => {
      const link = make(number ? 'a' : 'span', '', draw(phonePath), label[lang] ?? label[lang.slice(0, 2)] ?? text.replace('{n}', number ?? words.emergencyLocal));
      if (number) (link as HTMLAnchorElement).href = `tel:${number.replaceAll(' ', '')}`;
      return link;
    };
    const [first, second] = lines;
    const crisis = second?.number ?? crisisNumber(country);
    emergency.replaceChildren(entry(words.emergency, own ?? first?.number ?? emergencyNumber(country), own ? {} : first?.label), crisis ? entry(words.crisis, crisis, second?.label) : '');
  };
  const paintView = (): void => {
    if (shown === 'none') return;
    const sentence = shown === 'failed' ? make('p', 'error', words.failed) : make('p', 'loading', words.loading);
    // The page's own fall-back content, such as a telephone number, is shown where the chat cannot be; where it may only be slow, after a while (`tag-styles.ts`).
    const view = make('div', 'state-view', sentence, document.createElement('slot'));
    if (shown === 'failed') {
      const retry = make('button', 'button', words.retry);
      retry.onclick = actions.retry;
      sentence.role = 'alert';
      sentence.after(retry);
    }
    body.replaceChildren(view);
  };

  return {
    root, panel, title, tools, body, launcher,
    update(state) {
      words = tagWords[state.lang.slice(0, 2).toLowerCase() as 'en'] ?? tagWords.en;
      root.lang = state.lang;
      // The place on the page stays the page's; only what is inside turns with the visitor's language.
      for (const part of [head, emergency, body]) part.dir = words === tagWords.ar ? 'rtl' : 'ltr';
      launcher.hidden = state.withoutLauncher;
      panel.hidden = !state.opened;
      launcher.ariaLabel = (state.launcherLabel && `${state.launcherLabel}, `) + words[state.opened ? 'close' : 'open'];
      launcher.ariaExpanded = `${state.opened}`;
      label.textContent = state.launcherLabel;
      label.hidden = state.opened || !state.launcherLabel;
      badge.textContent = `${state.unread}`;
      badge.hidden = state.unread === 0 || state.opened;
      count.textContent = badge.hidden ? '' : words.unread.replace('{n}', `${state.unread}`);
      launcher.replaceChildren(draw(state.opened ? crossPath : bubblePath), label, badge);
      close.ariaLabel = words.close;
      if (!title.hasAttribute('data-panel')) title.textContent = words.title;
      showEmergency(state);
      paintView();
    },
    show(view) {
      shown = view;
      if (view === 'none') body.replaceChildren();
      paintView();
    },
  };
}
