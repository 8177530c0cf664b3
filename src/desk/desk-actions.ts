/** Every intent of the desk's views, as one table: what a button, a key or a field asks for, and what then happens. Knows no template. */
import type { CareErrorCode } from '../base/care-error.js';
import type { Result } from '../base/result.js';
import type { ClosedQuery, DeskClient } from '../core/api.js';
import type { NoteItem } from '../core/snapshots.js';
import type { DeskKey } from '../i18n/desk/en.js';
import type { CannedReply } from '../protocol/types.js';
import { cannedQueryAt, fillCanned, insertCanned, matchCanned } from './canned-replies.js';
import type { DeskSwitch } from './desk-settings.js';
import type { DeskViewState, SignInState } from './desk-state.js';
import type { DeskWords } from './desk-words.js';

/** Where the focus is to be after the next render, because the person asked for something that takes its place. */
export type FocusTarget = 'composer' | 'heading' | 'list' | 'email' | 'password' | 'confirm' | 'menu' | 'details' | 'details-button' | 'close-button' | 'assign-button' | 'settings-button' | 'note' | 'active-chat';

/** What the actions need from the element. */
export interface DeskActionPorts {
  readonly client: DeskClient;
  readonly state: () => DeskViewState;
  readonly setState: (change: Partial<DeskViewState>) => void;
  readonly words: () => DeskWords;
  readonly focus: (target: FocusTarget) => void;
  readonly announce: (sentence: string) => void;
  readonly setSwitch: (name: DeskSwitch, on: boolean) => void;
  readonly setLang: (lang: string) => void;
  readonly caret: () => number;
  /** Renders at once and puts the caret there. */
  readonly placeCaret: (index: number) => void;
  readonly jumpToLatest: () => void;
  /** Asks the patient of the conversation on the screen to show the page. */
  readonly askToSee: () => void;
  readonly onAccepted: (conversationId: string) => void;
  readonly onError: (code: CareErrorCode) => void;
}

export type DeskActions = ReturnType<typeof createDeskActions>;

const without = (ids: ReadonlySet<string>, id: string): ReadonlySet<string> => new Set([...ids].filter((other) => other !== id));

const joined = (taken: string, typed = ''): string => [taken, typed.trim()].filter(Boolean).join('\n');

/** Local midnight of `YYYY-MM-DD`, `days` later; undefined for an empty field. */
const dayStart = (value: string, days: number): number | undefined => {
  const [year, month, day] = value.split('-').map(Number);
  return year && month && day ? new Date(year, month - 1, day + days).getTime() : undefined;
};

/** What is typed in the search of closed chats. */
export interface ClosedFields {
  readonly from: string;
  readonly to: string;
  readonly visitor: string;
}

/** The query of the fields; both days are meant whole, and `to` is not part of the span (S-7.9). */
export function toClosedQuery(fields: ClosedFields): ClosedQuery {
  const from = dayStart(fields.from, 0);
  const to = dayStart(fields.to, 1);
  const visitor = fields.visitor.trim();
  return { status: 'closed', ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...(visitor && { visitor }) };
}

