/**
 * Staff, for the adapter of a backend that serves the desk profile (README §7): one agent who signs in with the first operation and stays connected, so that
 * somebody is there. What it does is what `<care-desk>` does; it knows nothing of the backend but its address and an account.
 */
import { Ajv } from 'ajv';
import { createValidator } from '../../protocol/schema/validate.js';
import type { AgentSession, ClientFrame, Discovery, SubmitEvent } from '../../protocol/types.js';
import { createRest } from '../rest.js';
import { openSocket, type KitSocket } from '../socket.js';

export interface StaffOptions {
  /** Origin of the backend. */
  readonly url: string;
  /** An account that serves every department. */
  readonly email: string;
  readonly password: string;
}

interface In {
  readonly conversationId: string;
}

/** Operations of the adapter (adapter.ts) by these names. */
export interface Staff {
  agentSend(input: In & { readonly text: string }): Promise<void>;
  typing(input: In & { readonly on: boolean }): Promise<void>;
  assign(input: In): Promise<void>;
  transfer(input: In): Promise<void>;
  close(input: In): Promise<void>;
  setAvailability(input: { readonly state: 'online' | 'away' }): Promise<void>;
  /** Lets the connection and the session go: before the server ends, or its tokens do. */
  leave(): void;
}

type RequestOf<T> = T extends { readonly id: number } ? Omit<T, 'id'> : never;

const timeoutMs = 5000;

async function signIn({ url, email, password }: StaffOptions): Promise<KitSocket> {
  const validator = createValidator(new Ajv({ allErrors: true, discriminator: true, strict: true }));
  const rest = createRest(validator, { timeoutMs });
  const deviceId = `d_staff_${process.pid}`;
  const discovery = rest.accepted<Discovery>(await rest.request('GET', `${url}/.well-known/care-chat`), [200], 'Discovery', 'discovery');
  const session = rest.accepted<AgentSession>(await rest.request('POST', `${discovery.rest}/desk/sessions`, { body: { email, password, deviceId } }), [201], 'AgentSession', 'sign-in');
  const socket = await openSocket(discovery.ws, { validator, timeoutMs });
  if ('refused' in socket) throw new Error(`the upgrade was refused with ${socket.refused}`);
  await socket.hello({ ...session, deviceId });
  return socket;
}

/** Creates the agent; signs in with the first operation. */
export function createStaff(options: StaffOptions): Staff {
  let desk: Promise<KitSocket> | null = null;
  // The first request of a connection is its hello.
  let requests = 1;
  let pings = 0;

  /** Null: done; else why not. */
  const ask = async (frame: RequestOf<ClientFrame>): Promise<string | null> => {
    const socket = await (desk ??= signIn(options));
    const id = ++requests;
    socket.send({ ...frame, id } as ClientFrame);
    const reply = await socket.reply(id);
    return reply.t === 'err' ? reply.d.code : null;
  };
  const done = async (frame: RequestOf<ClientFrame>): Promise<void> => {
    const code = await ask(frame);
    if (code !== null) throw new Error(`\`${frame.t}\` was refused with ${code}`);
  };
  const submitting = (stream: string, ev: SubmitEvent): RequestOf<ClientFrame> => ({ t: 'submit', d: { stream, cmid: `staff-${process.pid}-${Date.now()}-${requests}`, ev } });
  /** `conflict`: this agent, who is all of staff, has it already. */
  const take = async (stream: string): Promise<void> => {
    const code = await ask(submitting(stream, { kind: 'accept' }));
    if (code !== null && code !== 'conflict') throw new Error(`accepting was refused with ${code}`);
  };

  return {
    async agentSend({ conversationId, text }) {
      await take(conversationId);
      await done(submitting(conversationId, { kind: 'message', parts: [{ kind: 'text', text }] }));
    },
    async typing({ conversationId, on }) {
      const socket = await (desk ??= signIn(options));
      socket.send({ t: 'typing', d: { stream: conversationId, on } });
      // A signal is not answered; what comes behind it is.
      const n = ++pings;
      socket.send({ t: 'ping', d: { n } });
      await socket.next('pong', ({ d }) => d.n === n);
    },
    assign: ({ conversationId }) => take(conversationId),
    transfer: ({ conversationId }) => done(submitting(conversationId, { kind: 'assign' })),
    async close({ conversationId }) {
      await take(conversationId);
      await done(submitting(conversationId, { kind: 'close' }));
    },
    setAvailability: ({ state }) => done({ t: 'availability', d: { state } }),
    leave() {
      void desk?.then((socket) => socket.close(), () => {});
      desk = null;
      requests = 1;
    },
  };
}
