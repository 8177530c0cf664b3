/** An event that bubbles and crosses shadow roots, with its fields; their types are in `events.ts`. `Event` exists in Node as well, so that this imports anywhere. */
export class CareEvent extends Event {
  constructor(type: string, fields?: object) {
    super(type, { bubbles: true, composed: true });
    Object.assign(this, fields);
  }
}
