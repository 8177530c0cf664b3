/** Who is connected, findable by what the hub needs: stream, session, device, role. */
import type { ServerFrame } from '../../protocol/types.js';
import type { Principal } from './principal.js';

/** A connection after its hello. */
export interface LiveConnection {
  readonly id: string;
  readonly principal: Principal;
  /** Conversations that are in this desk's lists now. */
  readonly listed: Set<string>;
  /** Before the `welcome`: conversations that changed meanwhile, to be told after it. Null from then on. */
  early: Set<string> | null;
  follows(key: string): boolean;
  send(frame: ServerFrame): void;
  /** Sends what may be lost; false where the peer is too slow for it. */
  sendLight(frame: ServerFrame): boolean;
  /** `bye`, then a close with the same code. */
  end(code: number, reason: string, options?: { readonly reconnect?: boolean; readonly retryAfterMs?: number; readonly wipe?: boolean }): void;
}

export interface Registry {
  add(connection: LiveConnection): void;
  remove(connection: LiveConnection): void;
  readonly all: Iterable<LiveConnection>;
  readonly size: number;
  /** Connections of agents. */
  readonly desks: Iterable<LiveConnection>;
  ofDevice(deviceId: string): number;
  /** Those who follow a stream, but the one given. */
  followers(key: string, but?: LiveConnection): readonly LiveConnection[];
  setFollows(connection: LiveConnection, key: string, follows: boolean): void;
}

function change<K, V>(index: Map<K, Set<V>>, key: K, value: V, present: boolean): void {
  const set = index.get(key) ?? new Set<V>();
  if (present) index.set(key, set.add(value));
  else if (set.delete(value) && set.size === 0) index.delete(key);
}

/** An empty registry. */
export function createRegistry(): Registry {
  const all = new Set<LiveConnection>();
  const desks = new Set<LiveConnection>();
  const devices = new Map<string, Set<LiveConnection>>();
  const streams = new Map<string, Set<LiveConnection>>();
  const place = (connection: LiveConnection, present: boolean): void => {
    change(devices, connection.principal.deviceId, connection, present);
    for (const set of connection.principal.role === 'agent' ? [all, desks] : [all]) {
      if (present) set.add(connection);
      else set.delete(connection);
    }
  };
  return {
    add: (connection) => place(connection, true),
    remove: (connection) => place(connection, false),
    all,
    desks,
    get size() {
      return all.size;
    },
    ofDevice: (deviceId) => devices.get(deviceId)?.size ?? 0,
    followers: (key, but) => [...(streams.get(key) ?? [])].filter((connection) => connection !== but),
    setFollows: (connection, key, follows) => change(streams, key, connection, follows),
  };
}
