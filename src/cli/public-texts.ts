/**
 * The public texts and pictures of a page's HTML as the clinic wrote it, before a script or a patient has put anything into it: found by the same marks as on the
 * patient's page, and each text is one that the recorder would ask for there. Scripts, comments and attributes are not read, but for the marks and a picture's `src`.
 */
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { plainText } from '../base/plain-text.js';
import { enterableTags, fieldRoles, isReadable, isSuspect, isUnknownMark, ownTags, toggleRoles } from '../base/public-text.js';

/** Why something that is marked public is not listed: the patient's page would hide it all the same. */
export type DoubtCode = 'looks-personal' | 'unreadable' | 'unknown-mark' | 'unclear-mark' | 'picture-address';

export interface Doubt {
  readonly line: number;
  readonly code: DoubtCode;
  /** The text, the attribute or the address. */
  readonly what: string;
}

export interface PublicParts {
  readonly texts: readonly string[];
  /** The exact text of each picture's `src`. */
  readonly pictures: readonly string[];
  readonly doubts: readonly Doubt[];
}

const isPictureAddress = (src: string): boolean => /^[^\s"\\]+$/.test(src);
const opaqueRoles = `${fieldRoles} ${toggleRoles}`.split(' ');

/** `isAllPublic`: what has no mark is taken for public too; masks and blocks hold all the same. */
export function publicParts(html: string, isAllPublic = false): PublicParts {
  const [texts, pictures, doubts]: [string[], string[], Doubt[]] = [[], [], []];
  const doubt = (node: Tree.Node, code: DoubtCode, what: string): void => void doubts.push({ line: node.sourceCodeLocation?.startLine ?? 0, code, what: plainText(what).slice(0, 80) });

  const visit = (element: Tree.Element, isAbovePublic: boolean): void => {
    const attribute = (name: string): string | undefined => element.attrs.find((one) => one.name === name)?.value;
    const tag = element.tagName;
    if (ownTags.split(',').includes(tag) || ['data-care-mask', 'data-care-block'].some((name) => attribute(name) !== undefined)) return;
    const mark = attribute('data-care-unmask');
    const isMark = mark === '' || mark === 'true';
    if (mark !== undefined && !isMark) doubt(element, 'unclear-mark', `data-care-unmask="${mark}"`);
    const isPublic = isAbovePublic || isMark;
    const unknown = element.attrs.find(({ name }) => isUnknownMark(name));
    if (unknown && isPublic) doubt(element, 'unknown-mark', unknown.name);
    if (unknown) return;
    if (tag === 'img' && isPublic) {
      const src = attribute('src') ?? '';
      if (isPictureAddress(src)) pictures.push(src);
      else doubt(element, 'picture-address', src);
    }
    const editable = attribute('contenteditable');
    const roles = (attribute('role') ?? '').split(/\s+/);
    // Which custom elements the page enters is settled there: to list their texts shows nothing.
    if (!(enterableTags.has(tag) || tag.includes('-')) || (editable !== undefined && editable.toLowerCase() !== 'false') || roles.some((role) => opaqueRoles.includes(role))) return;

    const inside = (parent: Tree.ParentNode): void => {
      const own = parent.childNodes.filter((node): node is Tree.TextNode => node.nodeName === '#text' && plainText((node as Tree.TextNode).value) !== '');
      // As on the patient's page, what stands together is judged together.
      const isPersonal = isPublic && isSuspect(own.map(({ value }) => value).join(''));
      if (isPersonal) doubt(own[0]!, 'looks-personal', own.map(({ value }) => value).join(''));
      for (const node of parent.childNodes) {
        if ('tagName' in node) {
          visit(node, isPublic);
          if (node.tagName === 'template' && node.attrs.some(({ name, value }) => name === 'shadowrootmode' && value === 'open')) inside((node as Tree.Template).content);
        } else if (isPublic && !isPersonal && own.includes(node as Tree.TextNode)) {
          const text = plainText((node as Tree.TextNode).value);
          if (isReadable(text)) texts.push(text);
          else doubt(node, 'unreadable', text);
        }
      }
    };
    inside(element);
  };
  for (const node of parse(html, { sourceCodeLocationInfo: true }).childNodes) if ('tagName' in node) visit(node, isAllPublic);
  return { texts, pictures, doubts };
}
