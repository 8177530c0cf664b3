/** Moves the focus where a person's own act leads it, and never lets it fall out of the desk when the thing that had it goes away. */
import type { FocusTarget } from './desk-actions.js';

const selectors: Readonly<Record<FocusTarget, string>> = {
  composer: '#desk-message', heading: '#desk-heading', list: '[role="tab"][aria-selected="true"]', email: '#desk-email', password: '#desk-password',
  confirm: '#desk-confirm-yes', menu: '[data-menu] :is(button, select, input)', details: '#desk-details-heading', 'details-button': '#desk-details-button',
  'close-button': '#desk-close-button', 'assign-button': '#desk-assign-button', 'settings-button': '#desk-settings-button', note: '#desk-note', 'active-chat': '.lists [aria-current="true"]',
};

const shown = (element: Element): boolean => element.isConnected && element.getClientRects().length > 0;

/** Focuses the target; false where it is not there or not shown. */
export function focusWithin(root: HTMLElement, target: FocusTarget): boolean {
  const element = root.querySelector<HTMLElement>(selectors[target]);
  if (!element || !shown(element)) return false;
  element.focus();
  return true;
}

/** After a render: if what had the focus is gone or hidden, the nearest sensible place gets it. Else nothing happens. */
export function keepFocus(root: HTMLElement, before: Element | null, pane: 'list' | 'conversation'): void {
  if (!before || shown(before)) return;
  const order: readonly FocusTarget[] = pane === 'conversation' ? ['heading', 'list', 'email'] : ['active-chat', 'list', 'heading', 'email'];
  order.some((target) => focusWithin(root, target));
}
