/**
 * Who we are for the server: device, tab, tokens (protocol README §3, §6). One refresh at a time; what another tab has refreshed already
 * is taken over from the vault; expiry is computed with the server's clock at the moment of use, never by a long timer.
 */
import { uuidv7 } from '../base/ids.js';
import { wayFlagKey } from '../base/way-flag.js';
import { refuse } from '../base/refuse.js';
import { type Result, ok } from '../base/result.js';
import type { Ports } from '../platform/ports.js';
import type { Transport } from '../transports/transport.js';

/** What every session answer has (visitor's and agent's). */
export interface SessionTokens {
  readonly accessToken: string;
  readonly expiresAt: number;
  readonly refreshToken: string;
  readonly serverTime: number;
}

/** Tokens as kept in the vault, with the device they are for and the difference of the clocks when they came. */
interface Kept<T> {
  readonly tokens: T;
  readonly device: string;
  readonly offsetMs: number;
}

export interface SessionOptions<T extends SessionTokens> {
  readonly ports: Pick<Ports, 'clock' | 'randomness' | 'vault' | 'flags' | 'tabFlags' | 'page'>;
  readonly transport: Transport;
  readonly parse: (body: unknown) => Result<T>;
  /** Path and body that open a session without anybody signing in; absent where somebody must. */
  readonly opening?: (deviceId: string) => { readonly path: string; readonly body: unknown };
  /** Makes the transport ready for requests (discovery). */
  ready(): Promise<Result<unknown>>;
}

export interface Session<T extends SessionTokens> {
  readonly tabId: string;
  deviceId(): Promise<string>;
  /** Tokens held now, if any. */
  readonly held: T | null;
  /** Takes up what an earlier page left in the vault. */
  restore(): Promise<T | null>;
  /** A token that is good for another half minute: the held one, a refreshed one, or that of a new session. */
  token(): Promise<Result<string>>;
  /** Gets another token even if the held one seems good: it was refused. */
  renew(): Promise<Result<string>>;
  /** Opens a session. */
  open(path: string, body: unknown): Promise<Result<T>>;
  /** Sends with the token; where it was refused as expired, once more with a fresh one. */
  request(request: Omit<Parameters<Transport['request']>[0], 'token'>): ReturnType<Transport['request']>;
  /** Forgets the tokens, here and in the vault. */
  forget(): Promise<void>;
  /** Forgets the tokens in this page only: another tab has taken care of the vault. */
  drop(): void;
  /** Forgets the tokens; what comes back ends their session on the server, which takes at most 4 s and never fails. */
  end(): Promise<() => Promise<void>>;
  /** Lets go of the page. */
  dispose(): void;
}

const marginMs = 30_000;
const endMs = 4000;
const vaultKey = 'session';
const tabKey = 'care-chat:tab';

