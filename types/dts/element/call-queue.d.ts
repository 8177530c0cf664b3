/**
 * Calls from a page that did not wait: `(globalThis.careChat ??= []).push(['open'])` works before and after the script has come.
 * What was pushed early is replayed in order on the first element that connects; from then on a push calls it at once.
 */
/** What can be queued: a method's name and its arguments. */
export type QueuedCall = readonly [method: QueueableMethod, ...args: readonly unknown[]];
/** The methods a queue may call; anything else is ignored, never looked up. */
export declare const queueableMethods: readonly ["open", "close", "toggle", "send", "openChecker", "startConversation", "endConversation", "logout", "pageChanged"];
export type QueueableMethod = (typeof queueableMethods)[number];
type Callable = {
    readonly [M in QueueableMethod]: (...args: never[]) => unknown;
};
/** The global: an array until the element is there, then only its `push`. */
export interface CallQueue {
    push(...calls: QueuedCall[]): unknown;
}
declare global {
    var careChat: CallQueue | undefined;
}
/** Takes the queue for `element`; returns the way to let it go. Another connected element then takes the calls, else they wait again. */
export declare function takeQueue(element: Callable): () => void;
export {};
