/** The events that the tag itself dispatches; the conversation's are in `events.ts`, which comes with the chunk that needs them. */
import type { CareErrorCode } from '../base/care-error.js';

/** An event that bubbles and crosses shadow roots. `Event` exists in Node as well, so that these classes import anywhere. */
export class CareEvent extends Event {
  constructor(type: string) {
    super(type, { bubbles: true, composed: true });
  }
}

/** The element is connected and takes calls. */
export class CareReadyEvent extends CareEvent {
  constructor() {
    super('care-ready');
  }
}

/** The panel was opened. */
export class CareOpenedEvent extends CareEvent {
  constructor() {
    super('care-opened');
  }
}

/** The panel was closed; a conversation goes on. */
export class CareClosedEvent extends CareEvent {
  constructor() {
    super('care-closed');
  }
}

/** Something failed; `code` is one of the documented codes. */
export class CareErrorEvent extends CareEvent {
  readonly code: CareErrorCode;
  constructor(code: CareErrorCode) {
    super('care-error');
    this.code = code;
  }
}
