/** The clinic's texts to agree to: as they are shown, and as the record of what was answered. */
import type { MarkupKind } from '../privacy/html/render-markup.js';
import type { ConsentRecord, ConsentText } from '../protocol/types.js';
import { toLocal } from './words.js';

const sha256 = async (text: string): Promise<string> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/** Rich texts as nodes, by their markup; null until the sanitiser has loaded, or where it cannot be had. */
export type RichTexts = (source: string, kind?: MarkupKind) => Node | null;

/** What is on the screen for a consent: the rich text where there is one and it can be shown, else the plain one. */
export function shownText({ text, html }: ConsentText, tag: string, rich: RichTexts): { readonly source: string; readonly node: Node | null } {
  const markup = toLocal(html, tag);
  const node = markup === '' ? null : rich(markup);
  return { source: node ? markup : toLocal(text, tag), node };
}

/** The records for the clinic's consents; `granted` holds the purposes that were ticked. The hash is of the source of what was shown (protocol README §6). */
export const toConsentRecords = (consents: readonly ConsentText[], granted: ReadonlySet<string>, tag: string, rich: RichTexts): Promise<ConsentRecord[]> =>
  Promise.all(consents.map(async (consent) => ({
    purpose: consent.purpose, version: consent.version, granted: granted.has(consent.purpose), textHash: await sha256(shownText(consent, tag, rich).source), locale: tag,
  })));

/** Cleans each markup once; the rules come with the first, in the chunk `rich`. `onReady` is called when they have loaded. */
export function createRichTexts(loadRich: () => Promise<typeof import('../privacy/html/render-markup.js')>, onReady: () => void): RichTexts {
  const nodes = new Map<string, Node | null>();
  let render: typeof import('../privacy/html/render-markup.js').renderMarkup | undefined;
  let asked = false;
  return (source, kind = 'xhtml') => {
    if (!render) {
      if (!asked) {
        asked = true;
        loadRich().then((loaded) => {
          render = loaded.renderMarkup;
          onReady();
        }, () => {});
      }
      return null;
    }
    const key = kind + source;
    if (!nodes.has(key)) {
      const fragment = render(kind, source);
      const box = document.createElement('span');
      nodes.set(key, fragment && (box.append(fragment), box));
    }
    return nodes.get(key)!;
  };
}
