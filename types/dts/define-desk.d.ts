/** `care-chat/define-desk`: importing it registers `<care-desk>`. A second copy on the page leaves the first in place. */
import { CareDesk } from './desk/care-desk.js';
export { CareDesk };
export { CareDeskAcceptedEvent, CareDeskErrorEvent, CareDeskMessageReceivedEvent, CareDeskSignedInEvent, CareDeskSignedOutEvent, CareDeskWaitingEvent, } from './desk/desk-events.js';
