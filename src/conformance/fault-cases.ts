/**
 * The fault cases of the design (numbers 1–92), and where each is tested: in the kit (a case with its number), in the SDK suite, in the tests of the
 * reference server (what no stranger can do to a server), in the browser suite; or which capability is missing. A gate checks that every place exists.
 */
import type { TestPlace } from './clauses.js';

export interface FaultCase {
  readonly number: number;
  readonly what: string;
  /** Tests of this repository. Cases of the kit name their numbers themselves. */
  readonly tests?: readonly TestPlace[];
  /** What does not exist yet: the issue that builds it adds the case. */
  readonly missing?: string;
}

const place = (file: string) => (title: string): TestPlace => ({ file, title });
const connection = place('core/connection.browser.test.ts');
const conversation = place('core/conversation.browser.test.ts');
const outbox = place('core/outbox.browser.test.ts');
const session = place('core/session.browser.test.ts');
const chat = place('core/chat-client.browser.test.ts');
const transport = place('transports/websocket.browser.test.ts');
const leaving = place('e2e/faults-leaving.e2e.test.ts');
const storage = place('e2e/faults-storage.e2e.test.ts');
const privately = place('e2e/private-mode.e2e.test.ts');
const sharing = place('e2e/faults-tabs.e2e.test.ts');
const world = place('e2e/faults-world.e2e.test.ts');
const ladder = place('transports/ladder.browser.test.ts');
const disk = place('server/faults/disk.node.test.ts');
const socket = place('server/socket.node.test.ts');
const limits = place('server/limits.node.test.ts');
const vault = place('privacy/vault/open-vault.browser.test.ts');

const kit = (number: number, what: string): FaultCase => ({ number, what });
const tested = (number: number, what: string, ...tests: readonly TestPlace[]): FaultCase => ({ number, what, tests });
const missing = (number: number, what: string, capability: string): FaultCase => ({ number, what, missing: capability });

