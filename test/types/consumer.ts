/** A page's own TypeScript, against the published declarations: what must compile, and what must not. */
import { createChatClient, type CareChat, type CareChatConfig, type CareMessageSentEvent, type ChatSnapshot } from 'care-chat';
import 'care-chat/define';
import 'care-chat/define-desk';
import type { CareChatAttributes, CareIntrinsicElements } from 'care-chat/jsx';

const chat = document.createElement('care-chat');
const same: CareChat = chat;
const config: CareChatConfig = { widget: 'main' };
chat.config = config;
chat.opened = true;
chat.open();
chat.close();
chat.toggle();
chat.pageChanged('Billing');
const sent: Promise<boolean> = chat.send('Hello');
chat.addEventListener('care-message-sent', (event) => {
  const typed: CareMessageSentEvent = event;
  const cmid: string = event.cmid;
  return [typed, cmid];
});
chat.addEventListener('care-send-request', (event) => event.preventDefault());
document.querySelector('care-desk')?.setAttribute('server', 'https://chat.example.org');

const attributes: CareChatAttributes = { server: 'https://chat.example.org', open: true, 'page-name': 'Billing' };
const inTemplates: keyof CareIntrinsicElements = 'care-desk';
const readSnapshot = (snapshot: ChatSnapshot): unknown => snapshot;

// @ts-expect-error a text is a string
void chat.send(1);
// @ts-expect-error there is no such setting
chat.config = { widgett: 'main' };
// @ts-expect-error the panel's state is a boolean
chat.opened = 'yes';
// @ts-expect-error fields of events are read only
chat.addEventListener('care-message-sent', (event) => (event.cmid = 'x'));
// @ts-expect-error an event tells no content
chat.addEventListener('care-message-received', (event) => event.text);
// @ts-expect-error there is no such attribute
const wrong: CareChatAttributes = { color: 'red' };

export { attributes, createChatClient, inTemplates, readSnapshot, same, sent, wrong };
