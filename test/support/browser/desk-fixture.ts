/** Puts a `<care-desk>` on the page with a stub client, a clock that stands still, flags in memory and a sound that is only counted. */
import type { Chime } from '../../../src/desk/chime.js';
import { CareDesk } from '../../../src/desk/care-desk.js';
import type { DeskWiring } from '../../../src/desk/create-desk-wiring.js';
import type { DeskSnapshot } from '../../../src/core/snapshots.js';
import { createFakeClock, type FakeClock } from '../shared/fake-clock.js';
import { createMemoryFlags } from '../shared/memory-ports.js';
import { createStubDeskClient, stubNow, type StubDeskClient } from './stub-desk-client.js';

export interface DeskFixture {
  readonly element: CareDesk;
  readonly client: StubDeskClient;
  readonly clock: FakeClock;
  readonly flags: ReturnType<typeof createMemoryFlags>;
  readonly chimes: string[];
  readonly root: ShadowRoot;
  /** Page visibility. */
  setVisible(visible: boolean): void;
  readonly pageListeners: number;
  get<T extends Element = HTMLElement>(selector: string): T;
  all<T extends Element = HTMLElement>(selector: string): readonly T[];
  /** The one shown element with this role and accessible name, by the rules the desk's markup uses. */
  named(selector: string, name: string): HTMLElement;
  /** Everything announced so far. */
  announced(): readonly string[];
  frame(): Promise<void>;
}

interface Levers {
  readonly wiring: DeskWiring;
  readonly chime: Chime;
}

/** Handed over while the element is made: createElement takes no arguments. */
let levers: Levers | null = null;

class TestDesk extends CareDesk {
  readonly #levers = levers!;
  protected override createWiring(): DeskWiring {
    return this.#levers.wiring;
  }
  protected override createChime(): Chime {
    return this.#levers.chime;
  }
}
customElements.define('test-desk', TestDesk);

const nameOf = (element: Element): string => {
  const label = element.getAttribute('aria-label');
  if (label !== null) return label;
  const id = element.id;
  const root = element.getRootNode() as ShadowRoot;
  const forIt = id ? root.querySelector(`label[for="${id}"]`) : null;
  return (forIt ?? element.closest('label') ?? element).textContent.replace(/\s+/g, ' ').trim();
};

/** Mounts the desk. `width` in CSS pixels decides the layout. */
export async function mountDesk(initial: DeskSnapshot, { width = 1280, attributes = {}, flags = new Map<string, string>() }: { width?: number; attributes?: Record<string, string>; flags?: Map<string, string> } = {}): Promise<DeskFixture> {
  const client = createStubDeskClient(initial);
  const clock = createFakeClock(stubNow);
  const store = createMemoryFlags(flags);
  const listeners = new Set<() => void>();
  const chimes: string[] = [];
  let visible = true;
  levers = {
    wiring: {
      client,
      ports: {
        clock, flags: store, randomness: { bytes: (count) => crypto.getRandomValues(new Uint8Array(count)), unit: Math.random },
        page: { visible: () => visible, onWake: () => () => {}, onHide: () => () => {}, onVisibilityChange: (listener) => { listeners.add(listener); return () => listeners.delete(listener); } },
      },
      dispose: () => client.dispose(),
    },
    chime: { unlock() {}, play: (kind) => void chimes.push(kind), dispose: () => void chimes.push('disposed') },
  };
  const element = document.createElement('test-desk') as TestDesk;
  element.setAttribute('lang', 'en');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.style.setProperty('display', 'block');
  element.style.setProperty('inline-size', `${width}px`);
  element.style.setProperty('block-size', '700px');
  document.body.append(element);
  const root = element.shadowRoot!;
  const fixture: DeskFixture = {
    element, client, clock, flags: store, chimes, root,
    setVisible(next) {
      visible = next;
      for (const listener of listeners) listener();
    },
    get pageListeners() { return listeners.size; },
    get(selector) {
      const found = root.querySelector(selector);
      if (!found) throw new Error(`nothing matches ${selector}`);
      return found as never;
    },
    all: (selector) => [...root.querySelectorAll(selector)] as never,
    named(selector, name) {
      const found = [...root.querySelectorAll<HTMLElement>(selector)].filter((one) => one.getClientRects().length > 0 && nameOf(one) === name);
      if (found.length !== 1) throw new Error(`${found.length} elements match ${selector} named "${name}"`);
      return found[0]!;
    },
    announced: () => [...root.querySelectorAll('[part="announcer"] p')].map((entry) => entry.textContent),
    async frame() {
      await new Promise<void>((resolve) => void requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
      // What fades in would be measured half transparent.
      for (const animation of root.getAnimations()) animation.cancel();
    },
  };
  await fixture.frame();
  return fixture;
}

/** Types into a field as a person does: the whole text, then the event. */
export function type(field: HTMLElement, text: string): void {
  (field as HTMLInputElement).focus();
  (field as HTMLInputElement).value = text;
  if (field instanceof HTMLTextAreaElement) field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}

/** Presses a key; answers whether its default was prevented. */
export function press(target: EventTarget, key: string, more: KeyboardEventInit = {}): boolean {
  return !target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...more }));
}
