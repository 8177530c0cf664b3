/** The chunk `cobrowse-propose`: a value that the nurse proposes. The patient uses it, changes it first, or not; the nurse learns which, and no value. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { NurseMessage, ProposalEnd } from '../../cobrowse/act/act-codec.js';
import type { Place } from '../../cobrowse/act/box-map.js';
import { fill, findField, nameOf, type Fillable } from '../../cobrowse/act/propose.js';
import type { CobrowseTranslate } from './words.js';

type Proposed = Extract<NurseMessage, { readonly t: 'propose' }>;

export interface Proposals {
  /** Shows it, or answers at once that there is no such field. */
  take(message: Proposed, place: Place | null): void;
  view(t: CobrowseTranslate, name: string): TemplateResult | typeof nothing;
  /** Lets go of what is open, without an answer. */
  forget(): void;
}

export interface ProposalHost {
  /** Our own element, which may lie over the page. */
  readonly own: Element;
  answer(id: number, how: ProposalEnd): void;
  announce(sentence: string): void;
  say(): { readonly t: CobrowseTranslate; readonly name: string };
  requestUpdate(): void;
  /** Renders, then focuses what the selector finds. */
  focusLater(selector: string): void;
}

export function createProposals({ own, answer, announce, say, requestUpdate, focusLater }: ProposalHost): Proposals {
  let open: { readonly message: Proposed; readonly field: Fillable; isEdited: boolean } | null = null;
  let isGone = false;

  const titleOf = (field: Fillable, { t, name }: ReturnType<ProposalHost['say']>): string => {
    const label = nameOf(field);
    return label ? t('proposeTitle', { name, field: label }) : t('proposeTitleUnnamed', { name });
  };
  const end = (how: ProposalEnd): void => {
    if (!open) return;
    answer(open.message.id, how);
    isGone = how === 'gone';
    if (isGone) announce(say().t('proposeGone'));
    open = null;
    focusLater('.cobrowse-bar');
  };
  const use = (text: string): void => {
    if (open && text) end(fill(open.field, text) ? 'accepted' : 'gone');
  };

  return {
    take(message, place) {
      const field = place && findField(place, message.text, own);
      if (!field) return answer(message.id, 'gone');
      // The one before has not been answered: it is replaced.
      if (open) answer(open.message.id, 'declined');
      open = { message, field, isEdited: false };
      isGone = false;
      announce(`${titleOf(field, say())}: ${message.text}`);
      requestUpdate();
    },
    view(t, name) {
      if (!open) return isGone ? html`<p class="cobrowse-card" part="cobrowse">${t('proposeGone')}</p>` : nothing;
      const { message, field, isEdited } = open;
      const own = (event: Event): string => (event.currentTarget as Element).closest('section')!.querySelector('input')?.value ?? message.text;
      return html`
        <section class="cobrowse-card" part="cobrowse" aria-labelledby="care-propose">
          <p id="care-propose"><b>${titleOf(field, { t, name })}</b></p>
          ${isEdited ? html`<input class="cobrowse-field" type="text" autocomplete="off" aria-label=${t('proposeText')} .defaultValue=${message.text} @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && !event.isComposing && use(own(event))}>` : html`<blockquote dir="auto">${message.text}</blockquote>`}
          <p class="cobrowse-muted">${t('proposeNote', { name })}</p>
          <div class="cobrowse-choice">
            <button class="button quiet small" part="button" type="button" @click=${() => end('declined')}>${t('proposeDecline')}</button>
            ${isEdited ? nothing : html`<button class="button quiet small" part="button" type="button" @click=${() => {
              open!.isEdited = true;
              focusLater('.cobrowse-field');
            }}>${t('proposeEdit')}</button>`}
            <button class="button quiet small" part="button" type="button" @click=${(event: Event) => use(own(event))}>${t('proposeUse')}</button>
          </div>
        </section>`;
    },
    forget() {
      open = null;
      isGone = false;
    },
  };
}
