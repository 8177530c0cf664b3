/** Which addresses a chat may speak to: encrypted ones, and this very machine for development (protocol README §3). */
import { CareError } from '../base/care-error.js';
import { type Result, err, ok } from '../base/result.js';

const ownMachine = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/;

/** The address without a slash at its end. Codes: config-invalid (not an address), insecure-server (not encrypted, or with a password in it). */
export function parseServerUrl(address: string, schemes: 'http' | 'ws' = 'http'): Result<string> {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return err(new CareError('config-invalid', '`server` is no absolute URL'));
  }
  const open = url.protocol === `${schemes}:` && ownMachine.test(url.hostname);
  if ((!open && url.protocol !== `${schemes}s:`) || url.username || url.password) {
    return err(new CareError('insecure-server', '`server` must be encrypted, except on localhost'));
  }
  return ok(url.href.replace(/\/$/, ''));
}
