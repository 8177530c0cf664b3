/** Exact origins (RFC 6454), and the one pattern there is: any port of localhost, which only demo mode accepts. */

/** The pattern that stands for every port of localhost. `parse.ts` refuses it outside demo mode. */
export const anyLocalhost = 'http://localhost:*';

const localHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether an `Origin` header's value is one of those configured. Compares exactly; `null` and an absent origin never match. */
export function originAllowed(allowed: readonly string[], origin: string | null | undefined): boolean {
  if (!origin || origin === 'null') return false;
  if (allowed.includes(origin)) return true;
  return allowed.includes(anyLocalhost) && (origin === 'http://localhost' || /^http:\/\/localhost:\d{1,5}$/.test(origin));
}

/** Why a configured origin is not one, in words; null where it is fine. */
export function originMistake(value: string, demo: boolean): string | null {
  if (value === anyLocalhost) return demo ? null : `"${anyLocalhost}" is only for demo mode; name the port`;
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return 'is not an origin; write it like "https://www.example.org"';
  }
  if (value.includes('*')) return 'must be one exact origin; patterns are not supported';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://';
  if (url.origin !== value) return `must be an origin without path or slash at the end: "${url.origin}"`;
  if (url.protocol === 'http:' && !localHosts.has(url.hostname)) return `must begin with https:// (http is for localhost only)`;
  return null;
}
