/** Reads a JSON body, up to a size. */
import type { IncomingMessage } from 'node:http';
import type { Result } from '../../base/result.js';
import { problem, refuse } from '../hub/problems.js';

const isJson = (type: string | undefined): boolean => /^application\/json\s*(;|$)/i.test(type ?? '');

async function collect(request: IncomingMessage, maxBytes: number): Promise<Result<Buffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return refuse('too-large', { limit: maxBytes });
    chunks.push(chunk);
  }
  return { ok: true, value: Buffer.concat(chunks) };
}

/** The parsed body. Errors: `unsupported-type`, `too-large` with the limit, `bad-frame` (no JSON, or not UTF-8). */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<Result<unknown>> {
  if (!isJson(request.headers['content-type'])) return refuse('unsupported-type');
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse('too-large', { limit: maxBytes });
  const body = await collect(request, maxBytes).catch(() => null);
  if (!body) return refuse('bad-frame');
  if (!body.ok) return body;
  try {
    return { ok: true, value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body.value)) as unknown };
  } catch {
    return { ok: false, error: problem('bad-frame', { details: [{ pointer: '', code: 'not-json' }] }) };
  }
}
