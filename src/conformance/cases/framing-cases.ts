/** Frames of RFC 6455 as bytes: what a WebSocket may do with a message on its way, and what ends the connection. What most libraries do right, and hand-written servers do not. */
import { chaos, type Case } from '../case.js';
import { maskedFrame } from '../proxy/wire-frame.js';
import { alive } from './steps.js';

const fin = 0x80;
const [continuation, text, ping, pong, close] = [0, 1, 9, 10, 8];
/** A frame of ours that is answered by `pong` with the same number, of at least so many bytes. */
const question = (n: number, bytes = 0): Buffer => Buffer.from(JSON.stringify({ t: 'ping', d: { n } }).padEnd(bytes));
/** A message in this many pieces of the same length, but for the last; with something between them. */
const inPieces = (count: number, between: Buffer = Buffer.alloc(0)): Buffer => {
  const whole = question(7);
  const size = Math.ceil(whole.length / count);
  const pieces = Array.from({ length: count }, (_none, n) => maskedFrame((n === count - 1 ? fin : 0) | (n === 0 ? text : continuation), whole.subarray(n * size, (n + 1) * size)));
  return Buffer.concat(pieces.flatMap((piece, n) => (n === 0 ? [piece, between] : [piece])));
};

/** Each holds a question with the number 7, which must be answered. */
const taken: readonly (readonly [name: string, bytes: () => Buffer])[] = [
  ['a message in three fragments', () => inPieces(3)],
  ['a ping of the WebSocket between two fragments', () => inPieces(2, maskedFrame(fin | ping, Buffer.from('between')))],
  ['a message whose first fragment is empty', () => Buffer.concat([maskedFrame(text, Buffer.alloc(0)), maskedFrame(fin | continuation, question(7))])],
  ['two messages in one segment', () => Buffer.concat([maskedFrame(fin | text, question(6)), maskedFrame(fin | text, question(7))])],
  ['a message of 125 bytes', () => maskedFrame(fin | text, question(7, 125))],
  ['a message of 126 bytes', () => maskedFrame(fin | text, question(7, 126))],
  ['a pong of the WebSocket that nobody asked for', () => Buffer.concat([maskedFrame(fin | pong, Buffer.alloc(125)), maskedFrame(fin | text, question(7))])],
];

const ending: readonly (readonly [name: string, bytes: () => Buffer])[] = [
  ['a frame without a mask', () => Buffer.concat([Buffer.from([fin | text, question(7).length]), question(7)])],
  ['a reserved bit', () => maskedFrame(fin | 0x40 | text, question(7))],
  ['an unknown opcode', () => maskedFrame(fin | 3, question(7))],
  ['a ping in fragments', () => maskedFrame(ping, Buffer.from('half'))],
  ['a ping of 126 bytes', () => maskedFrame(fin | ping, Buffer.alloc(126))],
  ['a continuation of nothing', () => maskedFrame(fin | continuation, question(7))],
  ['a message inside another', () => Buffer.concat([maskedFrame(text, Buffer.from('{')), maskedFrame(fin | text, question(7))])],
  ['a text that is no utf 8', () => maskedFrame(fin | text, Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
  ['a close with half a code', () => maskedFrame(fin | close, Buffer.from([3]))],
];

/** The cases. */
export const framingCases: readonly Case[] = [
  ...taken.map(([name, bytes]) => chaos('S-8.1', `${name} is taken`, async (world) => {
    const socket = await world.live(await world.visitor());
    socket.line.write(bytes());
    await socket.next('pong', ({ d }) => d.n === 7);
    await alive(socket, 8);
  })),
  ...ending.map(([name, bytes]) => chaos('S-8.1', `${name} ends the connection, and no other`, async (world) => {
    const visitor = await world.visitor();
    const [socket, other] = [await world.live(visitor), await world.live(visitor)];
    socket.line.write(bytes());
    await socket.closed();
    await alive(other, 8);
  })),
];
