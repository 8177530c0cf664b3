/** A value of the flag of `live-flag.ts`; here, so that the tag, which only asks whether there is one, does not carry it. */

/** No conversation is known of here, but one was asked for, or a message was left, and the server is not known to have it. */
export const leftFlag = '2';
