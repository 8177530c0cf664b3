/** What `<care-desk>` tells the page that holds it: facts with ids and codes, never a word that a patient or a nurse wrote. */
import type { CareErrorCode } from '../base/care-error.js';
/** An agent is signed in and the desk is ready for work. */
export declare class CareDeskSignedInEvent extends Event {
    readonly agentId: string;
    constructor(agentId: string);
}
/** The agent signed out, or the session was ended elsewhere (`reason`). */
export declare class CareDeskSignedOutEvent extends Event {
    readonly reason: 'signed-out' | 'ended';
    constructor(reason: 'signed-out' | 'ended');
}
/** A conversation began to wait in one of the agent's departments. */
export declare class CareDeskWaitingEvent extends Event {
    readonly conversationId: string;
    constructor(conversationId: string);
}
/** The agent accepted a waiting conversation, and the server confirmed it. */
export declare class CareDeskAcceptedEvent extends Event {
    readonly conversationId: string;
    constructor(conversationId: string);
}
/** A visitor's message arrived in one of the agent's conversations. */
export declare class CareDeskMessageReceivedEvent extends Event {
    readonly conversationId: string;
    readonly eventId: string;
    constructor(conversationId: string, eventId: string);
}
/** Something was refused or failed; `code` is one of the documented error codes. */
export declare class CareDeskErrorEvent extends Event {
    readonly code: CareErrorCode;
    constructor(code: CareErrorCode);
}
