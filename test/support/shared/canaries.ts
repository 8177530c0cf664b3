/** Secrets for tests of co-browsing: of letters that no frame has by chance, and looked for in every form in which they could be carried. */

/** No three of these stand together in a key of a frame or in a public text of the test pages. */
export const secretLetters = 'qxzjkw';

export type Random = () => number;

/** Random numbers that can be had again (mulberry32). */
export const randomFrom = (seed: number): Random => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

export const makeSecret = (random: Random, length = 10): string => Array.from({ length }, () => secretLetters[Math.floor(random() * secretLetters.length)]!).join('');

const escaped = (text: string): string => [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
const hex = (text: string): string => [...text].map((char) => char.charCodeAt(0).toString(16)).join('');
/** What is the same in base64 wherever the text begins. */
const base64Cores = (text: string): readonly string[] => [0, 1, 2].map((shift) => btoa(`${'\0'.repeat(shift)}${text}`).slice(shift === 0 ? 0 : shift + 1).replace(/.{0,4}=*$/, (end) => (end.includes('=') ? '' : end)).replace(/=+$/, '')).filter((core) => core.length >= 4);

/** In which forms a secret is in a text: `least` letters of it are enough, in either direction and in any case; as a whole also encoded. */
export function formsFound(secret: string, text: string, least = 3): readonly string[] {
  const lower = text.toLowerCase();
  const found: string[] = [];
  for (const [name, form] of [['raw', secret], ['reversed', [...secret].reverse().join('')]] as const) {
    for (let at = 0; at + least <= form.length; at++) {
      if (!lower.includes(form.slice(at, at + least).toLowerCase())) continue;
      found.push(name);
      break;
    }
  }
  if (base64Cores(secret).some((core) => text.includes(core)) || base64Cores(secret.toUpperCase()).some((core) => text.includes(core))) found.push('base64');
  const spelled: readonly (readonly [string, string])[] = [['hex', hex(secret)], ['hex of capitals', hex(secret.toUpperCase())], ['escaped', escaped(secret)], ['url', [...secret].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('')], ['codes', [...secret].map((char) => char.charCodeAt(0)).join()]];
  for (const [name, form] of spelled) if (lower.includes(form)) found.push(name);
  return found;
}
