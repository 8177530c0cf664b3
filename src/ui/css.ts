/** Style sheets as strings, so that the build can minify them, and as constructed sheets, which a strict Content-Security-Policy allows. Knows no colours. */

/** Joins a style sheet's text; the tag's name is what the build's minifier looks for. */
export const css = (strings: TemplateStringsArray, ...values: readonly (string | number)[]): string => String.raw({ raw: strings }, ...values);

/** A constructed style sheet to put into `adoptedStyleSheets`. */
export function toSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}
