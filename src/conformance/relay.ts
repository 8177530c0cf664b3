/** A raw client of the relay (README §14): tells what came, and reads nothing into it. */
import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { Validator } from '../protocol/schema/validate.js';
import type { RelayNotice } from '../protocol/types.js';
import { relaySubprotocol } from '../protocol/parse-relay.js';
import { Failed, Unanswered, expect } from './expect.js';

export interface KitRelay {
  /** Every message of the other side, in order. */
  readonly messages: readonly Uint8Array[];
  /** What the server said itself. */
  readonly notices: readonly RelayNotice[];
  send(data: string | Uint8Array): void;
  /** The first notice for which the test holds. */
  notice(fits: (notice: RelayNotice) => boolean): Promise<RelayNotice>;
  /** Resolves when so many messages have come. */
  received(count: number): Promise<void>;
  /** Resolves with the close code. */
  closed(): Promise<number>;
  close(): void;
  /** The connection below, for a reader that stalls. */
  readonly line: Socket;
}

interface RelayOptions {
  readonly validator: Validator;
  readonly origin?: string | undefined;
  readonly timeoutMs: number;
}

/** Opens the relay, saying nothing yet; or tells the HTTP status with which the upgrade was refused. */
export function openRelay(url: string, { validator, origin, timeoutMs }: RelayOptions): Promise<KitRelay | { readonly refused: number }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, relaySubprotocol, { perMessageDeflate: false, handshakeTimeout: timeoutMs, ...(origin && { origin }) });
    const [messages, notices]: [Uint8Array[], RelayNotice[]] = [[], []];
    const waiting = new Set<() => void>();
    let line: Socket | undefined;
    let code: number | null = null;
    let mistake = '';
    const wake = (): void => [...waiting].forEach((look) => look());
    socket.once('upgrade', (response) => (line = response.socket));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) messages.push(new Uint8Array(data));
      else {
        const notice: unknown = JSON.parse(String(data));
        if (validator.check('RelayNotice', notice) === null) notices.push(notice as RelayNotice);
        else mistake = '; a text was no RelayNotice';
      }
      wake();
    });
    socket.once('close', (closeCode) => {
      code = closeCode;
      wake();
    });
    const until = <T>(look: () => T | undefined, what: string): Promise<T> => new Promise((found, failed) => {
      const finish = (settle: () => void): void => {
        clearTimeout(timer);
        waiting.delete(tick);
        settle();
      };
      const tick = (): void => {
        const seen = look();
        if (seen !== undefined) finish(() => found(seen));
      };
      const timer = setTimeout(() => finish(() => failed(new Failed(`waited ${timeoutMs} ms for ${what}${code === null ? '' : `; closed with ${code}`}${mistake}`))), timeoutMs);
      waiting.add(tick);
      tick();
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve({ refused: response.statusCode ?? 0 });
      socket.terminate();
    });
    socket.on('error', () => reject(new Unanswered('the relay could not be opened')));
    socket.once('open', () => {
      expect(line !== undefined, 'the relay has no connection');
      resolve({
        messages, notices, line,
        send: (data) => socket.send(data, () => {}),
        notice: (fits) => until(() => notices.find(fits), 'a notice of the relay'),
        received: async (count) => void (await until(() => (messages.length >= count ? true : undefined), `${count} messages`)),
        closed: () => until(() => code ?? undefined, 'the relay to be closed'),
        close: () => socket.terminate(),
      });
    });
  });
}
