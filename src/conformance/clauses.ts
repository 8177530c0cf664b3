/**
 * Every clause of the specification, and who proves it: a case of the kit, a test of ours where it binds the client (the SDK suite),
 * or nobody, and why. The level at which a clause is mandatory is the first one that has a case for it. A gate compares this list with the specification.
 */

/** A test of this repository: its file under test/, and its title. */
export interface TestPlace {
  readonly file: string;
  readonly title: string;
}

export interface Clause {
  readonly id: string;
  /** What it is about, in a few words. */
  readonly about: string;
  /** Set where it binds a client: the tests that prove it. */
  readonly client?: readonly TestPlace[];
  /** The capability that is draft. */
  readonly draft?: string;
  /** Why nobody can see it from outside. */
  readonly untestable?: string;
}

const at = (file: string) => (title: string): TestPlace => ({ file, title });
const conversation = at('core/conversation.browser.test.ts');
const outbox = at('core/outbox.browser.test.ts');
const connection = at('core/connection.browser.test.ts');
const ladder = at('transports/ladder.browser.test.ts');
const frames = at('protocol/parse-frame.node.test.ts');
const bot = at('ui/bot-turn.browser.test.ts');
const link = at('cobrowse/link.node.test.ts');
const redFlags = at('element/red-flags.browser.test.ts');

const server = (id: string, about: string): Clause => ({ id, about });
const client = (id: string, about: string, ...tests: readonly TestPlace[]): Clause => ({ id, about, client: tests });
const draft = (id: string, about: string, capability: string): Clause => ({ id, about, draft: capability });
const untestable = (id: string, about: string, why: string): Clause => ({ id, about, untestable: why });

