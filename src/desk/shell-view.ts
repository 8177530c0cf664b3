/** The whole desk: notices over three columns. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { DeskSnapshot } from '../core/snapshots.js';
import { closeIcon, warnIcon } from '../ui/icons.js';
import { conversationView, messageView } from './conversation-view.js';
import { detailsView } from './details-view.js';
import type { DeskContext } from './desk-context.js';
import { headerView } from './header-view.js';
import { helpView } from './help-view.js';
import { listsView } from './lists-view.js';
import { openingView, signInView } from './sign-in-view.js';

/** Around the line about the connection. */
export const connectionFrame = (kind: string, content: TemplateResult): TemplateResult => html`<p class="notice ${kind}" part="connection">${content}</p>`;

const noticesView = ({ snapshot, state, connection, t, act }: DeskContext): TemplateResult => {
  const isTold = !snapshot.durable && !state.durableDismissed;
  const isEmpty = connection === nothing && !isTold;
  return html`
    <div class="notices" part="notices" role=${isEmpty ? nothing : 'region'} aria-label=${isEmpty ? nothing : t('notice.region')}>
      ${connection}
      ${isTold
        ? html`<p class="notice" part="not-durable">${warnIcon}<span>${t('notice.notDurable')}</span><button class="icon-button" type="button" aria-label=${t('notice.dismiss')} title=${t('notice.dismiss')} @click=${act.dismissDurable}>${closeIcon}</button></p>`
        : nothing}
    </div>`;
};

/** Signed in, and waiting for what is on the desk. */
const isOpening = ({ phase, agent, connection: { state } }: DeskSnapshot): boolean => phase === 'signing-in' && agent !== null && state !== 'idle' && state !== 'stopped';

/** Whether the screen has a place for the line about the connection. */
export const hasNotices = (snapshot: DeskSnapshot): boolean => snapshot.phase === 'ready' || isOpening(snapshot);

/** What is on the screen: sign in, or the desk. */
export function shellView(context: DeskContext, skip: () => void): TemplateResult {
  const { snapshot, state, t } = context;
  if (isOpening(snapshot)) return openingView(context, noticesView(context));
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
