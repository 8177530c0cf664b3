/** The note that shows a number while somebody types. Pure templates. */
import { html, type TemplateResult } from 'lit/html.js';
import type { EmergencyLine } from '../../protocol/types.js';
import type { RedFlagKind } from '../../triage/red-flag-phrases.js';
import type { LaterTranslate } from '../later-views.js';
import { toLocal } from '../words.js';

/** What is said of a line, and what dials it; nothing dials where no number is known. */
export interface FlagNumber {
  readonly href: string | null;
  readonly text: string;
}

/** A number with signs in it keeps its order in a text from right to left. */
const isolated = (number: string): string => (/^\d+$/.test(number) ? number : `\u2066${number}\u2069`);

/** The lines for a kind. The first of the clinic's lines, and one that it does not name, are what stands at the panel's top, where the page may have given its own. */
export function numbersFor(kind: RedFlagKind, lines: readonly EmergencyLine[], panel: ParentNode, t: LaterTranslate, tag: string): readonly FlagNumber[] {
  const own = (wanted: RedFlagKind): readonly FlagNumber[] => lines.filter((line) => line.kind === wanted).map(({ number, label }) => {
    const said = toLocal(label, tag);
    const shown = isolated(number);
    return {
      href: `tel:${number.replace(/[^\d+*#]/g, '')}`,
      text: said.includes(number) ? said : said ? `${said}: ${shown}` : t(wanted === 'crisis' ? 'flagCrisisLine' : 'flagCall', { n: shown }),
    };
  });
  const above = [...panel.querySelectorAll('.emergency > *')].map((line): FlagNumber => ({ href: line.getAttribute('href'), text: line.textContent! }));
  const known = own('emergency');
  const emergency = lines[0]?.kind === 'emergency' || known.length === 0 ? [...above.slice(0, 1), ...known.slice(1)] : known;
  if (kind === 'emergency') return emergency;
  const crisis = own('crisis');
  return [...(crisis.length > 0 ? crisis : above.slice(1)), ...emergency.slice(0, 1)];
}

/** Keeps the focus, and with it a phone's keyboard, in the field when the button is pressed. */
const keepFocus = (event: Event): void => event.preventDefault();

export const redFlagView = (t: LaterTranslate, kind: RedFlagKind, numbers: readonly FlagNumber[], close: () => void): TemplateResult => {
  const title = t(kind === 'crisis' ? 'flagCrisis' : 'flagEmergency');
  return html`
    <section class="red-flag" part="red-flag" aria-label=${title}>
      <p class="red-flag-title"><b>${title}</b></p>
      <p>${t(kind === 'crisis' ? 'flagCrisisDo' : 'flagEmergencyDo')}</p>
      <p class="red-flag-row red-flag-numbers">${numbers.map(({ href, text }, index) => (href === null ? html`<span>${text}</span>` : html`<a class="button small ${index === 0 ? '' : 'quiet'}" part="button" href=${href}>${text}</a>`))}</p>
      <p class="red-flag-row"><small>${t('flagPrivate')}</small><button class="button quiet small" part="button" type="button" @mousedown=${keepFocus} @click=${close}>${t('flagClose')}</button></p>
    </section>`;
};
