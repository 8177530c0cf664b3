/** A value of the flag of `live-flag.ts`; here, so that the tag, which only asks whether there is one, does not carry it. */

/** There is no conversation, but a message that was left has not reached the server. */
export const leftFlag = '2';
