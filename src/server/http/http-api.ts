/**
 * The REST side: from a request of `node:http` to an answer. Order of the checks: route, Origin, rate, token, parameters, body. Every
 * refusal is a problem; nothing that was sent is logged, the URL's query included.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { err, type Result } from '../../base/result.js';
import { originAllowed } from '../config/origins.js';
import type { HubContext } from '../hub/context.js';
import { toPrincipal } from '../hub/principal.js';
import { fromRefusal, fromThrown, problem, refuse } from '../hub/problems.js';
import { createRate, type Rate } from '../hub/rate.js';
import type { Links } from '../links/links.js';
import { allOrigins } from '../socket/socket-server.js';
import { problemAnswer, writeAnswer, type Answer } from './answer.js';
import type { Ask, Handler, SignedAsk, SignedHandler } from './ask.js';
import { createClientAddress } from './client-address.js';
import { corsHeaders, preflightHeaders } from './cors.js';
import { createPublicHandlers } from './public-handlers.js';
import { readJson } from './read-body.js';
import { findRoute, methodsOf, readParameters, type Route } from './router.js';
import { createSignedHandlers } from './signed-handlers.js';

interface Api {
  readonly hub: HubContext;
  readonly origins: readonly string[];
  readonly open: Readonly<Record<string, Handler>>;
  readonly signed: Readonly<Record<string, SignedHandler>>;
  readonly rates: { readonly session: Rate; readonly signIn: Rate; readonly request: Rate };
  baseUrl(request: IncomingMessage): string;
  addressOf(request: IncomingMessage): string;
  draining(): boolean;
}

/** When whoever comes while the server stops may find its successor. */
const drainingRetryMs = 2_000;

function takeRate({ rates, addressOf }: Api, { operation }: Route, request: IncomingMessage): Result<void> {
  const address = addressOf(request);
  if (operation.operationId === 'createSession') return rates.session.take(address);
  if (operation.operationId === 'createAgentSession') return rates.signIn.take(address);
  return operation.auth === 'none' ? rates.request.take(address) : { ok: true, value: undefined };
}

/** Who asks. Errors: `token-missing`, `token-expired`, `token-invalid`, `origin-denied` (a token of another origin), `rate-limited`. */
async function authenticate({ hub, rates }: Api, request: IncomingMessage): Promise<Result<Pick<SignedAsk, 'claims' | 'principal'>>> {
  const token = /^Bearer ([A-Za-z0-9._~+/=-]{16,4000})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return refuse(request.headers.authorization === undefined ? 'token-missing' : 'token-invalid');
  const verified = await hub.identity.verify(token);
  if (!verified.ok) return verified;
  const claims = verified.value;
  const { origin } = request.headers;
  if (origin !== undefined && claims.origin !== null && claims.origin !== origin) return refuse('origin-denied');
  const rate = rates.request.take(claims.sid);
  if (!rate.ok) return rate;
  const principal = await toPrincipal(claims, hub.store);
  return principal.ok ? { ok: true, value: { claims, principal: principal.value } } : principal;
}

async function readBody({ hub }: Api, { operation }: Route, request: IncomingMessage): Promise<Result<unknown>> {
  if (operation.request === undefined) return { ok: true, value: null };
  // A batch may hold a frame of full size, and says itself which of its frames is too large.
  const body = await readJson(request, hub.config.limits.frameBytes * (operation.operationId === 'postFrames' ? 2 : 1));
  if (!body.ok) return body;
  const refusal = hub.validator.check(operation.request, body.value, hub.config.limits);
  return refusal ? err(fromRefusal(refusal)) : body;
}

async function run(api: Api, route: Route, request: IncomingMessage, query: URLSearchParams, onGone: Ask['onGone']): Promise<Result<Answer>> {
  const { operation } = route;
  const { origin } = request.headers;
  if (origin !== undefined && !originAllowed(api.origins, origin)) return refuse('origin-denied');
  // Nothing new is begun; polls come for the end of their link.
  if (api.draining() && operation.operationId !== 'pollFrames') return refuse('overloaded', { retryAfterMs: drainingRetryMs });
  const rate = takeRate(api, route, request);
  if (!rate.ok) return rate;
  const signer = operation.auth === 'bearer' ? await authenticate(api, request) : null;
  if (signer && !signer.ok) return signer;
  const parameters = readParameters(route, query);
  if (!parameters.ok) return parameters;
  const body = await readBody(api, route, request);
  if (!body.ok) return body;
  const ask: Ask = { parameters: parameters.value, body: body.value, origin: origin ?? null, baseUrl: api.baseUrl(request), onGone };
  const { operationId } = operation;
  return signer ? api.signed[operationId]!({ ...ask, ...signer.value }) : api.open[operationId]!(ask);
}

function preflight(api: Api, request: IncomingMessage, path: string): Answer {
  const { origin } = request.headers;
  return originAllowed(api.origins, origin) ? { status: 204, headers: preflightHeaders(methodsOf(path)) } : problemAnswer(problem('origin-denied'));
}

async function answerTo(api: Api, request: IncomingMessage, path: string, query: string, onGone: Ask['onGone']): Promise<Answer> {
  const { hub } = api;
  const method = request.method ?? '';
  if (method === 'OPTIONS') return preflight(api, request, path);
  const route = findRoute(method, path);
  if (!route) return problemAnswer(problem('not-found'));
  const startedAt = hub.clock.ticks();
  const { operationId } = route.operation;
  let answer: Answer;
  try {
    const result = await run(api, route, request, new URLSearchParams(query), onGone);
    answer = result.ok ? result.value : problemAnswer(result.error);
  } catch (thrown) {
    hub.log.error('http.failed', { operation: operationId, reason: thrown instanceof Error ? thrown.name : 'unknown', code: (thrown as { code?: string }).code });
    answer = problemAnswer(fromThrown(thrown));
  }
  hub.log.info('http.request', { operation: operationId, status: answer.status, tookMs: Math.round(hub.clock.ticks() - startedAt) });
  return answer;
}

/** Origins that may read an answer: a widget's or the desk's. Discovery also tells a page that is not allowed why, and nothing more. */
function readers({ origins }: Api, path: string, answer: Answer, origin: string | undefined): readonly string[] {
  const refusedPage = path === '/.well-known/care-chat' && answer.status === 403 && origin !== undefined && origin !== 'null';
  return refusedPage ? [...origins, origin] : origins;
}

/** Whether a path is the API's. */
export const isApiPath = (path: string): boolean => path === '/.well-known/care-chat' || path.startsWith('/v1/');

/** Creates the listener for API paths. `baseUrl`: where clients reach the server, for discovery. `draining`: whether it is about to stop. */
export function createHttpApi(hub: HubContext, links: Links, baseUrl: Api['baseUrl'], draining: Api['draining']): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const ticks = (): number => hub.clock.ticks();
  const { limits } = hub.config;
  const api: Api = {
    hub,
    origins: allOrigins(hub),
    open: createPublicHandlers(hub),
    signed: createSignedHandlers(hub, links),
    rates: { session: createRate(limits.sessionsPerMin, ticks), signIn: createRate(limits.signInsPerMin, ticks), request: createRate(limits.requestsPerMin, ticks) },
    baseUrl,
    addressOf: createClientAddress(hub.config.listen.trustedProxies),
    draining,
  };
  return async (request, response) => {
    const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
    const answer = await answerTo(api, request, path, query, (run) => void response.once('close', run));
    writeAnswer(request, response, answer, corsHeaders(readers(api, path, answer, request.headers.origin), request.headers.origin));
  };
}
