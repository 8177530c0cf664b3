/** What of the page makes a session pause: hidden, a field that is nobody's business, a page that is blocked as a whole, nobody there; or ends it, when it is left. */
import { isPrivateField } from '../private-field.js';
import type { PageEvents } from './patient.js';

const actions = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart', 'scroll', 'focusin'];

/** The element that has the focus, also within open shadow roots. */
const focused = (): Element | null => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
};

/** Tells at once what is so now. */
export function watchPage({ active, blocked, left }: PageEvents): () => void {
  const life = new AbortController();
  const options = { capture: true, passive: true, signal: life.signal };
  let told: Parameters<PageEvents['blocked']>[0] = null;
  const look = (): void => {
    const field = focused();
    const why = document.visibilityState === 'hidden' ? 'hidden' : document.querySelector('html[data-care-block],body[data-care-block]') ? 'private-page' : field && isPrivateField(field) ? 'private-field' : null;
    if (why === told) return;
    told = why;
    blocked(why);
  };
  for (const name of actions) window.addEventListener(name, () => active(), options);
  // A pair: the focus that leaves a field may go nowhere.
  for (const name of ['focusin', 'focusout']) window.addEventListener(name, () => queueMicrotask(() => life.signal.aborted || look()), options);
  document.addEventListener('visibilitychange', look, options);
  window.addEventListener('pagehide', () => left(), options);
  const marks = new MutationObserver(look);
  for (const element of [document.documentElement, document.body]) marks.observe(element, { attributes: true, attributeFilter: ['data-care-block'] });
  look();
  return () => {
    life.abort();
    marks.disconnect();
  };
}
