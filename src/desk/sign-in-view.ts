/** Sign in. Fields a password manager fills, paste allowed, no puzzle (WCAG 2.2, 3.3.8 Accessible Authentication). */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { warnIcon } from '../ui/icons.js';
import type { DeskContext } from './desk-context.js';
import { deskMark, eyeIcon, eyeOffIcon } from './desk-icons.js';
import { languageSelect } from './header-view.js';

const problemOf = ({ state, snapshot, words, t }: DeskContext): { readonly text: string; readonly bad: boolean } | null => {
  const code = state.signIn.error ?? (snapshot.phase === 'signed-out' ? snapshot.error : null);
  if (code) return { text: words.error(code), bad: true };
  if (snapshot.phase !== 'ended') return null;
  switch (snapshot.error) {
    case 'gone':
      return { text: t('sign-in.ended-for-good'), bad: false };
    case 'unsupported-version':
    case 'forbidden':
      return { text: words.error(snapshot.error), bad: true };
    default:
      return { text: t('sign-in.ended'), bad: false };
  }
};

/** The whole screen while nobody is signed in; also after a session ended, so that no patient's words stay in sight. */
export function signInView(context: DeskContext): TemplateResult {
  const { state, snapshot, t, act } = context;
  const { showPassword, emailMissing, passwordMissing } = state.signIn;
  const busy = snapshot.phase === 'signing-in';
  const problem = problemOf(context);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    if (!busy) void act.signIn(String(data.get('email') ?? '').trim(), String(data.get('password') ?? ''));
  };
  return html`
    <main class="sign-in" part="sign-in">
      <form class="sign-in-card" part="sign-in-card" novalidate @submit=${submit}>
        <div class="sign-in-mark">${deskMark}</div>
        <h1>${t('sign-in.title')}</h1>
        <p class="sign-in-intro">${t('sign-in.intro')}</p>
        <div class="sign-in-problem" role="alert">${problem ? html`<p class="notice ${problem.bad ? 'bad' : ''}">${warnIcon}<span>${problem.text}</span></p>` : nothing}</div>
        <div class="field">
          <label for="desk-email">${t('sign-in.email')}</label>
          <input id="desk-email" name="email" type="email" autocomplete="username" autocapitalize="none" spellcheck="false" dir="ltr" required
            aria-invalid=${emailMissing ? 'true' : nothing} aria-describedby=${emailMissing ? 'desk-email-problem' : nothing}>
          ${emailMissing ? html`<p class="field-problem" id="desk-email-problem">${t('sign-in.email-missing')}</p>` : nothing}
        </div>
        <div class="field">
          <label for="desk-password">${t('sign-in.password')}</label>
          <div class="password">
            <input id="desk-password" name="password" type=${showPassword ? 'text' : 'password'} autocomplete="current-password" autocapitalize="none" spellcheck="false" dir="ltr" required
              aria-invalid=${passwordMissing ? 'true' : nothing} aria-describedby=${passwordMissing ? 'desk-password-problem' : nothing}>
            <button class="icon-button" type="button" aria-label=${t('sign-in.show')} title=${t('sign-in.show')} aria-pressed=${showPassword ? 'true' : 'false'} @click=${act.toggleShowPassword}>${showPassword ? eyeOffIcon : eyeIcon}</button>
          </div>
          ${passwordMissing ? html`<p class="field-problem" id="desk-password-problem">${t('sign-in.password-missing')}</p>` : nothing}
        </div>
        <button class="button wide" part="button sign-in-button" type="submit" aria-disabled=${busy ? 'true' : nothing}>${busy ? t('sign-in.busy') : t('sign-in.submit')}</button>
      </form>
      <p class="sign-in-language">${languageSelect(context)}</p>
    </main>`;
}

/** Signed in, but the server has not said what is on the desk yet: a slow or missing connection is said here, and one can go back. */
export const openingView = ({ snapshot, t, act }: DeskContext, notices: TemplateResult): TemplateResult => html`
  <main class="sign-in" part="sign-in">
    <div class="sign-in-card opening" part="sign-in-card">
      <div class="sign-in-mark">${deskMark}</div>
      <h1>${t('sign-in.opening', { name: snapshot.agent?.name ?? '' })}</h1>
      ${notices}
      <button class="button quiet small" part="button" type="button" @click=${() => void act.signOut()}>${t('header.sign-out')}</button>
    </div>
  </main>`;
