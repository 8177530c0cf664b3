/** The name of one flag that the ladder of transports sets and the session deletes; here, so that neither imports the other for it. */

/** Name of the flag that says which way got through to the server and when: "sse 1795320000000". No id, no content. */
export const wayFlagKey = 'care-chat:way';
