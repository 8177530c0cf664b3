/** Replaces what `find-sensitive.ts` finds: each letter or digit becomes X and everything else stays, so that the text keeps its shape. */
import { findSensitive, type SensitiveKind } from './find-sensitive.js';

/** Masks the kinds given. A card keeps its last four digits, by which a person knows their card; an SSN keeps nothing. */
export function maskText(text: string, kinds: readonly SensitiveKind[]): string {
  let masked = '';
  let from = 0;
  for (const { kind, start, end } of findSensitive(text).filter((one) => kinds.includes(one.kind))) {
    const part = [...text.slice(start, end)];
    const letters = part.filter((char) => /[\p{L}\p{N}]/u.test(char)).length;
    let left = letters - (kind === 'card' ? 4 : 0);
    masked += text.slice(from, start) + part.map((char) => (/[\p{L}\p{N}]/u.test(char) && left-- > 0 ? 'X' : char)).join('');
    from = end;
  }
  return masked + text.slice(from);
}
