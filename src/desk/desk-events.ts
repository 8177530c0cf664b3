/** What `<care-desk>` tells the page that holds it: facts with ids and codes, never a word that a patient or a nurse wrote. */
import type { CareErrorCode } from '../base/care-error.js';

const fact: EventInit = { bubbles: true, composed: true };

/** An agent is signed in and the desk is ready for work. */
export class CareDeskSignedInEvent extends Event {
  constructor(readonly agentId: string) {
    super('care-desk-signed-in', fact);
  }
}

/** The agent signed out, or the session was ended elsewhere (`reason`). */
export class CareDeskSignedOutEvent extends Event {
  constructor(readonly reason: 'signed-out' | 'ended') {
    super('care-desk-signed-out', fact);
  }
}

/** A conversation began to wait in one of the agent's departments. */
export class CareDeskWaitingEvent extends Event {
  constructor(readonly conversationId: string) {
    super('care-desk-waiting', fact);
  }
}

/** The agent accepted a waiting conversation, and the server confirmed it. */
export class CareDeskAcceptedEvent extends Event {
  constructor(readonly conversationId: string) {
    super('care-desk-accepted', fact);
  }
}

/** A visitor's message arrived in one of the agent's conversations. */
export class CareDeskMessageReceivedEvent extends Event {
  constructor(readonly conversationId: string, readonly eventId: string) {
    super('care-desk-message-received', fact);
  }
}

/** Something was refused or failed; `code` is one of the documented error codes. */
export class CareDeskErrorEvent extends Event {
  constructor(readonly code: CareErrorCode) {
    super('care-desk-error', fact);
  }
}