/** The table, by number. */
export const faultCases: readonly FaultCase[] = [
  kit(1, 'cut after the submit has left, before it is read'),
  kit(2, 'cut after the commit, before the acknowledgement'),
  kit(3, 'cut in the middle of a frame'),
  kit(4, 'cut between acknowledgement and event'),
  tested(5, 'acknowledged twice', outbox('says it again under the same cmid after 10 s without an answer, and takes the late answer of either')),
  tested(6, 'an acknowledgement for an unknown number', connection('drops an answer to a number that nobody asked for')),
  tested(7, 'acknowledgement before and after the event', outbox('is settled by the event as by the answer'), place('core/timeline.browser.test.ts')('shows an own message once, under one key, whichever of answer and event comes first')),
  tested(8, 'events twice', conversation('applies what follows and drops what it has, telling each once')),
  tested(9, 'events out of order', conversation('does not apply what comes behind a hole, and asks for the hole')),
  tested(10, 'an event of another epoch', conversation('asks where an event has another epoch')),
  kit(11, 'half open: what the client sends is swallowed'),
  kit(12, 'half open: what the server sends is swallowed'),
  kit(13, 'the line is reset'),
  kit(14, 'the end of the line is withheld'),
  kit(15, 'seconds of delay'),
  kit(16, '1 KB a second'),
  kit(17, 'one byte at a time'),
  tested(18, 'error and close for one end', place('contracts/transport.ts')('closes exactly once when the far side ends it, with its code')),
  tested(19, 'closed while connecting', place('contracts/transport.ts')('may be closed before it is open')),
  tested(20, 'bye and no close; close and no bye', connection('waits as long as bye says, spread'), connection('${code} leads to ${state}')),
  tested(21, 'every close code, and an unknown one', connection('${code} leads to ${state}')),
  tested(22, 'WebSocket blocked: another transport, and back', ladder('begins again with the WebSocket where polling does not get through either'), ladder('remembers for ten minutes, on other pages too, and then tries the WebSocket first'), ladder('tries the WebSocket beside the link that lives, and goes over to it at once when a frame came')),
  kit(23, 'a proxy that holds back a stream of events'),
  kit(24, '`Last-Event-ID` of a pruned position'),
  kit(25, 'two long polls at once'),
  tested(26, 'a captive portal answers every request', transport('takes ${what} for no answer of the server, and worth another try')),
  tested(27, 'no name, no TLS, `onLine` lies', transport('tells an answer that came too late from none'), world('27: the browser says that there is no network, and there is: the connection stays, and where it ends there is another'), world('27: the browser says that there is a network, and there is none: no connection is shown, and what is said waits for one')),
  tested(28, 'another network: the old socket is silent', connection('asks after silence, and takes no answer in 4 s for the end')),
  kit(29, 'two connections of one device overlap'),
  kit(30, 'an orderly restart says bye 4503'),
  kit(31, 'killed while idle'),
  kit(32, 'killed while writing, 20 rounds'),
  missing(33, 'one node of two is killed', 'more than one node'),
  tested(34, 'the store is not there for 5 s', disk('a store that is gone for 5 s refuses everything with `overloaded`, says that it is not ready, and is back by itself')),
  tested(35, 'a slow fsync', disk('by ${way}: an fsync that takes ${delayMs} ms delays acknowledgements, shares them out, and stops no heartbeat')),
  tested(36, 'the disk is full', disk('a full disk refuses with `overloaded` and acknowledges nothing; when there is room again the same message is taken')),
  missing(37, 'the bus is down', 'a bus between nodes'),
  missing(38, 'the bus doubles and reorders', 'a bus between nodes'),
  kit(39, 'a new epoch while connected'),
  kit(40, 'a new epoch while away'),
  kit(41, 'history pruned past the cursor'),
  kit(42, 'the client is ahead of the head'),
  kit(43, 'further behind than `resumeMax`'),
  kit(44, 'a newer minor: unknown capabilities, kinds, frames, fields'),
  tested(45, 'a storm of connections', limits('${connectionsBack} connections that come back at once: some are let in, the others told when; all get in, those inside notice nothing, and nothing is lost')),
  missing(46, 'two nodes write one stream at once', 'more than one node'),
  tested(47, 'the token ends between sending and answering', socket('a submit that came before its token ended is honoured, though it is decided afterwards'), socket('a submit whose token ended on its way is refused; with a fresh token the same cmid is one event, and told'), socket('a submit whose connection ended with its token before the answer: who comes back with a fresh one is told, and there is one event')),
  tested(48, 'the token ends while away; refresh refused, failing, lost', chat('gets a fresh token after hours of sleep, and goes on'), connection('gives up refreshing at once after three refusals in a row'), session('sends a request once more with a fresh token where the server found it expired'), chat('stays the visitor, and gets a token by another try, where ${what}')),
  kit(49, 'a fresh token of somebody else'),
  kit(50, 'a revoked session'),
  { number: 51, what: 'clocks that differ or jump', tests: [session('judges expiry by the server\'s clock, which is ${what}')] },
  kit(52, 'origins: wrong, none, null; the preflight'),
  kit(53, 'too large, wrong type'),
  kit(54, 'too many: how long to wait, and the order after it'),
  tested(55, '503 with a date in Retry-After', transport('reads how long to wait from the header')),
  kit(56, 'a reader that stalls'),
  kit(57, 'a sender that floods'),
  tested(58, 'a flood of typing does not delay messages', limits('a flood of typing is dropped before the store is asked; the message in its middle is taken, and one signal is passed on')),
  kit(59, 'too large, too deep, huge numbers, lone surrogates, NUL, `__proto__`'),
  kit(60, 'hello twice, late, after a submit'),
  tested(61, 'relay: over budget, a gap, consent withdrawn', place('cobrowse/link.node.test.ts')('what is missing is a gap, and what follows still opens')),
  kit(62, 'the same submit 100 times at once on both ways'),
  kit(63, 'the same cmid with another body'),
  kit(64, 'the same cmid from another device'),
  { number: 65, what: 'the same cmid after a restart, after a refresh, after a day', tests: [place('server/sending.node.test.ts')('a phone that comes back after a day with what it had said is answered as then')] },
  missing(66, 'a late copy of what was taken back', 'capability `retract`'),
  missing(67, 'taken back before it arrived', 'capability `retract`'),
  missing(68, 'taking back races with editing and reading', 'capability `retract`'),
  kit(69, 'a button pressed in two tabs'),
  kit(70, 'a form of an older version'),
  kit(71, 'opened by two tabs at once'),
  missing(72, 'uploads: twice, too early, rejected later', 'capability `files`'),
  missing(73, 'redacted content is nowhere', 'capability `retract`'),
  kit(74, 'receipts out of order and beyond the head'),
  tested(75, 'two tabs send at once', sharing('75: two tabs sending at once: each message once, the same order everywhere')),
  tested(76, 'a duplicated tab', sharing('76: a duplicated tab gets an id of its own, and sends under its own name')),
  tested(77, 'closed, reloaded, left while sending', leaving('77: reloaded while sending'), leaving('77: from page to page while sending, with the panel open on each'), leaving('77: the tab closed while sending, and another opened later')),
  tested(78, 'back and forward with a message pending', leaving('78: left and come back to by the history, kept by the browser or not')),
  tested(79, 'the page is frozen', world('79: the page is frozen and let go')),
  tested(80, 'an hour of sleep', world('80: the machine sleeps for an hour: asks whether anybody is there, gets a new token, and has missed nothing')),
  tested(81, 'ten minutes in the background', world('81: in the background for ten minutes, timers once a minute: no connection is given up')),
  tested(82, 'IndexedDB is missing, throws, never opens, is full, is deleted, is upgraded elsewhere; private mode', vault('remembers in memory what does not fit'), vault('keeps no tab waiting that upgrades the database, and goes on with what it finds'), vault('keeps no tab waiting that deletes the database, and says that what was stored is gone'), storage('82: no IndexedDB'), storage('82: an IndexedDB whose open throws'), storage('82: an IndexedDB whose open never answers'), storage('82: a quota that is exceeded at each write'), storage('82: the database is deleted under us, then another tab wants a newer version of it: every message goes out, once'), privately('82: private mode with a store: a chat goes on from page to page and in another tab, and the next private window knows nothing of it'), privately('82: private mode that opens no database: works from memory, and says that nothing is kept'), privately('82: private mode that stores no key: works from memory, and says that nothing is kept')),
  tested(83, 'localStorage is forbidden or full', storage('83: a localStorage that may not be touched'), storage('83: a localStorage that is full'), storage('83: storages that are full')),
  tested(84, 'storage was evicted', storage('84: everything is evicted: the page says nothing wrong, and on the next page there is a stranger')),
  tested(85, 'the leading tab is killed or frozen', sharing('85: the tab that came first is closed, and where it can be, another frozen: the others go on')),
  tested(86, 'a sandboxed frame', storage('86: a page in a sandbox, without an origin or any storage')),
  tested(87, 'a strict policy', world('87: a policy without connect-src: a sentence, the emergency line, the other ways, and another try')),
  tested(88, 'the clock is changed', world('88: the clock is set by a day, forth and back, in the middle of the chat')),
  tested(89, '30 messages written offline', world('89: thirty messages without a network: in order, and each acknowledged once')),
  tested(90, 'taken out and put back, two elements, client-side navigation', place('e2e/embedding.e2e.test.ts')('two elements of one widget show one conversation'), place('e2e/embedding.e2e.test.ts')('an element that is taken out and put back elsewhere goes on'), place('e2e/embedding.e2e.test.ts')('client-side navigation keeps the chat, and staff see the page\'s name'), sharing('90: an element that is taken out and put back, and a second one: one connection, and each message once')),
  tested(91, 'an extension blocks the paths', world('91: one that blocks the chat\'s paths: said at once, with the other ways'), world('91: one that blocks WebSockets: everything arrives another way, in both directions')),
  tested(92, 'a last request of more than 64 KiB', leaving('92: the last request is refused, because the page has used up what may outlive it: the next page delivers')),
];
