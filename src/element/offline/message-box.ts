/**
 * Sends a message that is left (protocol README S-6.15): kept in the vault before the first try, tried again under the same cmid until the server has it,
 * on a later page too. It has a visitor's session of its own, which ends with the receipt: nothing ties it to a chat, and nothing is asked afterwards.
 */
import { backoffMs } from '../../base/backoff.js';
import type { CareError, CareErrorCode } from '../../base/care-error.js';
import { uuidv7 } from '../../base/ids.js';
import { leftFlag } from '../../base/left-flag.js';
import { liveFlagKey } from '../../base/live-flag.js';
import { ok, type Result } from '../../base/result.js';
import { deviceTimeZone } from '../../core/rest.js';
import { createSession } from '../../core/session.js';
import { isStartPending } from '../../core/start-conversation.js';
import type { FlagStore, Ports, Vault } from '../../platform/ports.js';
import { parseOfflineReceipt } from '../../protocol/parse-offline.js';
import { parseVisitorSession } from '../../protocol/parse-rest.js';
import type { OfflineReceipt, OfflineRequest, VisitorSession } from '../../protocol/types.js';
import type { Transport } from '../../transports/transport.js';
import type { FormDraft } from '../form-draft.js';

/** empty: nothing was sent from here; waiting: kept, and tried again; refused: not taken, see `error`, and no longer kept here. */
export type BoxState = 'empty' | 'sending' | 'waiting' | 'refused' | 'sent';

export interface MessageBoxOptions {
  readonly ports: Ports;
  readonly transport: Pick<Transport, 'request'>;
  readonly widgetId: string;
  /** What this tab remembers: which message it sent. */
  readonly tab: FormDraft;
  locale(): string;
  /** Makes the transport ready for requests. */
  ready(): Promise<Result<unknown>>;
  onChange(): void;
  /** Nobody looks: what the server does not take stays, for who opens the panel. */
  readonly isUnseen?: boolean;
}

export interface MessageBox {
  readonly state: BoxState;
  readonly receipt: OfflineReceipt | null;
  readonly error: CareErrorCode | null;
  /** Takes up what an earlier page left unsent, or this tab sent a while ago. */
  resume(): Promise<void>;
  send(message: Omit<OfflineRequest, 'cmid'>): Promise<void>;
  tryNow(): void;
  /** Ready for another message. */
  empty(): void;
  dispose(): void;
}

interface Kept {
  readonly cmid: string;
  /** Null once it was sent: then only the receipt is kept. */
  readonly message: Omit<OfflineRequest, 'cmid'> | null;
  readonly receipt: OfflineReceipt | null;
}

const key = 'offline/message';
/** As long as half-given answers. */
const receiptLifeMs = 30 * 60_000;

/** Names of its own in the vault, so that the session of a chat is another one. */
const apart = (vault: Vault): Vault => ({
  ...vault,
  get durable() {
    return vault.durable;
  },
  get: (name) => vault.get(`offline/${name}`),
  set: (name, value, ttlMs) => vault.set(`offline/${name}`, value, ttlMs),
  delete: (name) => vault.delete(`offline/${name}`),
});
/** Of two boxes on one page, the later waits for the earlier's try and sees what came of it. */
const tries = new WeakMap<Vault, Promise<void>>();
const noFlags: FlagStore = { get: () => null, set: () => {}, delete: () => {}, keeps: () => false };

