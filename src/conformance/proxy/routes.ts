/** Which server an address of the proxy stands for, and the other way round: what discovery says leads through the proxy. */
import { pathOf } from './http-parts.js';

/** Where discovery is. */
export const discoveryPath = '/.well-known/care-chat';

type Kind = 'rest' | 'ws';

export interface Routes {
  /** Where a request, or an upgrade to a socket, for this path (with query) goes. */
  toTarget(kind: Kind, pathAndQuery: string): URL;
  /** Every absolute address of the servers in this discovery, turned into one of the proxy's (`own`: its origin, as the client names it). Text that is no JSON object stays as it is. */
  rewrite(text: string, own: string): string;
  /** Another server stands behind the same addresses. */
  retarget(target: string): void;
}

const isWebUrl = /^(https?|wss?):\/\//;
const toHttp = (address: string): string => address.replace(/^ws/, 'http');

const through = (address: string, own: string): string => {
  const url = new URL(toHttp(address));
  return `${address.startsWith('ws') ? own.replace(/^http/, 'ws') : own}${url.pathname === '/' ? '' : url.pathname}${url.search}`;
};

/** Creates the routes to a server (an `http:` or `https:` origin). */
export const createRoutes = (target: string): Routes => {
  let base = new URL(target);
  /** Where discovery says that REST and socket are: they may have hosts of their own, and then the same path may be on each. */
  const told = new Map<Kind, URL>();

  const learn = (kind: Kind, address: unknown): string | null => {
    if (typeof address !== 'string' || !isWebUrl.test(address)) return null;
    const url = new URL(toHttp(address));
    told.set(kind, url);
    return url.origin;
  };
  const isBelow = ({ pathname }: URL, path: string): boolean => path === pathname || path.startsWith(`${pathname.replace(/\/$/, '')}/`);

  return {
    toTarget(kind, pathAndQuery) {
      const place = told.get(kind);
      const path = pathOf(pathAndQuery);
      return new URL(pathAndQuery, place && path !== discoveryPath && isBelow(place, path) ? place.origin : base.origin);
    },
    rewrite(text, own) {
      let found: unknown;
      try {
        found = JSON.parse(text);
      } catch {
        return text;
      }
      if (typeof found !== 'object' || found === null) return text;
      const { rest, ws } = found as { readonly rest?: unknown; readonly ws?: unknown };
      const origins = new Set([base.origin, learn('rest', rest), learn('ws', ws)]);
      return JSON.stringify(found, (_key, value: unknown) => (typeof value === 'string' && isWebUrl.test(value) && URL.canParse(value) && origins.has(new URL(toHttp(value)).origin) ? through(value, own) : value));
    },
    retarget(next) {
      base = new URL(next);
      told.clear();
    },
  };
};
