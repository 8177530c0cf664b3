/** Signs what a webhook gets, so that the bot can tell this server from anybody else (src/bots/README.md). */
import { createHmac } from 'node:crypto';

/** Name of the header. */
export const signatureHeader = 'care-chat-signature';

/** `t=SECONDS,v1=HEX`: HMAC-SHA256 over the time, a dot and the body as sent. The time keeps a copy from being used again later. */
export function signatureOf(secret: string, body: string, nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
