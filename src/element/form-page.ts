/** The chunk `form-page`: all questions at once. */
export { createFormView } from '../form-view/form-view.js';
export { formStyles } from '../form-view/form-styles.js';
