/** Registers `<care-chat>`. One of the few modules whose import changes the page; a second import, or another version's, changes nothing. */
import { CareChat } from './element/care-chat.js';

if (typeof customElements !== 'undefined' && !customElements.get('care-chat')) customElements.define('care-chat', CareChat);

export { CareChat };
