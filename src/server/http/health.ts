/** `GET /healthz`: the process answers. `GET /readyz`: it can take and keep messages (the store was written to and read), and how fast the disk is. */
import type { Clock } from '../clock.js';
import type { FsyncReport } from '../store/measure-fsync.js';
import type { Store } from '../store/store.js';
import type { Answer } from './answer.js';

/** A store that does not answer within this is not ready. */
const readyWithinMs = 2_000;

interface HealthDeps {
  readonly store: Pick<Store, 'check'>;
  readonly clock: Clock;
  readonly draining: () => boolean;
  readonly fsync: FsyncReport;
}

/** The answer for a health path; null for any other. */
export function createHealth({ store, clock, draining, fsync }: HealthDeps): (path: string) => Promise<Answer | null> {
  const disk = { verdict: fsync.verdict, medianMicros: fsync.medianMicros };
  // One question at a time, however many ask: each is a write.
  let asking: Promise<boolean> | null = null;
  const ask = async (): Promise<boolean> => {
    let cancel = (): void => {};
    const late = new Promise<boolean>((resolve) => {
      cancel = clock.after(readyWithinMs, () => resolve(false));
    });
    const checked = store.check().then(() => true, () => false);
    const result = await Promise.race([checked, late]);
    cancel();
    return result;
  };
  const ready = (): Promise<boolean> => (draining() ? Promise.resolve(false) : (asking ??= ask().finally(() => (asking = null))));
  return async (path) => {
    if (path === '/healthz') return { status: 200, body: { status: 'ok' } };
    if (path !== '/readyz') return null;
    return (await ready()) ? { status: 200, body: { status: 'ready', disk } } : { status: 503, body: { status: 'not-ready' }, headers: { 'Retry-After': '2' } };
  };
}
