/** Co-browse: who asks, who allows, who ends; and the relay, whose messages the server cannot read (README §14). */
import { Type } from 'typebox';
import { at, id, oneOf } from './common.js';
import { ConsentRecord } from './consent.js';

const Session = Type.String({ minLength: 16, maxLength: 64, pattern: '^[A-Za-z0-9_.:-]+$', description: 'Id of the session, minted by whoever begins it: the desk, or the visitor where it goes on from another.' });
const Key = Type.String({ minLength: 87, maxLength: 87, pattern: '^B[A-Za-z0-9_-]{86}$', description: 'Public key of who says it: P-256, raw and uncompressed, base64url.' });
const Minutes = Type.Integer({ minimum: 1, maximum: 60, description: 'For how long at most; of a session that goes on, how much of it is left.' });

export const CobrowseState = oneOf(['requested', 'granted', 'declined', 'ended'], 'requested: the agent asks; granted, declined: the visitor answers; ended: it is over.');
export const CobrowseReason = oneOf(
  ['patient', 'timeout', 'unsupported', 'stopped', 'left', 'nurse', 'closed', 'error', 'rate'],
  'declined: patient, timeout, unsupported. ended: stopped (by the visitor), timeout, left (the visitor\'s page is gone), nurse (by the agent, or the agent is gone), closed (the conversation, or another agent has it), error, rate.',
);

const body = {
  session: Session,
  state: CobrowseState,
  key: Type.Optional(Key),
  minutes: Type.Optional(Minutes),
  reason: Type.Optional(CobrowseReason),
  consent: Type.Optional(ConsentRecord),
  resumes: Type.Optional(id('granted without being asked: the session that this one goes on from, which ended because the visitor\'s page was left.')),
};

export const CobrowseBody = Type.Object(body, { $id: 'CobrowseBody', description: 'kind `cobrowse`: requested carries key and minutes; granted key, minutes, consent and perhaps resumes; declined and ended a reason; ended because the page was left also the agent\'s key and the minutes that are left.' });

export const CobrowseSubmit = Type.Object({ kind: Type.Literal('cobrowse'), ...body }, { $id: 'CobrowseSubmit', description: 'The agent asks to see the page, the visitor answers, either ends it.' });

export const RelayRequest = Type.Object({ session: Session }, { $id: 'RelayRequest', description: 'Asks for a way into the relay of a session that was granted.' });

const Token = Type.String({ minLength: 32, maxLength: 128, pattern: '^[A-Za-z0-9_-]+$', description: 'Opens the relay once. Never in an address.' });

export const RelayGrant = Type.Object({
  token: Token,
  expiresAt: at('Until when it can be used.'),
  url: Type.String({ minLength: 1, maxLength: 500, description: 'The relay, absolute.' }),
}, { $id: 'RelayGrant', description: 'A way into the relay, once, for who asked.' });

export const RelayHello = Type.Object({ token: Token }, { $id: 'RelayHello', description: 'Relay: the first message of a client, and its only text.' });

export const RelayNotice = Type.Union([
  Type.Object({ t: Type.Literal('peer'), on: Type.Boolean({ description: 'Whether the other side is there.' }) }, { $id: 'RelayPeer', description: 'Relay: the other side came or went.' }),
  Type.Object({ t: Type.Literal('end'), reason: oneOf(['rate', 'ended', 'refused', 'replaced', 'draining'], 'rate: too much was sent, or not taken; ended: the session is over; refused: no token, or none that is good; replaced: this side has opened another; draining: the server is going to stop.') }, { $id: 'RelayEnd', description: 'Relay: before the server closes.' }),
], { $id: 'RelayNotice', description: 'Relay: what the server itself says, as text. Everything else is bytes of the other side.' });
