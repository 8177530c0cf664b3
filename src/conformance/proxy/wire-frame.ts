/** WebSocket frames as bytes (RFC 6455 §5.2), to send a part of one, or one that is wrong. */
import { randomBytes } from 'node:crypto';

const headOf = (first: number, length: number, masked: boolean): Buffer => {
  const head = length < 126 ? Buffer.alloc(2) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  head[0] = first;
  head[1] = (masked ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return head;
};

/** A frame as a client sends it; `first`: its flags and opcode. */
export const maskedFrame = (first: number, data: Uint8Array): Buffer => {
  const mask = randomBytes(4);
  return Buffer.concat([headOf(first, data.length, true), mask, data.map((byte, index) => byte ^ (mask[index % 4] ?? 0))]);
};

/** Frames a client sends are masked; a server's are not. */
export const encodeFrame = (data: Uint8Array, { binary, masked }: { readonly binary: boolean; readonly masked: boolean }): Buffer => {
  const first = 0x80 | (binary ? 2 : 1);
  return masked ? maskedFrame(first, data) : Buffer.concat([headOf(first, data.length, false), data]);
};
