/**
 * The chunk `more`: what a conversation's core needs only now and then, in one file, because the hash of each further file would cost every conversation
 * more than these parts cost those who load one too many: opening a conversation, a second tab, a network that lets no WebSocket pass, what was sent
 * on an earlier page and is not known to have arrived.
 */
export { startConversation } from '../core/start-conversation.js';
export { follow, lead } from '../core/tabs.js';
export { createMessageBox } from './offline/message-box.js';
export { sendLeft } from './offline/send-left.js';
export { createWays } from '../transports/ladder/ways.js';
