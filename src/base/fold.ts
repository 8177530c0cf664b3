/** A text as it is searched for and compared: small letters, without accents, in any script. */
export const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
