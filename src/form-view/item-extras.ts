/** What an author puts beside a question: media, links. Nothing is fetched unless the host allows the address. */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { FormTranslate } from '../i18n/form/translate-form.js';
import type { Media } from '../questionnaire/form.js';

/** Whether an address may be asked for: whoever answers it learns who opened which form. */
export type AllowMedia = (url: string) => boolean;

const sourceOf = ({ contentType, url, data }: Media): string | null =>
  url !== null ? (/^https?:\/\//.test(url) && URL.canParse(url) ? url : null) : data !== null && contentType !== null ? `data:${contentType};base64,${data}` : null;

/** The picture, sound or film; where it may not be shown, what it is called. */
export function renderMedia(media: Media | null, allow: AllowMedia): TemplateResult | typeof nothing {
  if (!media) return nothing;
  const { title } = media;
  const source = sourceOf(media);
  const [kind] = (media.contentType ?? '').split('/');
  if (source !== null && allow(source)) {
    if (kind === 'image') return html`<img class="form-media" part="form-media" src=${source} alt=${title ?? ''} loading="lazy" referrerpolicy="no-referrer">`;
    if (kind === 'audio') return html`<audio class="form-media" part="form-media" src=${source} aria-label=${title ?? nothing} controls preload="none"></audio>`;
    if (kind === 'video') return html`<video class="form-media" part="form-media" src=${source} aria-label=${title ?? nothing} controls preload="none"></video>`;
  }
  return title === null ? nothing : html`<span class="form-media" part="form-media" dir="auto">${title}</span>`;
}

/** The author's link for more; it opens beside the form, so that nothing typed is lost. */
export const renderLink = (href: string | null, t: FormTranslate): TemplateResult | typeof nothing =>
  href === null ? nothing : html`<p><a class="form-link" part="form-link" href=${href} target="_blank" rel="noreferrer noopener">${t('moreInfo')} ${t('newTab')}</a></p>`;
