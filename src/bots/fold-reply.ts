/** A reply as it is compared: small letters without accents, digits of every script as 0–9, no punctuation around it, one space between words. */
import { fold } from '../base/fold.js';

const zeros = ['٠', '۰', '०', '০'] as const;

const toAsciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0)!;
  const zero = zeros.map((first) => first.codePointAt(0)!).find((first) => code >= first && code <= first + 9);
  return zero === undefined ? digit : String(code - zero);
};

/** Folds a reply, or a label that replies are compared with. */
export const foldReply = (text: string): string =>
  fold(text).replace(/\p{Nd}/gu, toAsciiDigit).replace(/\s+/gu, ' ').replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');
