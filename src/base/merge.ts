/** Changes of observable records; apart from `snapshot.ts`, which the tag loads. */
import type { Snapshot } from './snapshot.js';

/** Changes some fields of an observable record; tells nobody where they were the same. */
export function merge<T extends object>(snapshot: Snapshot<T>, change: Partial<T>): void {
  const { value } = snapshot;
  if ((Object.keys(change) as (keyof T)[]).some((key) => change[key] !== value[key])) snapshot.set(Object.freeze({ ...value, ...change }));
}
