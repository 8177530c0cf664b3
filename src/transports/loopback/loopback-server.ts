/**
 * A tiny backend inside the page: the visitor profile and the core of the desk profile, in memory, behind the same `Transport` as a real one.
 * For tests and for a demo without a server. What it does, it does as the specification says (contiguous logs, idempotent submits, resume and reset,
 * watermarks, one live conversation per visitor); it has no accounts but those given, checks no forms, keeps nothing, and is no place for real conversations.
 */

import type { By, ClientFrame, ConversationState, Limits, ServerFrame, StreamStart, SubmitEvent, SubmitResult, Watermark, WireEvent } from '../../protocol/types.js';
import type { WireErrorCode } from '../../base/care-error.js';
import { type LoopbackOptions, type LoopbackPeer, type LoopbackServer, type LoopbackSession, forReader, toBy, toProblem } from './loopback-model.js';
import { answerRest } from './loopback-rest.js';

interface Attached {
  readonly peer: LoopbackPeer;
  readonly session: LoopbackSession;
  readonly streams: Set<string>;
}

const defaultLimits: Limits = { frameBytes: 65_536, textChars: 8000, partsPerMessage: 20, inflightPerStream: 1, submitPerMin: 600, typingMinMs: 2000, resumeMax: 500, pageMax: 200 };