/** Creates the session. Reads and writes nothing before it is used, the tab's own flag excepted. */
export function createSession<T extends SessionTokens>({ ports, transport, parse, opening, ready }: SessionOptions<T>): Session<T> {
  const { clock, randomness, vault, flags, tabFlags, page } = ports;
  const mint = (prefix: string): string => prefix + uuidv7(clock.now(), randomness.bytes(16));
  let kept: Kept<T> | null = null;
  let device: Promise<string> | undefined;
  let flight: Promise<Result<string>> | undefined;
  /** How often everything was forgotten: an answer to what was asked before must not bring it back. */
  let lives = 0;

  // A duplicated tab gets a copy of the tab's storage. The id is in it only while no page of this tab is alive, so a copy finds none.
  const tabId = tabFlags.get(tabKey) ?? mint('t_');
  tabFlags.delete(tabKey);
  const off = page.onHide(() => {
    // Who has no session leaves nothing behind.
    if (kept) tabFlags.set(tabKey, tabId);
  });

  const deviceId = async (): Promise<string> =>
    // A store that does not answer (a frozen tab may hold it) must not make another device of the one whose tokens are here.
    kept?.device ?? (device ??= (async () => {
      const known = await vault.get('device');
      if (typeof known === 'string') return known;
      const made = mint('d_');
      await vault.set('device', made, deviceLifeMs);
      return made;
    })());

  /** By the server's clock, to the accuracy of one answer. */
  const good = (): boolean => kept !== null && kept.tokens.expiresAt - marginMs > clock.now() + kept.offsetMs;

  const keep = async (tokens: T, of: string): Promise<void> => {
    kept = { tokens, device: of, offsetMs: tokens.serverTime - clock.now() };
    await vault.set(vaultKey, kept);
  };

  const restore = async (): Promise<T | null> => {
    const found = (await vault.get(vaultKey)) as Kept<T> | undefined;
    if (found?.tokens) kept = found;
    return kept?.tokens ?? null;
  };

  const ask = async (path: string, body: unknown): Promise<Result<T>> => {
    const answer = await transport.request({ method: 'POST', path, body });
    return answer.ok ? parse(answer.value.body) : answer;
  };

  const open = async (path: string, body: unknown): Promise<Result<T>> => {
    const own = lives;
    const of = await deviceId();
    const tokens = await ask(path, body);
    if (tokens.ok && own === lives) await keep(tokens.value, of);
    return tokens;
  };

  const refresh = ({ refreshToken }: T, id: string, to: typeof ask): Promise<Result<T>> => to('/sessions/refresh', { refreshToken, deviceId: id });

  const obtain = async (refused: string | undefined): Promise<Result<string>> => {
    await restore();
    // Another tab was faster.
    if (good() && kept!.tokens.accessToken !== refused) return ok(kept!.tokens.accessToken);
    const id = await deviceId();
    if (kept) {
      const fresh = await refresh(kept.tokens, id, open);
      return fresh.ok ? ok(fresh.value.accessToken) : fresh;
    }
    const first = opening?.(id);
    if (!first) return refuse('token-missing');
    const made = await open(first.path, first.body);
    return made.ok ? ok(made.value.accessToken) : made;
  };

  const single = (refused?: string): Promise<Result<string>> =>
    (flight ??= obtain(refused).finally(() => {
      flight = undefined;
    }));

  const token = (): Promise<Result<string>> => {
    // The page may be back from the back/forward cache.
    tabFlags.delete(tabKey);
    return good() ? Promise.resolve(ok(kept!.tokens.accessToken)) : single();
  };
  const renew = (): Promise<Result<string>> => single(kept?.tokens.accessToken);

  const drop = (): void => {
    lives++;
    kept = null;
    flight = undefined;
    // Whoever wiped the vault made the next visitor another device.
    device = undefined;
    // Nothing of a visit stays, not even which way its connection went.
    flags.delete(wayFlagKey);
  };

  const forget = (): Promise<void> => {
    drop();
    return vault.delete(vaultKey);
  };

  return {
    tabId,
    deviceId,
    get held() {
      return kept?.tokens ?? null;
    },
    restore,
    token,
    renew,
    open,
    async request(request) {
      const found = await ready();
      if (!found.ok) return found;
      const first = await token();
      if (!first.ok) return first;
      const answer = await transport.request({ ...request, token: first.value });
      if (answer.ok || answer.error.code !== 'token-expired') return answer;
      const second = await renew();
      return second.ok ? transport.request({ ...request, token: second.value }) : second;
    },
    forget,
    drop,
    async end() {
      const last = await restore();
      const id = last && (await deviceId());
      await forget();
      const remove = (token: string): ReturnType<Transport['request']> => transport.request({ method: 'DELETE', path: '/sessions/current', token, keepalive: true });
      const work = async (tokens: T): Promise<void> => {
        await ready();
        const answer = await remove(tokens.accessToken);
        if (answer.ok || answer.error.code !== 'token-expired') return;
        const fresh = await refresh(tokens, id!, ask);
        if (fresh.ok) await remove(fresh.value.accessToken);
      };
      const late = (): Promise<void> => new Promise((resolve) => void clock.setTimer(resolve, endMs));
      return () => (last ? Promise.race([work(last), late()]) : Promise.resolve());
    },
    dispose() {
      tabFlags.set(tabKey, tabId);
      off();
    },
  };
}

/** A device is known for longer than what was typed on it; its id says nothing about a person. */
const deviceLifeMs = 30 * 86_400_000;