/** The clauses, in the order of the specification's numbers. */
export const clauses: readonly Clause[] = [
  server('S-1.1', 'the subprotocol of the upgrade'),
  server('S-1.2', 'the visitor profile is mandatory'),
  untestable('S-1.3', 'the levels of the kit', 'it is about the kit itself'),
  untestable('S-1.4', 'who is who', 'it defines words'),
  server('S-2.1', 'objects, times and durations'),
  server('S-2.2', 'ids are opaque'),
  server('S-2.3', 'text is plain, well-formed Unicode'),
  server('S-2.4', 'nesting deeper than 64'),
  server('S-2.5', 'text for several languages'),
  untestable('S-2.6', 'the schema source', 'it is about our own source; the schemas are what every case checks by'),
  server('S-3.1', 'discovery'),
  server('S-3.2', 'discovery without token or cookie'),
  server('S-3.3', 'the emergency line'),
  server('S-3.4', 'availability'),
  server('S-3.5', 'capabilities in force'),
  client('S-3.6', 'a number beside what is typed', redFlags('tells nobody: no request, no event, nothing kept'), redFlags('never stops a message, and stays when it has gone')),
  server('S-4.1', 'streams and their names'),
  server('S-4.2', 'events and their numbers'),
  server('S-4.3', 'when the epoch changes'),
  server('S-4.4', 'a cursor exists from 0'),
  server('S-4.5', 'what a visitor may not see is in no stream of the visitor'),
  server('S-4.6', 'who an event is by'),
  server('S-4.7', 'cmid and device go to the sender only'),
  client('S-4.8', 'what a client does with an event', conversation('applies what follows and drops what it has, telling each once'), conversation('does not apply what comes behind a hole, and asks for the hole'), conversation('asks where an event has another epoch'), conversation('gives the connection up when asking does not help')),
  client('S-4.9', 'an unknown event advances the cursor', conversation('advances over an event that it does not know'), frames('keeps the place of an event whose body cannot be read')),
  server('S-4.10', 'pages of events'),
  server('S-4.11', 'the floor'),
  server('S-4.12', 'parts of a message'),
  client('S-4.13', 'what was taken back keeps its place', at('core/timeline.browser.test.ts')('shows a fall-back for parts it does not know, and nothing of what was taken back')),
  server('S-4.14', 'status and assignment are events'),
  server('S-5.1', 'submit by frame or by REST is one operation'),
  server('S-5.2', 'the key of a submit'),
  server('S-5.3', 'acknowledged means durable'),
  server('S-5.4', 'the same again is the same event'),
  server('S-5.5', 'the same key with another content'),
  server('S-5.6', 'acknowledgement and event'),
  client('S-5.7', 'stored before sent, one at a time', outbox('stores before it sends'), outbox('has one on its way per stream, in the order of typing, even when the clock is set back')),
  client('S-5.8', 'when the head of the queue is sent again', outbox('says it again under the same cmid after 10 s without an answer, and takes the late answer of either')),
  client('S-5.9', 'no answer means unknown', outbox('keeps what was on its way as unknown when the connection ends, and says it again first'), outbox('keeps what was refused for good, with its text, and goes on with the next')),
  server('S-5.10', 'what is refused'),
  server('S-5.11', 'a bot says that it is one'),
  server('S-5.12', 'when a bot speaks'),
  server('S-5.13', 'buttons'),
  server('S-5.14', 'a button is pressed'),
  server('S-5.15', 'a person is asked for'),
  client('S-5.16', 'what a client does with buttons', bot('sends nothing on focus or arrow keys, and one action per press'), bot('opens only addresses of the web, mail, telephone and the page\'s own site')),
  server('S-5.17', 'forms by their id'),
  server('S-5.18', 'a form is answered in a conversation'),
  server('S-5.19', 'the button that opens a form'),
  client('S-5.20', 'what a client does with forms', at('element/asked-form.browser.test.ts')('can be closed and opened again, over a reload and as another version, with what was answered'), at('element/asked-form.browser.test.ts')('can still be answered when a person has come, and is gone with the conversation')),
  server('S-5.21', 'a rating'),
  server('S-6.1', 'a session'),
  server('S-6.2', 'refreshing'),
  server('S-6.3', 'log-out'),
  server('S-6.4', 'tokens are never in a URL'),
  client('S-6.5', 'expiry by the server\'s clock', at('core/session.browser.test.ts')('refreshes half a minute before the end, and not before')),
  server('S-6.6', 'origins'),
  server('S-6.7', 'opening is idempotent'),
  server('S-6.8', 'one live conversation'),
  server('S-6.9', 'consents and forms'),
  server('S-6.10', 'one\'s own conversations only'),
  server('S-6.11', 'status of a conversation'),
  client('S-6.12', 'the page is told by its name only', at('core/chat-client.browser.test.ts')('tells tabs ids and names only'), at('e2e/embedding.e2e.test.ts')('client-side navigation keeps the chat, and staff see the page\'s name')),
  server('S-6.13', 'what opening writes'),
  draft('S-6.14', 'a site-signed identity', 'identity'),
  server('S-6.15', 'leaving a message while nobody is there'),
  server('S-6.16', 'its reference and promised time'),
  server('S-6.17', 'it is no conversation of the visitor'),
  server('S-6.18', 'answers of the clinic\'s page'),
  server('S-7.1', 'signing in'),
  server('S-7.2', 'what an agent sees'),
  server('S-7.3', 'summaries'),
  server('S-7.4', 'following, and availability'),
  server('S-7.5', 'accept, assign, close, reopen'),
  server('S-7.6', 'what follows from each'),
  server('S-7.7', 'notes'),
  server('S-7.8', 'canned replies'),
  server('S-7.9', 'searching'),
  untestable('S-7.10', 'an agent who is gone', 'the time is the server\'s own and is told nowhere'),
  server('S-7.11', 'messages that were left'),
  server('S-7.12', 'priority and language'),
  server('S-8.1', 'a frame is one text message'),
  server('S-8.2', 'hello first, in time, once'),
  server('S-8.3', 'the welcome'),
  server('S-8.4', 'tokens and versions that are refused'),
  server('S-8.5', 'resuming'),
  server('S-8.6', 'sync and sub'),
  server('S-8.7', 'delivery: once, in order, without holes'),
  server('S-8.8', 'a fresh token in a connection'),
  server('S-8.9', 'heartbeat'),
  server('S-8.10', 'receipts'),
  server('S-8.11', 'typing'),
  server('S-8.12', 'presence, page, language, activity'),
  server('S-8.13', 'signals on streams of others'),
  server('S-8.14', 'bye before every close'),
  client('S-8.15', 'what a client does at a close', connection('waits longer with each failure, never over 30 s, and begins anew only after 10 s live'), connection('stops where the session is over'), connection('waits as long as bye says, spread')),
  server('S-8.16', 'slow readers'),
  server('S-8.17', 'fast writers'),
  client('S-8.18', 'the connection machine', connection('drops whatever still comes from an older attempt'), connection('says hello once link and hello are there, and goes live with the welcome')),
  server('S-8.19', 'a conversation opened elsewhere'),
  server('S-8.20', 'the same frames over streams and polls'),
  server('S-8.21', 'a link and its session'),
  server('S-8.22', 'streamed answers'),
  server('S-8.23', 'long polls'),
  server('S-8.24', 'batches of frames'),
  server('S-8.25', 'how a link ends'),
  client('S-8.26', 'which way a client takes', ladder('remembers for ten minutes, on other pages too, and then tries the WebSocket first'), ladder('does not count being offline against any way')),
  server('S-9.1', 'every refusal is a problem'),
  server('S-9.2', 'what may be tried again'),
  server('S-9.3', 'what is too large'),
  client('S-9.4', 'the server\'s limits win', at('core/chat-client.browser.test.ts')('refuses what is empty or too long without touching the draft')),
  server('S-9.5', 'what is no JSON, of another type, not there'),
  server('S-10.1', 'the highest common version'),
  server('S-10.2', 'unknown fields'),
  client('S-10.3', 'unknown values', frames('gives unknown enum values their documented default')),
  server('S-10.4', 'unknown frames, requests that are not valid'),
  server('S-10.5', 'what is no frame'),
  server('S-10.6', 'extensions by vendors'),
  draft('S-11.1', 'cards', 'bot.cards'), draft('S-11.2', 'forms that staff ask for', 'bot.forms'), draft('S-11.3', 'files', 'files'),
  draft('S-11.5', 'recall and redaction', 'retract'), draft('S-11.7', 'call me', 'callme'), draft('S-11.8', 'transcript', 'transcript'),
  draft('S-11.9', 'invites', 'invites'), draft('S-11.10', 'symptom checkers', 'checkers'), draft('S-11.11', 'auto-logoff, typing preview, pipelining', 'typing.preview'),
  server('S-14.1', 'co-browse: the capability'),
  server('S-14.2', 'what is agreed are events'),
  server('S-14.3', 'asking'),
  server('S-14.4', 'granting and declining'),
  server('S-14.5', 'ending'),
  server('S-14.6', 'going on from the next page'),
  server('S-14.7', 'a way into the relay'),
  server('S-14.8', 'opening the relay'),
  server('S-14.9', 'what the relay passes'),
  server('S-14.10', 'how much'),
  server('S-14.11', 'nothing after the end'),
  client('S-14.12', 'sealed between the clients', link('a captured relay holds nothing of what was sent, whole or in part'), link('what was changed, repeated or put back is refused, and some of it ends the link'), link('lengths come in steps')),
  client('S-14.13', 'gaps, and the code', link('what is missing is a gap, and what follows still opens'), link('a key that was swapped on the way gives each side another code, or none')),
];