/** Creates the box. Reads and stores nothing before it is used. */
export function createMessageBox({ ports, transport, widgetId, tab, locale, ready, onChange, isUnseen = false }: MessageBoxOptions): MessageBox {
  const { vault, flags, clock, randomness, page } = ports;
  const flag = liveFlagKey(widgetId);
  /** Later pages need not look for it any more. */
  const settle = (): void => {
    if (flags.get(flag) === leftFlag) flags.delete(flag);
  };
  const session = createSession<VisitorSession>({
    ports: { clock, randomness, page, vault: apart(vault), flags: noFlags, tabFlags: noFlags }, transport: transport as Transport, parse: parseVisitorSession, ready,
    opening: (deviceId) => ({ path: '/sessions', body: { widgetId, deviceId, locale: locale(), tz: deviceTimeZone() } }),
  });
  let state: BoxState = 'empty';
  let receipt: OfflineReceipt | null = null;
  let error: CareErrorCode | null = null;
  let tried = 0;
  let busy = false;
  let disposed = false;
  let cancel = (): void => {};

  const show = (next: BoxState, why: CareErrorCode | null = null): void => {
    [state, error] = [next, why];
    if (!disposed) onChange();
  };
  const requestOf = ({ cmid, message }: Kept) => ({ method: 'POST', path: '/offline', body: { cmid, ...message } }) as const;

  const post = async (kept: Kept): Promise<Result<OfflineReceipt>> => {
    let answer = await session.request(requestOf(kept));
    if (!answer.ok && answer.error.code === 'token-invalid') {
      // Ended by another tab, which has sent it; or the session of an earlier page is gone from the server.
      const now = (await vault.get(key)) as Kept | undefined;
      if (now?.receipt) return ok(now.receipt);
      await session.forget();
      answer = await session.request(requestOf(kept));
    }
    return answer.ok ? parseOfflineReceipt(answer.value.body) : answer;
  };
  const done = async ({ cmid }: Kept, given: OfflineReceipt): Promise<void> => {
    receipt = given;
    await vault.set(key, { cmid, message: null, receipt } satisfies Kept, receiptLifeMs);
    settle();
    show('sent');
    const end = await session.end();
    await Promise.all([vault.delete('offline/device'), end()]);
  };
  const later = ({ code, retryAfterMs }: CareError): void => {
    show('waiting', code);
    cancel = clock.setTimer(() => void attempt(), Math.max(retryAfterMs ?? 0, backoffMs(tried++, { random: () => randomness.unit() })));
  };
  /** What is in the vault is what counts: another tab may have sent it, or the visitor wiped it. */
  const attempt = async (): Promise<void> => {
    if (busy || disposed) return;
    busy = true;
    cancel();
    const before = tries.get(vault);
    const own = (async () => {
      await before;
      await tryOnce();
    })().finally(() => (busy = false));
    tries.set(vault, own);
    await own;
  };
  const tryOnce = async (): Promise<void> => {
    const kept = (await vault.get(key)) as Kept | undefined;
    if (!kept) show('empty');
    else if (kept.receipt) {
      ({ receipt } = kept);
      show('sent');
    } else {
      show('sending');
      const posted = await post(kept);
      if (posted.ok) await done(kept, posted.value);
      else if (posted.error.retryable) later(posted.error);
      else {
        if (!isUnseen) {
          await vault.delete(key);
          settle();
        }
        show('refused', posted.error.code);
      }
    }
  };
  const tryNow = (): void => {
    if (state === 'waiting') void attempt();
  };
  const offs = [
    page.onWake(tryNow),
    // One last try outlives the page; the server knows it by its cmid.
    page.onHide(() => {
      const token = session.held?.accessToken;
      if (!token || (state !== 'sending' && state !== 'waiting')) return;
      void vault.get(key).then((kept) => kept && (kept as Kept).message && transport.request({ ...requestOf(kept as Kept), token, keepalive: true }));
    }),
  ];

  return {
    get state() {
      return state;
    },
    get receipt() {
      return receipt;
    },
    get error() {
      return error;
    },
    async resume() {
      const kept = (await vault.get(key)) as Kept | undefined;
      // Sent by another tab, expired, or lost by a browser that forgot.
      if (!kept?.message && !(await isStartPending(ports))) settle();
      if (kept && (!kept.receipt || (await tab.read()) === kept.cmid)) await attempt();
    },
    async send(message) {
      if (busy) return;
      const cmid = uuidv7(clock.now(), randomness.bytes(16));
      tried = 0;
      show('sending');
      await vault.set(key, { cmid, message, receipt: null } satisfies Kept);
      // Only where nothing makes later pages look already.
      if (flags.get(flag) === null) flags.set(flag, leftFlag);
      tab.write(cmid);
      await attempt();
    },
    tryNow,
    empty() {
      receipt = null;
      void tab.clear();
      show('empty');
    },
    dispose() {
      disposed = true;
      cancel();
      for (const off of offs) off();
      session.dispose();
    },
  };
}
