/**
 * Copies the database in a thread and a connection of its own, so that nobody who writes waits for it. The copy is checked and flushed, and
 * has its name only when it is whole.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { copyDatabase } from './copy-database.js';

export interface BackupInput {
  readonly from: string;
  readonly to: string;
}

/** What the thread says once. */
export type BackupReply = { readonly ok: true } | { readonly ok: false; readonly message: string };

if (parentPort) {
  const { from, to } = workerData as BackupInput;
  try {
    copyDatabase(from, to);
    parentPort.postMessage({ ok: true } satisfies BackupReply);
  } catch (error) {
    parentPort.postMessage({ ok: false, message: error instanceof Error ? error.message : String(error) } satisfies BackupReply);
  }
}
