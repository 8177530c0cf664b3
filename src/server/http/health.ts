/** `GET /healthz`: the process answers. `GET /readyz`: it can take and keep messages (the store was written to and read). */
import type { Clock } from '../clock.js';
import type { Store } from '../store/store.js';
import type { Answer } from './answer.js';

/** A store that does not answer within this is not ready. */
const readyWithinMs = 2_000;

interface HealthDeps {
  readonly store: Pick<Store, 'check'>;
  readonly clock: Clock;
  readonly draining: () => boolean;
}

/** The answer for a health path; null for any other. */
export function createHealth({ store, clock, draining }: HealthDeps): (path: string) => Promise<Answer | null> {
  const ready = async (): Promise<boolean> => {
    if (draining()) return false;
    let cancel = (): void => {};
    const late = new Promise<boolean>((resolve) => {
      cancel = clock.after(readyWithinMs, () => resolve(false));
    });
    const checked = store.check().then(() => true, () => false);
    const result = await Promise.race([checked, late]);
    cancel();
    return result;
  };
  return async (path) => {
    if (path === '/healthz') return { status: 200, body: { status: 'ok' } };
    if (path !== '/readyz') return null;
    return (await ready()) ? { status: 200, body: { status: 'ready' } } : { status: 503, body: { status: 'not-ready' }, headers: { 'Retry-After': '2' } };
  };
}
