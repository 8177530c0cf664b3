/** The name that the tag and the conversation's core share for one flag; here, so that neither loads the other for it. */

/** Name of the flag of a widget that says "this browser has a conversation": "1" live, "0" ended and still on show; or what `left-flag.ts` says. No id, no content. */
export const liveFlagKey = (widgetId: string): string => `care-chat:live:${widgetId}`;
