/** Operations of visitors and agents with a token: conversations, streams, receipts, the end of a session. */
import type { Result } from '../../base/result.js';
import type { ConversationRequest, ConversationSearch, EventPage, OfflineRequest, ReceiptRequest, RelayGrant, RelayRequest, SubmitRequest, Summary } from '../../protocol/types.js';
import { searchSummaries } from '../desk/summary.js';
import type { HubContext } from '../hub/context.js';
import { createConversation } from '../hub/create-conversation.js';
import { leaveMessage } from '../hub/leave-message.js';
import { look } from '../hub/look.js';
import { toConversation } from '../hub/picture.js';
import type { AgentPrincipal } from '../hub/principal.js';
import { refuse } from '../hub/problems.js';
import { markStream } from '../hub/receipts.js';
import { relayPath } from '../socket/socket-server.js';
import { toVisible } from '../hub/rights.js';
import { submit } from '../hub/submit.js';
import type { Links } from '../links/links.js';
import type { Answer } from './answer.js';
import { answered, answerWith, type SignedAsk, type SignedHandler } from './ask.js';

const listMax = 200;
const searchDefault = 50;

type SignedOperation = 'deleteSession' | 'listConversations' | 'createConversation' | 'leaveMessage' | 'getConversation' | 'openRelay' | 'readEvents' | 'submitEvent' | 'putReceipt' | 'openStream' | 'pollFrames' | 'postFrames' | 'getCannedReplies' | 'searchConversations';

async function readEvents(hub: HubContext, ask: SignedAsk): Promise<Result<Answer>> {
  const { stream = '', epoch, after, before, limit } = ask.parameters;
  if (after !== undefined && before !== undefined) return refuse('invalid', { details: [{ pointer: '/before', code: 'not-allowed' }] });
  const readable = await look(hub, ask.principal, stream);
  if (!readable.ok) return readable;
  const { store, config } = hub;
  if (epoch !== undefined && epoch !== store.epoch) return refuse('epoch-changed');
  const { key } = readable.value;
  const { head, floor } = await store.head(key);
  const count = Math.max(1, Math.min(config.limits.pageMax, Number(limit ?? config.limits.pageMax)));
  const events = after === undefined ? await store.readBefore(key, before === undefined ? head + 1 : Number(before), count) : await store.readAfter(key, Number(after), count);
  // Measured against the head that is told: an event committed in between is on the next page.
  const complete = after === undefined ? (events[0]?.seq ?? 0) <= floor : (events.at(-1)?.seq ?? head) >= head;
  const page: EventPage = { stream, epoch: store.epoch, head: Math.max(head, events.at(-1)?.seq ?? 0), floor, events: events.map((event) => toVisible(event, ask.principal)), complete };
  return answered(200, page);
}

async function search(hub: HubContext, { body }: SignedAsk, agent: AgentPrincipal): Promise<Result<Answer>> {
  const { limit = searchDefault, ...query } = body as ConversationSearch;
  await hub.audit.write({ actor: agent.id, action: 'conversation.search' });
  return answered(200, await searchSummaries(hub.summaries, agent.account, { ...query, limit }));
}

/** The handlers of these operations. */
export function createSignedHandlers(hub: HubContext, links: Links): { readonly [K in SignedOperation]: SignedHandler } {
  const { store, config } = hub;
  return {
    async deleteSession({ claims: { sid, sub, role } }) {
      await hub.audit.write({ actor: sub, action: role === 'visitor' ? 'visitor.end' : 'agent.sign-out', target: sid });
      await hub.identity.revoke(sid, sub);
      return answered(204);
    },
    async listConversations({ principal, parameters }) {
      if (principal.role !== 'visitor') return refuse('forbidden');
      const status = parameters['status'] as Summary['status'] | undefined;
      const rows = await store.conversations({ visitorId: principal.id, widgetId: principal.widgetId, live: true, ...(status === undefined ? {} : { status }), limit: listMax });
      return answered(200, { list: await Promise.all(rows.map((row) => toConversation(store, row))) });
    },
    async createConversation({ principal, body }) {
      if (principal.role !== 'visitor') return refuse('forbidden');
      const request = body as ConversationRequest;
      const result = await createConversation(hub.submitting, principal, request);
      if (!result.ok) return result;
      if (request.page) hub.presence.visitorPage(principal.id, request.page.name);
      return answered(result.value.created ? 201 : 200, result.value.conversation);
    },
    async leaveMessage({ principal, body }) {
      if (principal.role !== 'visitor') return refuse('forbidden');
      const result = await leaveMessage(hub.submitting, principal, body as OfflineRequest);
      return result.ok ? answered(result.value.isNew ? 201 : 200, result.value.receipt) : result;
    },
    async getConversation(ask) {
      const readable = await look(hub, ask.principal, ask.parameters['id'] ?? '');
      if (!readable.ok) return readable;
      const { row, type } = readable.value;
      return row && type === 'conversation' ? answered(200, await toConversation(store, row)) : refuse('not-found');
    },
    async openRelay({ principal, claims, parameters, body, baseUrl }) {
      const readable = await look(hub, principal, parameters['id'] ?? '');
      if (!readable.ok) return readable;
      const { row, type } = readable.value;
      if (!row || type !== 'conversation') return refuse('not-found');
      const granted = await hub.relay.grant(row, principal, claims, (body as RelayRequest).session);
      return granted.ok ? answered(201, { ...granted.value, url: `${baseUrl.replace(/^http/, 'ws')}${relayPath}` } satisfies RelayGrant) : granted;
    },
    readEvents: (ask) => readEvents(hub, ask),
    async submitEvent({ principal, parameters, body }) {
      const { cmid, ev } = body as SubmitRequest;
      const result = await submit(hub.submitting, principal, { stream: parameters['stream'] ?? '', cmid, ev });
      return result.ok ? answered(result.value.dup ? 200 : 201, result.value) : result;
    },
    async putReceipt({ principal, parameters, body }) {
      return answerWith(await markStream(hub, principal, parameters['stream'] ?? '', body as ReceiptRequest), 200);
    },
    openStream: async (ask) => links.openStream(ask),
    pollFrames: (ask) => links.poll(ask),
    postFrames: async (ask) => links.takeFrames(ask),
    async getCannedReplies({ principal }) {
      return principal.role === 'agent' ? answered(200, { list: config.canned }) : refuse('forbidden');
    },
    async searchConversations(ask) {
      return ask.principal.role === 'agent' ? search(hub, ask, ask.principal) : refuse('forbidden');
    },
  };
}
