/** Exact-origin CORS (Fetch §3.2). No cookies and no wildcard; the token in the `Authorization` header is the only credential. */
import { originAllowed } from '../config/origins.js';

const preflight: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Headers': 'authorization, content-type',
  'Access-Control-Max-Age': '7200',
};

/** Headers for an answer: the origin is echoed where it is allowed. */
export function corsHeaders(allowed: readonly string[], origin: string | undefined): Readonly<Record<string, string>> {
  const vary = { Vary: 'Origin' };
  return origin !== undefined && originAllowed(allowed, origin) ? { ...vary, 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': 'retry-after' } : vary;
}

/** Headers for the answer to a preflight of a path that knows these methods. */
export const preflightHeaders = (methods: readonly string[]): Readonly<Record<string, string>> => ({ ...preflight, 'Access-Control-Allow-Methods': methods.join(', ') });
