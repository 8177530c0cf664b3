/**
 * How long this disk takes to make something durable, measured in the data folder at each start. A disk (or a virtual one) that answers
 * faster than any medium can write keeps its promise only if its cache survives a loss of power; one that is slow delays every message.
 */
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** `fast`: may not be durable. `slow`: every message waits for it. */
export interface FsyncReport {
  readonly verdict: 'fine' | 'fast' | 'slow';
  readonly medianMicros: number;
  readonly slowestMicros: number;
  readonly samples: number;
}

const wantedSamples = 50;
/** A slow disk must not keep the server from starting. */
const budgetMs = 2_000;
const fewestSamples = 5;
const pageBytes = 4096;

/** Under this median no disk without a cache can be. */
export const fastMicros = 30;
/** Over this median patients notice. */
export const slowMicros = 50_000;

/** What the measured times say. Microseconds, at least one. */
export function judgeFsync(micros: readonly number[]): FsyncReport {
  const sorted = [...micros].sort((a, b) => a - b);
  const medianMicros = Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
  const verdict = medianMicros < fastMicros ? 'fast' : medianMicros > slowMicros ? 'slow' : 'fine';
  return { verdict, medianMicros, slowestMicros: Math.round(sorted.at(-1) ?? 0), samples: sorted.length };
}

/** Times up to 50 writes with fdatasync in a file of its own, which it removes. Throws what the file system throws. */
export function measureFsync(folder: string): FsyncReport {
  const file = join(folder, '.fsync-test');
  const page = Buffer.alloc(pageBytes, 1);
  const micros: number[] = [];
  const handle = openSync(file, 'w', 0o600);
  try {
    const startedAt = performance.now();
    while (micros.length < wantedSamples && (micros.length < fewestSamples || performance.now() - startedAt < budgetMs)) {
      writeSync(handle, page);
      const from = performance.now();
      fdatasyncSync(handle);
      micros.push((performance.now() - from) * 1000);
    }
  } finally {
    closeSync(handle);
    rmSync(file, { force: true });
  }
  return judgeFsync(micros);
}

/** What the person who runs the server should know about the disk; null where it is fine. */
export function fsyncInWords({ verdict, medianMicros }: FsyncReport): string | null {
  if (verdict === 'fast') return `This disk may not be durable: it says that data is safe after ${medianMicros} µs, faster than a disk can write. Unless its cache has a battery (some do), a loss of power can lose messages that were acknowledged.`;
  if (verdict === 'slow') return `This disk is slow: it takes ${Math.round(medianMicros / 1000)} ms to make data safe. Nothing is lost, but every message waits that long.`;
  return null;
}
