/** Names a text by a number, so that a list of public texts can be compared with without carrying the texts. Not a secret and not cryptography: whoever has the text has its name. */
import { plainText } from './plain-text.js';

/** 64 bits of a text as it is compared, in base 36: two runs of FNV-1a that begin and multiply differently. */
export function hashText(text: string): string {
  let [one, other] = [0x811c9dc5, 0x9e3779b9];
  for (const char of plainText(text)) {
    const code = char.codePointAt(0)!;
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x85ebca6b) ^ (other >>> 15);
  }
  return [one, other].map((half) => (half >>> 0).toString(36)).join('-');
}
