/** A form in a shadow root of its own, in either manner, and how a test finds its way in it. */
import { html, render } from 'lit/html.js';
import { conversationStyles } from '../../../src/form-view/conversation-styles.js';
import { createConversationView, type ConversationViewOptions } from '../../../src/form-view/conversation-view.js';
import { formStyles } from '../../../src/form-view/form-styles.js';
import { createFormView } from '../../../src/form-view/form-view.js';
import type { FormView } from '../../../src/form-view/view-core.js';
import type { FormDraft } from '../../../src/questionnaire/form-draft.js';
import { toSheet } from '../../../src/ui/css.js';
import { controlStyles } from '../../../src/ui/styles.js';
import { tokens } from '../../../src/ui/tokens.js';
import { loadForm, openSession } from '../shared/open-form.js';

export interface Stage {
  readonly view: FormView;
  readonly root: ShadowRoot;
  readonly drafts: FormDraft[];
  readonly renders: () => number;
  /** Renders now, where `requestUpdate` was given and does not. */
  readonly paint: () => void;
}

export interface StageOptions extends Partial<ConversationViewOptions> {
  readonly lang?: string;
  readonly manner?: 'form' | 'conversation';
  readonly terminology?: readonly unknown[];
}

let hosts: HTMLElement[] = [];

export function stage(json: unknown, { lang = 'en', manner = 'form', terminology = [], ...more }: StageOptions = {}): Stage {
  const host = document.createElement('div');
  document.body.append(host);
  hosts.push(host);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [tokens, controlStyles, formStyles, conversationStyles].map(toSheet);
  const drafts: FormDraft[] = [];
  let renders = 0;
  const paint = (): void => {
    renders++;
    render(html`<div class="care-root">${view.template()}</div>`, root);
  };
  const create = manner === 'form' ? createFormView : createConversationView;
  const view = create({ session: openSession(loadForm(json, { lang, terminology })), purpose: 'pre-chat', onChange: (draft) => drafts.push(draft), requestUpdate: () => paint(), now: () => 1_700_000_000_000, ...more });
  paint();
  return { view, root, drafts, renders: () => renders, paint };
}

/** Takes all stages away. */
export function strike(): void {
  for (const host of hosts) host.remove();
  hosts = [];
}

export const all = <T extends Element>(root: ParentNode, selector: string): T[] => [...root.querySelectorAll<T>(selector)];

export const one = <T extends Element>(root: ParentNode, selector: string): T => {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`nothing matches ${selector}`);
  return found;
};

export const labelled = (root: ShadowRoot, text: string): HTMLInputElement => {
  const label = all<HTMLLabelElement>(root, 'label').find((candidate) => candidate.textContent!.includes(text));
  if (!label) throw new Error(`no label ${text}`);
  return (label.control ?? one(label, 'input')) as HTMLInputElement;
};

/** The button that is called so. */
export const button = (root: ParentNode, name: string): HTMLButtonElement => {
  const found = all<HTMLButtonElement>(root, 'button').find((candidate) => spoken(candidate.getAttribute('aria-label') ?? candidate.textContent!) === name);
  if (!found) throw new Error(`no button ${name}; there are ${all(root, 'button').map(({ textContent }) => spoken(textContent!)).join(', ')}`);
  return found;
};

/** Text as it is read: white space is one space. */
export const spoken = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const type = (input: HTMLInputElement | HTMLTextAreaElement, text: string): void => {
  input.focus();
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
};

/** Picks in a list. */
export const pick = (select: HTMLSelectElement, index: number): void => {
  select.selectedIndex = index;
  select.dispatchEvent(new Event('change', { bubbles: true }));
};

/** What a list of ids says. */
export const textOf = (root: ShadowRoot, ids: string | null): string =>
  spoken((ids ?? '').split(' ').filter(Boolean).map((id) => root.getElementById(id)?.textContent ?? `MISSING ${id}`).join(' '));

export const microtask = (): Promise<void> => Promise.resolve();
