/** The chunk `form-talk`: one question at a time. */
import { conversationStyles as own } from '../form-view/conversation-styles.js';
import { formStyles } from '../form-view/form-styles.js';

export { englishForm } from '../i18n/form/translate-form.js';
export { createConversationView } from '../form-view/conversation-view.js';
export const conversationStyles = formStyles + own;
