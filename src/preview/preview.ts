/**
 * The page of `care-chat form preview`: a Questionnaire or a content pack as a patient sees it, in both manners, and beside it, live, the response, the items and what holds.
 * Asks its own server for the file and for nothing else; stores and sends nothing.
 */
import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { conversationStyles } from '../form-view/conversation-styles.js';
import { createConversationView } from '../form-view/conversation-view.js';
import { formStyles } from '../form-view/form-styles.js';
import { createFormView } from '../form-view/form-view.js';
import type { FormView } from '../form-view/view-core.js';
import { ar } from '../i18n/form/ar.js';
import { es } from '../i18n/form/es.js';
import { createFormTranslate, englishForm, type FormTranslate } from '../i18n/form/translate-form.js';
import { renderMarkup } from '../privacy/html/render-markup.js';
import type { Markup } from '../questionnaire/form.js';
import { toSheet } from '../ui/css.js';
import { controlStyles } from '../ui/styles.js';
import { tokens } from '../ui/tokens.js';
import { languagesOf, openPreview, type Preview, type PreviewFile } from './open-preview.js';
import { renderItems, renderResponse, renderRules } from './panel.js';
import { previewStyles } from './preview-styles.js';

const manners = { form: 'All questions', conversation: 'One at a time' } as const;
type Manner = keyof typeof manners;
const tabs = { response: 'Response', items: 'Items', rules: 'Rules' } as const;
type Tab = keyof typeof tabs;

const words: Readonly<Record<string, () => FormTranslate>> = { es: () => createFormTranslate('es', es), ar: () => createFormTranslate('ar', ar) };
const wordsFor = (lang: string): FormTranslate => (words[lang.split('-')[0]!] ?? englishForm)();
const isRightToLeft = (lang: string): boolean => ['ar', 'fa', 'he', 'ur'].includes(lang.split('-')[0]!);

function cleanNodes({ kind, source }: Markup): Node | null {
  const fragment = renderMarkup(kind, source);
  const box = document.createElement('span');
  return fragment && (box.append(fragment), box);
}

/** Shows one file from the moment it has been read. */
function show(file: PreviewFile): void {
  const languages = languagesOf(file);
  let lang = languages[0]!;
  let manner: Manner = 'form';
  let tab: Tab = 'items';
  let said = '';
  let opened: Preview;
  let view: FormView;
  let isAsked = false;

  const requestUpdate = (): void => {
    if (isAsked) return;
    isAsked = true;
    requestAnimationFrame(() => {
      isAsked = false;
      render(page(), document.body);
    });
  };
  const open = (draft?: unknown): void => {
    const found = openPreview(file, lang, Date.now());
    if ('refusal' in found) {
      render(refused(found.refusal), document.body);
      return;
    }
    opened = found.preview;
    const create = manner === 'form' ? createFormView : createConversationView;
    said = '';
    view = create({
      session: opened.session, purpose: 'pre-chat', requestUpdate, renderMarkup: cleanNodes, t: wordsFor(lang), recipient: 'the clinic', ...(draft !== undefined && { draft }),
      onChange: () => {
        said = '';
      },
    });
    requestUpdate();
  };
  const check = (): void => {
    said = view.submit() ? 'Nothing is missing or wrong: this would be sent.' : '';
    requestUpdate();
  };
  const choose = (next: Manner): void => {
    manner = next;
    open(view.toDraft());
  };
  const speak = (event: Event): void => {
    lang = (event.target as HTMLSelectElement).value;
    open(view.toDraft());
  };
  /** Tabs as WAI-ARIA has them: arrow keys go from one to the next. */
  const onTabKey = (event: KeyboardEvent): void => {
    const names = Object.keys(tabs) as Tab[];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    tab = names[(names.indexOf(tab) + step + names.length) % names.length]!;
    requestUpdate();
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus());
  };

  const refused = (lines: readonly string[]): TemplateResult => html`<main class="care-root preview"><section class="refused">
    <h1>${file.name} cannot be shown</h1><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
  </section></main>`;
  const bar = (): TemplateResult => html`<header class="bar">
    <div><h1 dir="auto">${view.title ?? file.name}</h1><p class="file">${file.name}</p></div><span class="room"></span>
    ${languages.length < 2 ? nothing : html`<label class="pick"><span>Language</span><select aria-label="Language" @change=${speak}>${languages.map((one) => html`<option value=${one} ?selected=${one === lang}>${one}</option>`)}</select></label>`}
    <div class="manners" role="group" aria-label="How it is asked">${(Object.keys(manners) as Manner[]).map((one) => html`<button type="button" aria-pressed=${one === manner} @click=${() => choose(one)}>${manners[one]}</button>`)}</div>
    <button type="button" class="button quiet small" @click=${() => open()}>Start over</button>
  </header>`;
  const sheet = { response: () => renderResponse(opened.session), items: () => renderItems(opened.session), rules: () => renderRules(opened) };
  const page = (): TemplateResult => html`<div class="care-root preview">
    ${bar()}
    <main class="columns">
      <section class="phone" aria-label="The form" lang=${lang} dir=${isRightToLeft(lang) ? 'rtl' : 'ltr'}>
        ${view.title === null ? nothing : html`<h2 dir="auto">${view.title}</h2>`}
        <div class="inside">${view.template()}
          ${view.ready ? html`<button type="button" class="button" lang="en" dir="ltr" @click=${check}>Check the answers</button>` : nothing}<p class="check" role="status" lang="en">${said}</p></div>
      </section>
      <section class="panel" aria-label="What the form makes of it">
        <div class="tabs" role="tablist" aria-label="What to look at" @keydown=${onTabKey}>${(Object.keys(tabs) as Tab[]).map((one) => html`<button type="button" role="tab" id="tab-${one}" aria-controls="sheet" aria-selected=${one === tab} tabindex=${one === tab ? 0 : -1}
          @click=${() => {
            tab = one;
            requestUpdate();
          }}>${tabs[one]}</button>`)}</div>
        <div class="sheet" id="sheet" role="tabpanel" aria-labelledby="tab-${tab}" tabindex="0">${sheet[tab]()}</div>
      </section>
    </main>
  </div>`;

  document.title = `${file.name} – preview`;
  document.adoptedStyleSheets = [tokens, controlStyles, formStyles, conversationStyles, previewStyles].map(toSheet);
  open();
}

const answer = await fetch('/preview.json');
const read = await answer.json() as PreviewFile | { readonly error: string };
if ('error' in read) render(html`<main><h1>${read.error}</h1></main>`, document.body);
else show(read);