/** Creates the table. Long because it is the list of everything a desk can do; no entry knows another's inside. */
export function createDeskActions(ports: DeskActionPorts) {
  const { client, state, setState } = ports;
  let lastQuery: ClosedQuery = {};
  const t: DeskWords['t'] = (key, params) => ports.words().t(key, params);

  /** What comes back after somebody else signed in is not theirs to see. */
  const agentId = (): string | undefined => client.snapshot.value.agent?.id;
  const say = (text: string, bad = false): void => {
    setState({ message: { text, bad } });
    ports.announce(text);
  };
  const fail = (code: CareErrorCode, sentence = ports.words().error(code)): void => {
    ports.onError(code);
    say(sentence, true);
  };
  /** Marks the conversation as busy while the server is asked; the answer is shown, never assumed. `conflict`: what that means for this act. */
  const ask = async (id: string, run: () => Promise<Result<void>>, conflict?: DeskKey): Promise<boolean> => {
    if (state().pending.has(id)) return false;
    const asker = agentId();
    setState({ pending: new Set([...state().pending, id]), message: null, menu: 'none' });
    const result = await run();
    setState({ pending: without(state().pending, id) });
    if (agentId() !== asker) return false;
    if (!result.ok) fail(result.error.code, conflict && result.error.code === 'conflict' ? t(conflict) : undefined);
    return result.ok;
  };
  const active = () => client.snapshot.value.active;
  const search = async (query: ClosedQuery, keep: boolean): Promise<void> => {
    lastQuery = query;
    const asker = agentId();
    const before = keep ? (state().search.results ?? []) : [];
    setState({ search: { ...state().search, busy: true, error: null } });
    const result = await client.search(query);
    // A newer search is under way, or somebody else sits here now.
    if (lastQuery !== query || agentId() !== asker) return;
    if (!result.ok) {
      ports.onError(result.error.code);
      setState({ search: { ...state().search, busy: false, error: result.error.code } });
      ports.announce(ports.words().error(result.error.code));
      return;
    }
    const results = [...before, ...result.value.list];
    setState({ search: { results, next: result.value.next ?? null, busy: false, error: null } });
    ports.announce(results.length ? t('closed.count', { n: results.length }) : t('closed.none'));
  };
  const signInState = (change: Partial<SignInState>): void => setState({ signIn: { ...state().signIn, ...change } });
  const closeCanned = (): void => {
    if (state().canned) setState({ canned: null });
  };
  /** The reply as this visitor would read it. */
  const fill = (reply: CannedReply): string => {
    const { agent, clinicName, departments } = client.snapshot.value;
    return fillCanned(reply.text, {
      visitor: active()?.summary?.visitor.name?.trim() ?? '', agent: agent?.name ?? '', clinic: clinicName ?? '',
      department: ports.words().department(departments, active()?.departmentId, reply.lang),
    });
  };
  const show = (id: string): void => {
    client.open(id);
    setState({ pane: 'conversation', confirmingClose: false, menu: 'none', canned: null, message: null });
  };

  return {
    async signIn(email: string, password: string): Promise<void> {
      signInState({ emailMissing: email === '', passwordMissing: password === '', error: null });
      if (email === '' || password === '') return ports.focus(email === '' ? 'email' : 'password');
      const result = await client.signIn(email, password);
      if (result.ok) return setState({ ...(state().signIn.showPassword && { signIn: { ...state().signIn, showPassword: false } }) });
      ports.onError(result.error.code);
      signInState({ error: result.error.code });
      ports.focus('password');
    },
    toggleShowPassword: () => signInState({ showPassword: !state().signIn.showPassword }),
    async signOut(): Promise<void> {
      setState({ menu: 'none' });
      await client.signOut();
    },
    setState: (next: 'online' | 'away') => client.setState(next),
    setSwitch: ports.setSwitch,
    setLang: ports.setLang,
    dismissMessage: () => setState({ message: null }),
    dismissDurable: () => setState({ durableDismissed: true }),
    setTab: (tab: 'chats' | 'closed') => setState({ tab }),
    toggleMenu(menu: 'settings' | 'assign'): void {
      const open = state().menu === menu;
      setState({ menu: open ? 'none' : menu, confirmingClose: false });
      if (!open) ports.focus('menu');
    },
    openHelp: () => setState({ helpOpen: true, menu: 'none' }),
    closeHelp: () => setState({ helpOpen: false }),
    toggleDetails(): void {
      const open = !state().detailsOpen;
      setState({ detailsOpen: open, menu: 'none' });
      ports.focus(open ? 'details' : 'details-button');
    },
    open: show,
    back(): void {
      setState({ pane: 'list', detailsOpen: false, menu: 'none', confirmingClose: false });
      ports.focus('active-chat');
    },
    /** Next or previous in the agent's own list; the focus stays where it is. */
    step(by: 1 | -1): void {
      const { mine } = client.snapshot.value;
      if (mine.length === 0) return;
      const at = mine.findIndex((summary) => summary.id === active()?.id);
      const next = at < 0 ? (by === 1 ? 0 : mine.length - 1) : (at + by + mine.length) % mine.length;
      setState({ tab: 'chats' });
      show(mine[next]!.id);
    },
    async accept(id: string): Promise<void> {
      if (!(await ask(id, () => client.accept(id)))) return;
      ports.onAccepted(id);
      show(id);
      setState({ tab: 'chats' });
      ports.announce(t('conversation.accepted-focus', { visitor: ports.words().visitor(active()?.summary) }));
      ports.focus('composer');
    },
    acceptLongest(): void {
      const first = client.snapshot.value.waiting.find((summary) => !state().pending.has(summary.id));
      if (first) void this.accept(first.id);
    },
    async assign(id: string, agentId: string | null, name: string | null): Promise<void> {
      if (!(await ask(id, () => client.assign(id, agentId)))) return;
      say(agentId === null ? t('conversation.returned') : t('conversation.assigned', { name: name ?? '' }));
      client.open(null);
      setState({ pane: 'list', detailsOpen: false });
    },
    askClose(): void {
      setState({ confirmingClose: true, menu: 'none' });
      ports.focus('confirm');
    },
    keepOpen(): void {
      setState({ confirmingClose: false });
      ports.focus('close-button');
    },
    async close(id: string): Promise<void> {
      setState({ confirmingClose: false });
      if (await ask(id, () => client.close(id))) ports.announce(t('conversation.closed'));
      ports.focus('heading');
    },
    async reopen(id: string): Promise<void> {
      if (!(await ask(id, () => client.reopen(id), 'error.reopen-conflict'))) return;
      show(id);
      setState({ tab: 'chats', search: { ...state().search, results: state().search.results?.filter((summary) => summary.id !== id) ?? null } });
      ports.focus('composer');
    },
    write(text: string): void {
      client.setDraft(text);
      const { canned, agent } = client.snapshot.value;
      const query = cannedQueryAt(text, ports.caret());
      if (!query || !agent) return closeCanned();
      const matches = matchCanned(canned, query.typed, { visitor: active()?.summary?.visitor.locale, agent: ports.words().lang });
      const open = state().canned;
      if (!open || open.matches.length !== matches.length) ports.announce(matches.length ? t('canned.count', { n: matches.length }) : t('canned.none'));
      setState({ canned: { query, matches, index: 0 } });
    },
    /** Puts a slash at the caret, as the button for those who do not know the key. */
    askCanned(): void {
      const text = active()?.draft.text ?? '';
      const caret = ports.caret();
      const before = text.slice(0, caret);
      const insert = before === '' || /\s$/.test(before) ? '/' : ' /';
      client.setDraft(before + insert + text.slice(caret));
      ports.placeCaret(caret + insert.length);
      this.write(active()?.draft.text ?? '');
    },
    moveCanned(by: number): void {
      const open = state().canned;
      if (open && open.matches.length) setState({ canned: { ...open, index: (open.index + by + open.matches.length) % open.matches.length } });
    },
    closeCanned,
    fill,
    insertCanned(reply: CannedReply): void {
      const open = state().canned;
      const conversation = active();
      if (!open || !conversation) return;
      const next = insertCanned(conversation.draft.text, open.query, fill(reply));
      client.setDraft(next.text);
      setState({ canned: null });
      ports.placeCaret(next.caret);
      ports.announce(t('canned.inserted'));
    },
    send(text: string): void {
      closeCanned();
      const result = client.send(text);
      if (!result.ok) return fail(result.error.code);
      setState({ message: null });
      ports.jumpToLatest();
    },
    askToSee: ports.askToSee,
    cannotSee: () => fail('chunk-failed', t('cobrowse.failed')),
    typing: (on: boolean) => client.setTyping(on),
    retry: (key: string) => client.retry(key),
    /** Takes a message back to be edited: its words stand before what is being written, so that nothing typed is lost. */
    async discard(key: string): Promise<void> {
      const item = await client.discard(key);
      if (item) client.setDraft(joined(item.text, active()?.draft.text));
      ports.focus('composer');
    },
    readUpTo: (seq: number) => client.markRead(seq),
    loadOlder: () => void client.loadOlder(),
    /** The same for a note. */
    async discardNote(id: string, { key, text }: NoteItem): Promise<void> {
      const given = await client.discard(key);
      if (given && active()?.id === id) client.setNoteDraft(joined(text, active()?.noteDraft.text));
      ports.focus('note');
    },
    writeNote: (text: string) => client.setNoteDraft(text),
    addNote(text: string): void {
      const result = client.note(text);
      if (!result.ok) fail(result.error.code);
    },
    async search(fields: ClosedFields): Promise<void> {
      const query = toClosedQuery(fields);
      if (query.from !== undefined && query.to !== undefined && query.from >= query.to) {
        setState({ search: { ...state().search, error: 'dates-wrong' } });
        return ports.announce(t('closed.dates-wrong'));
      }
      await search(query, false);
    },
    async searchMore(): Promise<void> {
      const { next } = state().search;
      if (next) await search({ ...lastQuery, cursor: next }, true);
    },
    /** Closes what is open on top; false where nothing was. */
    escape(): boolean {
      const { canned, menu, confirmingClose, detailsOpen } = state();
      if (canned) closeCanned();
      else if (menu !== 'none') {
        setState({ menu: 'none' });
        ports.focus(menu === 'assign' ? 'assign-button' : 'settings-button');
      } else if (confirmingClose) this.keepOpen();
      else if (detailsOpen) this.toggleDetails();
      else return false;
      return true;
    },
  };
}