/** Starts an empty server. */
export function createLoopbackServer(options: LoopbackOptions): LoopbackServer {
  const { clock } = options;
  const logs = new Map<string, WireEvent[]>();
  const keys = new Map<string, { readonly payload: string; readonly result: SubmitResult }>();
  const opened = new Map<string, { readonly payload: string; readonly id: string }>();
  const attached = new Set<Attached>();
  let counter = 0;

  const log = (stream: string): WireEvent[] => {
    let events = logs.get(stream);
    if (!events) logs.set(stream, (events = []));
    return events;
  };

  const addressed = (stream: string, session: LoopbackSession): string => (stream === 'self' ? `self:${session.subject}` : stream);

  const deliver = (stream: string, event: WireEvent): void => {
    for (const { peer, session, streams } of [...attached]) {
      if (!streams.has(stream)) continue;
      peer.send({ t: 'event', d: forReader(event, session) });
    }
  };

  const append = (stream: string, by: By, kind: WireEvent['kind'], d: unknown, key?: { readonly dev: string; readonly cmid: string }): WireEvent => {
    const events = log(stream);
    const event = { stream: stream.startsWith('self:') ? 'self' : stream, epoch: server.epoch, seq: events.length + 1, id: server.id('e_'), kind, at: clock.now(), by, d, ...key } as WireEvent;
    events.push(event);
    deliver(stream, event);
    return event;
  };

  const touch = (id: string, change: Partial<ConversationState>): void => {
    const conversation = server.conversations.get(id)!;
    const { agent, ...state } = { ...conversation.state, ...change };
    conversation.state = agent ? { ...state, agent } : state;
    conversation.v++;
    tellSummary(id);
  };

  const tellSummary = (id: string): void => {
    const summary = server.summary(id);
    for (const { peer, session } of [...attached]) if (session.role === 'agent') peer.send({ t: 'summary', d: { summary } });
  };

  /** What a submit does to a conversation: the events it makes, or why not. The first event carries the key. */
  const perform = (session: LoopbackSession, stream: string, ev: SubmitEvent, key: { dev: string; cmid: string }): WireEvent | WireErrorCode => {
    const id = stream.replace(/\.staff$/, '');
    const conversation = server.conversations.get(id);
    if (!conversation || !server.canSee(session, stream)) return 'not-found';
    const by = session.by;
    const { status, agent } = conversation.state;
    const staff = session.role === 'agent';
    switch (ev.kind) {
      case 'message': {
        if (status === 'closed') return 'closed-conversation';
        if (staff && agent?.id !== by.id) return 'forbidden';
        if (ev.parts.some((part) => 'text' in part && part.text.length > server.limits.textChars)) return 'too-large';
        const event = append(stream, by, 'message', { parts: ev.parts }, key);
        touch(id, {});
        return event;
      }
      case 'note':
        return staff && stream.endsWith('.staff') ? append(stream, by, 'note', { text: ev.text }, key) : 'forbidden';
      case 'consent':
        return staff ? 'forbidden' : append(stream, by, 'consent', ev.consent, key);
      case 'close': {
        if (status === 'closed') return 'closed-conversation';
        const event = append(stream, by, 'status', { status: 'closed', reason: session.role }, key);
        touch(id, { status: 'closed' });
        return event;
      }
      case 'accept':
      case 'reopen': {
        if (!staff) return 'forbidden';
        if (status !== (ev.kind === 'accept' ? 'waiting' : 'closed')) return 'conflict';
        const reason = ev.kind === 'accept' ? 'accepted' : 'reopened';
        const event = append(stream, by, 'assignment', { state: 'assigned', agent: by, reason }, key);
        append(stream, by, 'status', { status: 'open', reason });
        append(stream, by, 'participant.joined', { who: by });
        touch(id, { status: 'open', agent: by });
        return event;
      }
      case 'assign': {
        if (!staff) return 'forbidden';
        const to = options.agents?.find((one) => one.agent.id === ev.agentId)?.agent;
        if (ev.agentId !== undefined && !to) return 'not-found';
        const event = to
          ? append(stream, by, 'assignment', { state: 'assigned', agent: toBy(to), reason: 'assigned' }, key)
          : append(stream, by, 'assignment', { state: 'queued', reason: 'returned' }, key);
        if (!to) append(stream, by, 'status', { status: 'waiting', reason: 'returned' });
        touch(id, to ? { agent: toBy(to), status: 'open' } : { agent: undefined, status: 'waiting' } as Partial<ConversationState>);
        return event;
      }
      default:
        return 'not-supported';
    }
  };

  const mark = (session: LoopbackSession, stream: string, delivered = 0, read = 0, from?: LoopbackPeer): void => {
    const conversation = server.conversations.get(stream);
    if (!conversation) return;
    const head = log(stream).length;
    const who = session.by.id;
    const before = conversation.state.watermarks.find((one) => one.who === who) ?? { who, role: session.role, delivered: 0, read: 0 };
    const next: Watermark = { ...before, read: Math.max(before.read, Math.min(read, head)), delivered: Math.max(before.delivered, Math.min(Math.max(delivered, read), head)) };
    if (next.read === before.read && next.delivered === before.delivered) return;
    conversation.state = { ...conversation.state, watermarks: [...conversation.state.watermarks.filter((one) => one.who !== who), next] };
    for (const other of attached) if (other.peer !== from && other.streams.has(stream)) other.peer.send({ t: 'receipt', d: { stream, ...next } });
    if (session.role === 'agent') tellSummary(stream);
  };

  const startOf = (session: LoopbackSession, name: string, cursor: { readonly epoch?: string | undefined; readonly seq?: number | undefined } | null): { start: StreamStart; follow(peer: LoopbackPeer): void } => {
    const stream = addressed(name, session);
    const head = log(stream).length;
    const seq = cursor?.seq ?? head;
    const conversation = server.conversations.get(name);
    const reason = cursor?.epoch !== undefined && cursor.epoch !== server.epoch ? 'epoch' : seq > head ? 'ahead' : head - seq > server.limits.resumeMax ? 'too-far' : null;
    const base = { stream: name, epoch: server.epoch, head };
    const state = conversation && { state: conversation.state };
    return {
      start: { ...base, mode: reason ? 'reset' : 'resume', ...state },
      follow(peer) {
        if (reason) peer.send({ t: 'reset', d: { ...base, floor: 1, reason, ...state } });
        else for (const event of log(stream).slice(seq, head)) peer.send({ t: 'event', d: forReader(event, session) });
      },
    };
  };

  const server: LoopbackServer = {
    options,
    sessions: new Map(),
    conversations: new Map(),
    limits: { ...defaultLimits, ...options.limits },
    widget: {
      id: 'main', clinicName: 'Clinic', country: 'US', timeZone: 'UTC', emergency: [{ kind: 'emergency', number: '911' }], languages: ['en'], consents: [], departments: [],
      ...options.widget,
    },
    epoch: 'k1',
    availability: () => ({ v: 1, state: 'online', departments: [], agents: (options.agents ?? []).map(({ agent }) => toBy(agent)) }),
    id: (prefix) => `${prefix}${(++counter).toString(36).padStart(6, '0')}`,
    log,
    canSee(session, stream) {
      if (stream === 'self') return session.role === 'visitor';
      const conversation = server.conversations.get(stream.replace(/\.staff$/, ''));
      if (!conversation) return false;
      return session.role === 'agent' || (conversation.visitorId === session.subject && !stream.endsWith('.staff'));
    },
    toConversation(id) {
      return { id, epoch: server.epoch, head: log(id).length, state: server.conversations.get(id)!.state };
    },
    summary(id) {
      const { state, visitorId, v } = server.conversations.get(id)!;
      const events = log(id);
      const messages = events.filter((event) => event.kind === 'message');
      const last = messages.filter(({ by }) => by.role === 'visitor' || by.role === 'agent').at(-1);
      const read = state.watermarks.find(({ role }) => role === 'agent')?.read ?? 0;
      const form = events.find((event) => event.kind === 'form.answered');
      const text = last && 'parts' in last.d ? last.d.parts.map((part) => ('text' in part ? part.text : part.fallback)).join('\n').slice(0, 200) : '';
      return {
        id, v, status: state.status, visitor: { id: visitorId, online: [...attached].some(({ session }) => session.subject === visitorId) }, createdAt: state.createdAt,
        ...(state.agent && { agent: state.agent }), ...(state.departmentId !== undefined && { departmentId: state.departmentId }), ...(state.status === 'waiting' && { waitingSince: state.createdAt }),
        head: events.length, lastAt: events.at(-1)?.at ?? state.createdAt, ...(last && { lastMessage: { by: last.by, text, seq: last.seq } }),
        unread: messages.filter((event) => event.by.role === 'visitor' && event.seq > read).length, preChat: form?.kind === 'form.answered' ? form.d.answers : [],
      };
    },
    openConversation(session, request) {
      const key = `${session.deviceId} ${request.cmid}`;
      const payload = JSON.stringify(request);
      const known = opened.get(key);
      if (known) return known.payload === payload ? { created: false, id: known.id } : 'cmid-reused';
      const current = [...server.conversations.values()].find(({ visitorId, state }) => visitorId === session.subject && state.status !== 'closed');
      if (current) return { created: false, id: current.id };
      const id = server.id('c_');
      opened.set(key, { payload, id });
      const { departmentId } = request;
      server.conversations.set(id, {
        id, visitorId: session.subject, v: 1, state: { status: 'waiting', watermarks: [], createdAt: clock.now(), ...(departmentId !== undefined && { departmentId }) },
      });
      for (const { session: other, streams } of attached) if (other.subject === session.subject) streams.add(id);
      append(`self:${session.subject}`, session.by, 'conversation.created', { conversationId: id });
      append(id, session.by, 'status', { status: 'waiting' });
      for (const consent of request.consents ?? []) append(id, session.by, 'consent', consent);
      if (request.preChat) append(id, session.by, 'form.answered', request.preChat);
      if (request.first) append(id, session.by, 'message', { parts: request.first }, { dev: session.deviceId, cmid: request.cmid });
      tellSummary(id);
      return { created: true, id };
    },
    submit(session, { stream, cmid, ev }) {
      const key = `${stream} ${session.deviceId} ${cmid}`;
      const payload = JSON.stringify(ev);
      const known = keys.get(key);
      if (known) return known.payload === payload ? { ...known.result, dup: true } : 'cmid-reused';
      const made = perform(session, stream, ev, { dev: session.deviceId, cmid });
      if (typeof made === 'string') return made;
      const result: SubmitResult = { stream, cmid, epoch: server.epoch, seq: made.seq, eventId: made.id, at: made.at };
      keys.set(key, { payload, result });
      return result;
    },
    rest: (method, path, token, body) => answerRest(server, method, path, token, body),
    attach(peer) {
      let own: Attached | null = null;
      const reply = (re: number, result: object | WireErrorCode): void => {
        if (typeof result === 'string') peer.send({ t: 'err', re, d: toProblem(result) });
        else peer.send({ t: 'ok', re, d: result } as ServerFrame);
      };
      const greet = ({ id, d }: Extract<ClientFrame, { t: 'hello' }>): void => {
        const session = server.sessions.get(d.token);
        if (!session || session.expiresAt <= clock.now()) {
          peer.send({ t: 'err', re: id, d: toProblem(session ? 'token-expired' : 'token-invalid') });
          peer.send({ t: 'bye', d: { code: 4401, reason: 'token', reconnect: true } });
          return peer.close(4401);
        }
        const cursors = new Map<string, { readonly epoch: string; readonly seq: number } | null>();
        if (session.role === 'visitor') {
          cursors.set('self', null);
          for (const { id: name, visitorId, state } of server.conversations.values()) if (visitorId === session.subject && state.status !== 'closed') cursors.set(name, null);
        }
        for (const cursor of d.resume) if (server.canSee(session, cursor.stream)) cursors.set(cursor.stream, cursor);
        const starts = [...cursors].map(([name, cursor]) => startOf(session, name, cursor));
        own = { peer, session, streams: new Set([...cursors.keys()].map((name) => addressed(name, session))) };
        attached.add(own);
        const account = options.agents?.find(({ agent }) => agent.id === session.subject)?.agent;
        peer.send({ t: 'welcome', re: id, d: {
          v: '1', connId: server.id('n_'), caps: [], limits: server.limits, hb: { intervalMs: 25_000, graceMs: 10_000 }, serverTime: clock.now(), tokenExpiresAt: session.expiresAt,
          subject: { id: session.subject, role: session.role }, streams: starts.map(({ start }) => start), availability: server.availability(),
          ...(account && { desk: {
            agent: account, clinicName: server.widget.clinicName, departments: [...server.widget.departments], state: 'online' as const,
            agents: (options.agents ?? []).map(({ agent: { id: name, name: shown, title } }) => ({ id: name, name: shown, title, state: 'online' as const })),
            list: [...server.conversations.values()].filter(({ state }) => state.status === 'waiting' || (state.status === 'open' && state.agent?.id === account.id)).map(({ id: name }) => server.summary(name)),
          } }),
        } });
        for (const { follow } of starts) follow(peer);
      };
      return {
        receive(frame) {
          if (frame.t === 'hello') return greet(frame);
          if (frame.t === 'ping') return peer.send({ t: 'pong', d: frame.d });
          if (!own) return peer.close(4400);
          const { session, streams } = own;
          switch (frame.t) {
            case 'submit':
              return reply(frame.id, session.expiresAt <= clock.now() ? 'token-expired' : server.submit(session, frame.d));
            case 'auth': {
              const fresh = server.sessions.get(frame.d.token);
              if (!fresh || fresh.subject !== session.subject) return peer.close(4403);
              attached.delete(own);
              own = { peer, session: fresh, streams };
              attached.add(own);
              return reply(frame.id, { expiresAt: fresh.expiresAt });
            }
            case 'sub':
            case 'sync': {
              if (!server.canSee(session, frame.d.stream)) return reply(frame.id, 'not-found');
              const { start, follow } = startOf(session, frame.d.stream, frame.d.epoch === undefined ? null : frame.d);
              streams.add(addressed(frame.d.stream, session));
              reply(frame.id, start);
              return follow(peer);
            }
            case 'unsub':
              streams.delete(addressed(frame.d.stream, session));
              return reply(frame.id, {});
            case 'availability':
              return reply(frame.id, {});
            case 'receipt':
              return mark(session, frame.d.stream, frame.d.delivered, frame.d.read, peer);
            case 'typing':
              for (const other of attached) {
                if (other.session.subject !== session.subject && other.streams.has(frame.d.stream)) other.peer.send({ t: 'typing', d: { ...frame.d, who: session.subject, ...(session.by.name !== undefined && { name: session.by.name }) } });
              }
              return;
            default:
          }
        },
        detach() {
          if (own) attached.delete(own);
        },
      };
    },
    say(conversationId, by, text) {
      append(conversationId, by, 'message', { parts: [{ kind: 'text', text }] });
      touch(conversationId, {});
    },
    typing(conversationId, by, on) {
      for (const { peer, streams } of attached) if (streams.has(conversationId)) peer.send({ t: 'typing', d: { stream: conversationId, who: by.id, ...(by.name !== undefined && { name: by.name }), on } });
    },
    cut(code) {
      for (const one of [...attached]) {
        attached.delete(one);
        one.peer.close(code);
      }
    },
    renumber(keep) {
      server.epoch = `k${Number(server.epoch.slice(1)) + 1}`;
      for (const [stream, events] of logs) logs.set(stream, events.slice(0, keep).map((event) => ({ ...event, epoch: server.epoch })));
      server.cut(1006);
    },
  };
  return server;
}
