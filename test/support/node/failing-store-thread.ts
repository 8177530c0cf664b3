/** The store's real thread, until it is asked whether it is well: then it dies. */
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', ({ op }: { readonly op: string }) => {
  if (op === 'check') throw new Error('the disk is gone');
});
await import('../../../src/server/store/sqlite-worker.js');
