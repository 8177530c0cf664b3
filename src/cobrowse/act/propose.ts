/**
 * A value that the nurse proposes for a field, and that the patient's word alone puts there. In a chunk of its own: nothing else of co-browsing knows how to
 * write into a field, and here nothing reads one.
 */
import { isPrivateField } from '../private-field.js';
import type { Place } from './box-map.js';

export type Fillable = HTMLInputElement | HTMLTextAreaElement;

/** What plain text can be proposed for; every other type of input cannot. */
const types = 'input:not([type]),input[type=text i],input[type=search i],input[type=email i],input[type=tel i],input[type=url i],textarea';
const masked = '[data-care-mask],[data-care-block]';

const flatParent = (node: Node): Node | null => (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? null;
const isMasked = (element: Element): boolean => {
  for (let at: Node | null = element; at; at = flatParent(at)) if (at instanceof Element && at.matches(masked)) return true;
  return false;
};

/** Whether a text may be put into an element now. */
export const canFill = (element: Element, text: string): element is Fillable =>
  element.isConnected && element.matches(types) && !element.matches(':disabled,:read-only') && !isPrivateField(element) && !isMasked(element) && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  ((element as Fillable).maxLength < 0 || text.length <= (element as Fillable).maxLength);

/** What is on top at a point of the window, below what is ours. */
const topAt = (x: number, y: number, own: Element): Element | null => {
  let root: Document | ShadowRoot = document;
  for (;;) {
    const found: Element | undefined = root.elementsFromPoint(x, y).find((element) => element !== own && element.getRootNode() === root);
    if (!found?.shadowRoot || found.shadowRoot.elementFromPoint(x, y) === null) return found ?? null;
    root = found.shadowRoot;
  }
};

/** Places of boxes are coarse by so much. */
const coarsePx = 4;
/** Whether it is the element that the box is of, and not the one beside it. */
const isAt = (element: Element, left: number, top: number, width: number): boolean => {
  const rect = element.getBoundingClientRect();
  return Math.abs(rect.top - top) <= coarsePx && Math.min(Math.abs(rect.left - left), Math.abs(rect.right - left - width)) <= coarsePx;
};

/** The field at a place of the window, if this text may be proposed for it; null where there is none, or it is covered. */
export function findField({ left, top, width, height }: Place, text: string, own: Element): Fillable | null {
  // A bar may be longer than its field: which end it has in common depends on the direction.
  for (const x of [left + Math.min(10, width / 2), left + width / 2, left + width - Math.min(10, width / 2)]) {
    const element = topAt(x, top + height / 2, own);
    if (element && canFill(element, text) && isAt(element, left, top, width)) return element;
  }
  return null;
}

/** The field's name, for the patient's eyes. */
export const nameOf = (field: Fillable): string => (field.labels?.[0]?.innerText ?? '').replace(/\s+/g, ' ').trim().slice(0, 80);

/** Looks once more whether it may, and fills the field as if it was typed; false where it may not. */
export function fill(field: Fillable, text: string): boolean {
  if (!canFill(field, text)) return false;
  // Frameworks put a setter of their own on the element.
  const { set } = Object.getOwnPropertyDescriptor(field instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype, 'value')!;
  set!.call(field, text);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertReplacementText' }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}
