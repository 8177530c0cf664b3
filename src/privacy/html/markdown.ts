/**
 * Markdown as form authors write it (FHIR `markdown`, a part of CommonMark: emphasis, lists, small headings, links, breaks) as markup. What comes out is as
 * trustworthy as what went in, HTML within it included: it is for `sanitize.ts` and nothing else.
 */

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => entities[sign]!);

/** Signs of which only emphasis is left to be read: what is already markup stands aside, as one private character and a number. */
function toInline(source: string): string {
  const aside: string[] = [];
  const keep = (html: string): string => `\uE000${aside.push(html) - 1}\uE001`;
  const link = (address: string, text: string): string => `${keep(`<a href="${escape(address)}">`)}${text}${keep('</a>')}`;
  return source
    .replace(/\\([!-/:-@[-`{-~])/g, (_, sign: string) => keep(escape(sign)))
    .replace(/(`+)(.+?)\1/gs, (_, __, code: string) => keep(escape(code.trim())))
    .replace(/<((?:https?|mailto|tel):[^\s<>]+)>/gi, (_, address: string) => link(address, keep(escape(address))))
    .replace(/!\[([^[\]]*)\]\([^()\s]*(?:\s[^()]*)?\)/g, '$1')
    .replace(/\[([^[\]]*)\]\(\s*<?([^\s()<>]*)>?(?:\s[^()]*)?\)/g, (_, text: string, address: string) => link(address, text))
    .replace(/<[a-z/!][^<>]*>/gi, keep)
    .replace(/(?: {2,}|\\)\n/g, '<br>')
    .replaceAll('\n', ' ')
    .replace(/(\*\*|__)(?=\S)(.+?)(?<=\S)\1/gs, '<strong>$2</strong>')
    .replace(/\*(?=\S)(.+?)(?<=\S)\*/gs, '<em>$1</em>')
    .replace(/(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)/gs, '<em>$1</em>')
    .replace(/\uE000(\d+)\uE001/g, (_, index: string) => aside[Number(index)] ?? '');
}

const listItem = /^( {0,3}(?:([-*+])|\d{1,9}[.)]) +)(.*)$/;
const indent = /^ */;
/** Lists within lists; whatever nests deeper is text. */
const deepest = 6;

/** Lines of a list, from its first item to what does not belong to it: how many, and the list as markup. */
function toList(lines: readonly string[], depth: number): { readonly taken: number; readonly html: string } {
  const isBullet = listItem.exec(lines[0]!)![2] !== undefined;
  const items: string[][] = [];
  let taken = 0;
  let width = 0;
  for (const line of lines) {
    const [, mark = '', bullet, text = ''] = listItem.exec(line) ?? [];
    const isDeeper = items.length > 0 && indent.exec(line)![0].length >= Math.min(width, 2);
    if (mark !== '' && !isDeeper && (bullet !== undefined) === isBullet) {
      items.push([text]);
      width = mark.length;
    } else if (items.length > 0 && line.trim() !== '' && isDeeper) items.at(-1)!.push(line.replace(indent, (spaces) => spaces.slice(width)));
    else break;
    taken++;
  }
  const name = isBullet ? 'ul' : 'ol';
  return { taken, html: `<${name}>${items.map((item) => `<li>${toBlocks(item, depth + 1)}</li>`).join('')}</${name}>` };
}

/** One paragraph alone is not marked as one, so that it can stand in a label. */
function toBlocks(lines: readonly string[], depth = 0): string {
  const blocks: string[] = [];
  let paragraph: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) blocks.push(`<p>${toInline(paragraph.join('\n'))}</p>`);
    paragraph = [];
  };
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const heading = /^ {0,3}(#{1,6}) +(.*?)[ #]*$/.exec(line);
    const isRule = /^ {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$/.test(line);
    const isList = !isRule && depth < deepest && listItem.test(line);
    if (heading || isRule || isList || line.trim() === '') flush();
    if (heading) blocks.push(heading[1]!.length < 3 ? `<h3>${toInline(heading[2]!)}</h3>` : `<h4>${toInline(heading[2]!)}</h4>`);
    else if (isList) {
      const { taken, html } = toList(lines.slice(at), depth);
      blocks.push(html);
      at += taken - 1;
    } else if (!isRule && line.trim() !== '') paragraph.push(line.replace(/^ {0,3}> ?/, '').trimStart());
  }
  flush();
  return blocks.length === 1 ? blocks[0]!.replace(/^<p>(.*)<\/p>$/s, '$1') : blocks.join('');
}

/** Markup for the sanitiser. */
export const markdownToHtml = (source: string): string => toBlocks(source.replace(/[\uE000\uE001]/g, '').replace(/\t/g, '    ').split(/\r\n?|\n/));
