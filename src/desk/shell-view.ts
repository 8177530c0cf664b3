/** The whole desk: notices over three columns. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { closeIcon, clockIcon, warnIcon } from '../ui/icons.js';
import { conversationView, messageView } from './conversation-view.js';
import { detailsView } from './details-view.js';
import type { DeskContext } from './desk-context.js';
import { headerView } from './header-view.js';
import { helpView } from './help-view.js';
import { listsView } from './lists-view.js';
import { openingView, signInView } from './sign-in-view.js';

/** What the connection is doing, in words; null where there is nothing to say. */
const connectionText = ({ snapshot, words, now, t }: DeskContext): string | null => {
  const { state, retryAt } = snapshot.connection;
  switch (state) {
    case 'online':
    case 'idle':
      return null;
    case 'connecting':
      return t('connection.connecting');
    case 'waiting':
      return retryAt === null || retryAt <= now ? t('connection.retrying') : t('connection.waiting', { seconds: words.seconds(retryAt - now) });
    case 'stopped':
      return snapshot.connection.error ? `${t('connection.stopped')} ${words.error(snapshot.connection.error)}` : t('connection.stopped');
  }
};

const noticesView = (context: DeskContext): TemplateResult => {
  const { snapshot, state, t, act } = context;
  const connection = connectionText(context);
  const { state: link } = snapshot.connection;
  return html`
    <div class="notices" part="notices">
      ${connection === null
        ? nothing
        : html`<p class="notice ${link === 'stopped' ? 'bad' : ''}" part="connection">${link === 'connecting' ? clockIcon : warnIcon}<span>${connection}</span>${link === 'connecting' ? nothing : html`<button class="button small" part="button" type="button" @click=${act.tryNow}>${t('connection.try-now')}</button>`}</p>`}
      ${snapshot.durable || state.durableDismissed
        ? nothing
        : html`<p class="notice" part="not-durable">${warnIcon}<span>${t('notice.not-durable')}</span><button class="icon-button" type="button" aria-label=${t('notice.dismiss')} title=${t('notice.dismiss')} @click=${act.dismissDurable}>${closeIcon}</button></p>`}
    </div>`;
};

/** What is on the screen: sign in, or the desk. */
export function shellView(context: DeskContext, skip: () => void): TemplateResult {
  const { snapshot, state, t } = context;
  const { state: link } = snapshot.connection;
  if (snapshot.phase === 'signing-in' && snapshot.agent && link !== 'idle' && link !== 'stopped') return openingView(context, noticesView(context));
  if (snapshot.phase !== 'ready') return signInView(context);
  return html`
    <div class="desk ${snapshot.active ? 'has-active' : ''}" part="desk" data-pane=${state.pane}>
      <button class="skip" type="button" @click=${skip}>${t('skip.conversation')}</button>
      ${headerView(context)}
      ${noticesView(context)}
      <div class="columns">${listsView(context)}${conversationView(context)}${detailsView(context)}</div>
      ${messageView(context)}
      ${helpView(context)}
    </div>`;
}
