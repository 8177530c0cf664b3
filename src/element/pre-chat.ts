/** The chunk `form`: the questions before a chat, with their styles. */
import { createFormView, type FormView, type FormViewOptions } from '../form-view/form-view.js';
import { formStyles } from '../form-view/form-styles.js';
import type { Result } from '../base/result.js';
import { toSheet } from '../ui/css.js';

let sheet: CSSStyleSheet | undefined;

/** Prepares the form's view and puts its styles into `shadow` once. Refusals: `form-unsupported`. */
export function createPreChat(shadow: ShadowRoot, options: FormViewOptions): Result<FormView> {
  sheet ??= toSheet(formStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  return createFormView(options);
}
