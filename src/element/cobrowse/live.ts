/** The chunk `cobrowse`: what is needed once the patient has allowed it: the picture of what goes to the nurse, the link, and what the nurse points at. */
export { createBoxMap } from '../../cobrowse/act/box-map.js';
export { createOverlay, toWindow } from '../../cobrowse/act/overlay.js';
export { prepareLink } from '../../cobrowse/link/prepare-link.js';
export { createReplay } from '../../cobrowse/replay/draw.js';
export { relayGrant } from '../../core/relay-grant.js';
export { afterPaint } from '../../platform/browser/after-paint.js';
export { createRelayPorts } from '../../platform/browser/relay-ports.js';

/** Of the text that was agreed to, for the record. (What is asked before a chat has its own, in a chunk that need not be here.) */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
