/**
 * The field in which a message is written, for patient and nurse. Data in, intents out; keeps no text of its own.
 * Enter sends, Shift+Enter breaks the line; never while an input method composes (keyCode 229: WebKit ends the composition before
 * its keydown, WebKit bug 165004). Nothing typed is ever cut: what is too long is said, and waits.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SetTimer } from './announcer.js';
import { sendIcon } from './icons.js';
import { onElement } from './on-element.js';

export interface ComposerProps {
  readonly value: string;
  readonly placeholder: string;
  /** Accessible name of the field: "Message". */
  readonly label: string;
  /** Accessible name of the button: "Send". */
  readonly sendLabel: string;
  readonly disabled?: boolean;
  /** Most UTF-16 code units. */
  readonly maxChars: number;
  /** "Too long by 12 characters"; shown where the text passes `maxChars`. */
  readonly tooLong: (excess: number) => string;
  /** Anything to say under the field, such as a warning about card numbers. */
  readonly hint?: unknown;
  onInput(text: string): void;
  /** The text as typed, without blank ends; never empty, never too long. The owner clears `value`. */
  onSend(text: string): void;
  onTyping?(on: boolean): void;
  /** Runs before the composer's own keys; `preventDefault()` keeps those from acting. */
  onKeydown?(event: KeyboardEvent): void;
  onBlur?(): void;
  /** Controls before the field, such as the desk's canned replies. */
  readonly tools?: unknown;
  /** A listbox that completes what is being written (ARIA 1.2, `aria-autocomplete`); the owner shows it and handles its keys. */
  readonly suggestions?: { readonly listId: string | null; readonly activeId: string | null } | null;
}

export interface Composer {
  template(props: ComposerProps): TemplateResult;
  focus(): void;
  /** Whether an input method is composing, so that Escape belongs to it. */
  readonly composing: boolean;
  /** Where the caret is; the end of the text where there is no field. */
  readonly caret: number;
  setCaret(index: number): void;
  dispose(): void;
}

/** Whether a key event belongs to an input method. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

const typingIdleMs = 4000;

export interface ComposerOptions {
  readonly setTimer: SetTimer;
  /** Id of the field; ids are local to the shadow root. */
  readonly id?: string;
}

/** Creates a composer; one per place on the screen. */
export function createComposer({ setTimer, id = 'care-composer' }: ComposerOptions): Composer {
  let field: HTMLTextAreaElement | null = null;
  let props: ComposerProps | null = null;
  let composing = false;
  let typing = false;
  let cancelIdle = (): void => {};

  const grow = (): void => {
    if (!field) return;
    field.style.setProperty('height', 'auto');
    if (field.scrollHeight > 0) field.style.setProperty('height', `${field.scrollHeight + 2}px`);
  };
  const setTyping = (on: boolean): void => {
    cancelIdle();
    if (on) cancelIdle = setTimer(() => setTyping(false), typingIdleMs);
    if (on || typing) props?.onTyping?.(on);
    typing = on;
  };
  const send = (): void => {
    const text = field?.value.trim() ?? '';
    if (!props || props.disabled || text === '' || text.length > props.maxChars) return;
    setTyping(false);
    props.onSend(text);
  };
  const onInput = (): void => {
    const text = field?.value ?? '';
    grow();
    props?.onInput(text);
    setTyping(text.trim() !== '');
  };
  const onKeydown = (event: KeyboardEvent): void => {
    if (isComposing(event) || composing) return;
    props?.onKeydown?.(event);
    if (event.defaultPrevented || event.key !== 'Enter' || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    send();
  };
  /** Keeps the focus, and with it a phone's keyboard, in the field when the button is pressed. */
  const keepFocus = (event: Event): void => {
    if (field && (field.getRootNode() as ShadowRoot | Document).activeElement === field) event.preventDefault();
  };
  /** Runs at each render. What the person typed is compared, not what was rendered last. */
  const setField = (element: HTMLElement): void => {
    const isNew = field !== element;
    field = element as HTMLTextAreaElement;
    if (!isNew && field.value === props?.value) return;
    field.value = props?.value ?? '';
    // A new field is measured once it is on the page.
    queueMicrotask(grow);
  };

  return {
    template(next) {
      props = next;
      const excess = next.value.trim().length - next.maxChars;
      const idle = next.disabled === true || next.value.trim() === '' || excess > 0;
      return html`
        <div class="composer" part="composer">
          <div class="composer-row">
            ${next.tools ?? nothing}
            <textarea class="composer-field" part="composer-field" id=${id} rows="1" dir=${next.value ? 'auto' : nothing} autocomplete="off" enterkeyhint="send"
              aria-label=${next.label} placeholder=${next.placeholder} aria-describedby=${excess > 0 || next.hint ? `${id}-hint` : nothing}
              aria-invalid=${excess > 0 ? 'true' : nothing} aria-autocomplete=${next.suggestions === undefined ? nothing : 'list'}
              aria-controls=${next.suggestions?.listId ?? nothing} aria-activedescendant=${next.suggestions?.activeId ?? nothing} ?disabled=${next.disabled} ${onElement(setField)}
              @input=${onInput} @keydown=${onKeydown}
              @compositionstart=${() => (composing = true)} @compositionend=${() => (composing = false)}
              @blur=${() => { composing = false; setTyping(false); next.onBlur?.(); }}></textarea>
            <button class="composer-send" part="send-button" type="button" aria-label=${next.sendLabel} title=${next.sendLabel}
              aria-disabled=${idle ? 'true' : 'false'} @mousedown=${keepFocus} @click=${send}>${sendIcon}</button>
          </div>
          <div class="composer-hint" part="composer-hint" id="${id}-hint" ?hidden=${excess <= 0 && !next.hint}>
            ${excess > 0 ? html`<p class="bad" role="status">${next.tooLong(excess)}</p>` : next.hint ?? nothing}
          </div>
        </div>`;
    },
    focus: () => field?.focus(),
    get composing() {
      return composing;
    },
    get caret() {
      return (field?.isConnected ? field.selectionEnd : props?.value.length) ?? 0;
    },
    setCaret(index) {
      field?.setSelectionRange(index, index);
    },
    dispose() {
      cancelIdle();
      props = null;
    },
  };
}
