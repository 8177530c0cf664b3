/** Keyed fingerprint of a payload: tells a repeated submit from a reused cmid without keeping a second copy of the content. */
import { createHmac } from 'node:crypto';

/** JSON with sorted keys, so that two writings of one value are one text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

/** HMAC-SHA-256 of the canonical JSON, base64url. */
export const fingerprint = (secret: string, value: unknown): string =>
  createHmac('sha256', Buffer.from(secret, 'hex')).update(canonicalJson(value)).digest('base64url');
