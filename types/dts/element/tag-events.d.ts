/** The events that the tag itself dispatches; the conversation's are in `events.ts`, which comes with the chunk that needs them. */
import type { CareErrorCode } from '../base/care-error.js';
/** An event that bubbles and crosses shadow roots. `Event` exists in Node as well, so that these classes import anywhere. */
export declare class CareEvent extends Event {
    constructor(type: string);
}
/** The element is connected and takes calls. */
export declare class CareReadyEvent extends CareEvent {
    constructor();
}
/** The panel was opened. */
export declare class CareOpenedEvent extends CareEvent {
    constructor();
}
/** The panel was closed; a conversation goes on. */
export declare class CareClosedEvent extends CareEvent {
    constructor();
}
/** Something failed; `code` is one of the documented codes. */
export declare class CareErrorEvent extends CareEvent {
    readonly code: CareErrorCode;
    constructor(code: CareErrorCode);
}
