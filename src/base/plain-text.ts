/** A text as it is compared: without what markup does to white space. */
export const plainText = (text: string): string => text.replace(/\s+/g, ' ').trim();
