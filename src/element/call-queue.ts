/**
 * Calls from a page that did not wait: `(globalThis.careChat ??= []).push(['open'])` works before and after the script has come.
 * What was pushed early is replayed in order on the first element that connects; from then on a push calls it at once.
 */

/** What can be queued: a method's name and its arguments. */
export type QueuedCall = readonly [method: QueueableMethod, ...args: readonly unknown[]];

/** The methods a queue may call; anything else is ignored, never looked up. */
export const queueableMethods = ['open', 'close', 'toggle', 'send', 'openChecker', 'startConversation', 'endConversation', 'logout', 'pageChanged'] as const;
export type QueueableMethod = (typeof queueableMethods)[number];

type Callable = { readonly [M in QueueableMethod]: (...args: never[]) => unknown };

/** The global: an array until the element is there, then only its `push`. */
export interface CallQueue {
  push(...calls: QueuedCall[]): unknown;
}

declare global {
  // The page's queue lives on the global object.
  var careChat: CallQueue | undefined;
}

const connected = new Set<Callable>();

/** Takes the queue for `element`; returns the way to let it go. Another connected element then takes the calls, else they wait again. */
export function takeQueue(element: Callable): () => void {
  connected.add(element);
  const waiting = globalThis.careChat ?? [];
  if (Array.isArray(waiting)) {
    globalThis.careChat = {
      push(...calls) {
        waiting.push(...calls);
        for (const target of connected) {
          for (const [method, ...args] of waiting.splice(0) as QueuedCall[]) {
            if (queueableMethods.includes(method)) (target[method] as (...args: readonly unknown[]) => unknown)(...args);
          }
        }
      },
    };
  }
  globalThis.careChat!.push();
  return () => connected.delete(element);
}
