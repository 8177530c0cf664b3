/** Identifiers. UUID version 7 (RFC 9562 §5.7): sortable by time, unguessable in the rest. */

/** A new UUIDv7 from a clock (milliseconds since the epoch) and 16 random bytes. */
export function uuidv7(nowMs: number, random: Uint8Array): string {
  const bytes = random.slice(0, 16);
  let time = Math.max(0, Math.floor(nowMs));
  for (let i = 5; i >= 0; i--) {
    bytes[i] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
