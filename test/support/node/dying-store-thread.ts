/** A store's thread that says it is ready and dies at the third request, having answered none. */
import { parentPort } from 'node:worker_threads';

let requests = 0;
parentPort?.on('message', () => {
  if (++requests === 3) throw new Error('out of memory');
});
parentPort?.postMessage({ type: 'ready', epoch: 'e', secret: '00', driver: 'none', fsync: { verdict: 'fine', medianMicros: 900, slowestMicros: 900, samples: 1 }, writtenAt: 0 });
