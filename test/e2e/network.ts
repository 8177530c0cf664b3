/** What happens to the network in the journeys, as rules for the kit's fault proxy (src/conformance/proxy/README.md). */
import { startFaultProxy, type FaultProxy } from '../../src/conformance/proxy/fault-proxy.js';
import type { Action, Rule } from '../../src/conformance/proxy/rules.js';
import type { TestServer } from '../support/node/server.js';
import { rewritePages } from './stage.js';

/** Starts the proxy in front of a journey's server. */
export const startNetwork = (server: TestServer, rules?: readonly Rule[]): Promise<FaultProxy> => startFaultProxy({ target: server.url, seed: 1, rules });

/** The proxy's address under a name that the demo's policies allow. */
export const addressOf = ({ port }: FaultProxy): string => `http://localhost:${port}`;

/** From the next page on both elements go through the proxy; the server's policies must allow it (`allowOtherPort`). */
export const leadThrough = (proxy: FaultProxy, server: TestServer): void => rewritePages(server, (html) => html.replace(/<care-(chat|desk)\b/, `$& server="${addressOf(proxy)}"`));

/** For `quiet`: the journey means to ask the proxy, which is another origin than the site. */
export const asking = ({ port }: FaultProxy): RegExp => new RegExp(`^foreign-request: (http|ws)://localhost:${port}/`);

const everything = (action: Extract<Action, { do: 'refuse' | 'respond' }>): readonly Rule[] => [{ match: { on: 'ws-connect' }, action }, { match: { on: 'http-request' }, action }];

/**
 * Everything passes; is answered with a page, as a captive portal does; is refused; or what goes over the connections that are open is swallowed, as if
 * the machine had slept or moved to another network, and new ones pass. The first three cut what is open.
 */
export type Fault = 'none' | 'html' | 'cut' | 'silent';

const faults: Readonly<Record<Fault, readonly Rule[]>> = {
  none: [],
  html: everything({ do: 'respond', status: 200, headers: { 'access-control-allow-headers': '*' }, text: '<!doctype html><title>Log in to the network</title><p>Please accept the terms.</p>' }),
  cut: everything({ do: 'refuse' }),
  silent: [{ match: { on: 'time', afterMs: 0 }, action: { do: 'swallow' } }],
};

/** What is written is spoilt on its way, so that the server refuses it for good. */
export const spoilMessages: Rule = { match: { on: 'frame-to-server', t: 'submit' }, action: { do: 'replace', set: { '/d/ev/kind': 'nothing-there-is' } } };

/** Lets a fault begin. */
export const setFault = (proxy: FaultProxy, fault: Fault): void => {
  proxy.use(faults[fault]);
  if (fault !== 'silent') proxy.cut();
};
