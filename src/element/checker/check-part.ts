/**
 * The chunk `checker`: a symptom check in the panel, from what it is to the hand-over. It has a place of its own above the panel's body, so that it needs nothing
 * of what is there: nobody at the desk, no connection, no conversation. The answers stay in this browser until the person sends them.
 */
import { html, nothing, render, type TemplateResult } from 'lit/html.js';
import { ok, type Result } from '../../base/result.js';
import type { FormView } from '../../form-view/view-core.js';
import { checkerEn } from '../../i18n/checker/en.js';
import { createTranslate } from '../../i18n/translate.js';
import type { CheckerContent, EmergencyLine } from '../../protocol/types.js';
import { createFormSession } from '../../questionnaire/form-session.js';
import { loadQuestionnaire } from '../../questionnaire/load-questionnaire.js';
import { beginCheck, loadPackForm, packLanguage, type Checker } from '../../triage/checker.js';
import type { Outcome } from '../../triage/evaluate.js';
import { readPack, type Pack } from '../../triage/pack.js';
import { createAnnouncer } from '../../ui/announcer.js';
import { toLocal, type Words } from '../words.js';
import { refusalOf, type CheckHost, type CheckPart, type Refusal } from './check-host.js';
import { noteTurns, type Passed } from '../turns.js';
import { toHandOver, type CheckRecord } from './check-record.js';
import { checkStyles } from './check-styles.js';
import { askView, barView, chooseView, introView, loadingView, resultView, troubleView, type CheckContext, type CheckIntents, type CheckTranslate, type NumberLink, type Shown } from './check-views.js';
import { createCheckStore, type CheckContent, type CheckState } from './keep-check.js';
import { askAnew } from './renew-check.js';

/** A check whose content is here and may run. */
interface Ready {
  readonly content: CheckContent;
  readonly pack: Pack;
  readonly checker: Checker;
  readonly view: FormView;
  readonly talk: typeof import('../form-talk.js');
}

type Stage =
  | { readonly at: 'none' | 'choosing' | 'loading' }
  | { readonly at: 'trouble'; readonly trouble: Refusal | 'notLoaded'; readonly id: string; readonly content: CheckContent | null }
  /** `isRenewed`: the content is a newer one than the person began with. */
  | (Ready & { readonly at: 'intro' | 'asking'; readonly isRenewed?: true })
  | (Ready & { readonly at: 'result'; readonly outcome: Outcome; readonly endedAt: number });

const lineKinds = { emergency: 'callNow', crisis: 'crisisLine', poison: 'poisonLine', other: 'otherLine' } as const;

const known = new WeakMap<Words, CheckTranslate>();
const toCheckWords = (words: Words): CheckTranslate => {
  const made = known.get(words) ?? createTranslate(words.tag, words.startMessages ?? checkerEn);
  known.set(words, made);
  return made;
};

/** Puts its place into the panel and waits to be opened. */
export function createCheckPart({ shadow, host: { element, loadChunk, shell, widget: widgetId }, session, words, form, send }: CheckHost): CheckPart {
  const { client, ports, transport } = session;
  const now = (): number => ports.clock.now();
  const store = createCheckStore(ports, widgetId);
  const announcer = createAnnouncer(ports.clock.setTimer.bind(ports.clock));
  announcer.region.setAttribute('aria-live', 'assertive');
  const place = document.createElement('div');
  const view = document.createElement('div');
  view.className = 'view';
  place.append(view, announcer.region);
  shell.body.before(place);
  let stage: Stage = { at: 'none' };
  let record: CheckRecord = { startedAt: 0, turns: {} };
  let sent = false;
  /** Something else has the panel; of the result there is a line. */
  let isBar = false;
  let isHeld = false;
  /** Whether the content is still the clinic's is being asked. */
  let isAsking = false;
  /** The result is on its way, and is kept out of sight until it is there: it may be refused. */
  let isPassing = false;
  let scheduled = false;
  let disposed = false;
  /** Counts openings, so that what was awaited for an earlier one is dropped. */
  let turn = 0;
  /** The emergency that was announced. */
  let told: string | null = null;
  let focusNext: string | null = null;

  const langOf = (): string => (stage.at === 'intro' || stage.at === 'asking' || stage.at === 'result' ? stage.checker.session.snapshot.value.lang : words().tag);
  const context = (): CheckContext => ({ t: toCheckWords(words()), words: words(), lang: langOf(), intents });

  /** The lines of the clinic, those first that matter; where none is known, what the panel shows at its top. */
  const numbers = (lines: readonly EmergencyLine[], panel: Outcome['panel']): readonly NumberLink[] => {
    const t = toCheckWords(words());
    const rank = ({ kind }: { readonly kind: EmergencyLine['kind'] }): number => (kind === panel ? 0 : kind === 'emergency' ? 1 : 2);
    const own = lines.map(({ kind, number, label }): NumberLink => ({ kind, href: `tel:${number.replace(/[^\d+*#]/g, '')}`, text: label ? toLocal(label, words().tag) : t(lineKinds[kind], { n: number }) }));
    const shownAbove = [...shell.panel.querySelectorAll<HTMLAnchorElement>('.emergency a')].map(({ href, textContent }): NumberLink => ({ kind: 'emergency', href, text: textContent! }));
    const all = [...own, ...(own.some(({ kind }) => kind === 'emergency') ? [] : shownAbove)];
    return all.filter(({ kind }) => panel !== 'emergency' || kind !== 'crisis').sort((a, b) => rank(a) - rank(b));
  };

  const whyOf = ({ pack, checker, talk }: Ready, { why }: Outcome): Shown['why'] => {
    const from = new Set(why.flatMap(({ input }) => pack.inputs.get(input)?.from ?? []));
    return checker.session.toFormAnswers(form.wordsOf(words().formT ?? talk.englishForm(), langOf())).filter(({ linkId }) => from.has(linkId));
  };
  const shownOf = (ready: Ready, outcome: Outcome): Shown => {
    const { phase, connection, conversation, availability, widget } = client.snapshot.value;
    const isReached = phase === 'ready' && (!conversation || conversation.status === 'closed' || connection.state === 'online' || connection.state === 'idle');
    return {
      outcome, sent, availability, isReached, clinicName: widget?.clinicName ?? '', why: whyOf(ready, outcome), numbers: numbers(ready.content.lines, outcome.panel),
      title: toLocal(outcome.title, langOf()), messages: outcome.messages.map(({ text }) => toLocal(text, langOf())),
    };
  };

  const template = (): TemplateResult | typeof nothing => {
    const about = context();
    switch (stage.at) {
      case 'none':
        return nothing;
      case 'choosing':
        return chooseView(about, client.snapshot.value.widget?.checkers ?? []);
      case 'loading':
        return loadingView(about);
      case 'trouble':
        return troubleView(about, stage.trouble, numbers(client.snapshot.value.widget?.emergency ?? stage.content?.lines ?? [], null));
      case 'intro':
        return introView(about, stage.pack);
      case 'asking':
        return askView(about, stage.pack, stage.view, stage.isRenewed === true);
      case 'result':
        return isBar ? barView(about, shownOf(stage, stage.outcome)) : resultView(about, stage.pack, shownOf(stage, stage.outcome));
    }
  };
  const hasFocus = (): boolean => shadow.activeElement !== null && shell.panel.contains(shadow.activeElement);
  const draw = (): void => {
    if (disposed) return;
    const inside = hasFocus();
    const covers = stage.at !== 'none' && !isBar;
    place.className = covers ? 'check' : 'check is-bar';
    place.hidden = stage.at === 'none' || (isPassing && isBar);
    place.dir = shell.body.dir;
    render(html`${template()}`, view);
    shell.body.hidden = covers;
    const target = focusNext;
    focusNext = null;
    // The focus follows the person into what they opened, and is not taken from the page.
    if (inside && (target !== null || !hasFocus())) {
      const next = shell.panel.querySelector<HTMLElement>(target ?? (covers ? '.check .view-title' : '.body .view-title')) ?? shell.panel;
      next.focus();
      // As the form does from question to question: one that is taller than the panel is read from its beginning, and engines show its middle.
      if (next.matches('.ask-now')) next.scrollIntoView({ block: 'start' });
    }
  };
  const requestUpdate = (): void => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      draw();
    });
  };
  const go = (next: Stage, focus: string | null = '.check .view-title'): void => {
    stage = next;
    isBar = false;
    focusNext = focus;
    requestUpdate();
  };

  const keep = (): void => {
    if (stage.at !== 'asking' && stage.at !== 'result') return;
    const state: CheckState = { record, sent, draft: stage.view.toDraft(), endedAt: stage.at === 'result' ? stage.endedAt : null };
    store.write(state, stage.at === 'result' && stage.outcome.stops);
  };
  const finish = (ready: Ready, outcome: Outcome): void => {
    record = { ...record, turns: noteTurns(record.turns, ready.view.toDraft() as unknown as Passed, now(), true) };
    go({ ...ready, at: 'result', outcome, endedAt: now() });
    keep();
    if (!outcome.stops || told === outcome.rule) return;
    told = outcome.rule;
    const { numbers: [first], messages } = shownOf(ready, outcome);
    // The title is read with the focus; this is what to do.
    announcer.announce([first?.text, ...messages].filter(Boolean).map((text) => (/[.!?؟]$/.test(text!) ? text : `${text!}.`)).join(' '));
  };
  /** After every answer: an emergency that is certain ends the questions. */
  const answered = (): void => {
    if (stage.at !== 'asking') return;
    record = { ...record, turns: noteTurns(record.turns, stage.view.toDraft() as unknown as Passed, now(), false) };
    const certain = stage.checker.emergency();
    if (certain) finish(stage, certain);
    else keep();
  };

  /** Everything that asking needs is loaded here, so that nothing is while it goes on. */
  const make = async (content: CheckContent, lang: string): Promise<Ready | Refusal | 'notLoaded'> => {
    const pack = readPack(content.pack, loadQuestionnaire);
    const loaded = pack.ok ? loadPackForm(pack.value, { lang, nowMs: now(), allowUnreviewed: content.allowUnreviewed }) : pack;
    if (!pack.ok || !loaded.ok) return loaded.ok ? 'unusable' : refusalOf(loaded.error);
    try {
      const [expressions, talk] = await Promise.all([form.expressionsOf(loaded.value, { loadChunk }), form.loadTalk(loadChunk)]);
      if (!expressions.ok) return 'unusable';
      form.adopt(shadow, talk.conversationStyles);
      const checker = beginCheck(pack.value, createFormSession(loaded.value, expressions.value), now());
      const { formT } = words();
      const questions = talk.createConversationView({ session: checker.session, purpose: 'checker', onChange: answered, requestUpdate, now, ...(formT && { t: formT }) });
      return { content, pack: pack.value, checker, view: questions, talk };
    } catch {
      session.fail('chunk-failed');
      return 'notLoaded';
    }
  };
  const prepare = async (content: CheckContent, lang: string): Promise<void> => {
    const own = turn;
    const made = await make(content, lang);
    if (own === turn) go(typeof made === 'string' ? { at: 'trouble', trouble: made, id: content.id, content } : { ...made, at: 'intro' });
  };
  const fetchContent = async (id: string): Promise<Result<CheckContent>> => {
    const answer = await transport.request({ method: 'GET', path: `/checkers/${encodeURIComponent(id)}?widget=${encodeURIComponent(widgetId)}` });
    if (!answer.ok) return answer;
    const { pack, allowUnreviewed } = answer.value.body as Partial<CheckerContent>;
    return ok({ id, pack, allowUnreviewed: allowUnreviewed === true, lines: client.snapshot.value.widget?.emergency ?? [] });
  };
  /** Where the clinic has renewed the content, the answers go on in it. False where there is none that differs, or it cannot be had or used: the result stands. */
  const renew = async (before: Ready): Promise<boolean> => {
    const own = turn;
    const made = await askAnew(before, { clock: ports.clock, fetchContent, make, isOver: () => own !== turn });
    if (!made) return false;
    sent = isPassing = false;
    store.writeContent(made.content);
    const certain = made.checker.emergency();
    if (certain) finish(made, certain);
    else {
      go({ ...made, at: 'asking', isRenewed: true }, '.check .ask-now, .check .ask-review h4');
      announcer.announce(context().t('renewed'));
      keep();
    }
    return true;
  };
  const handOver = ({ checker, outcome, endedAt, talk, view: questions }: Extract<Stage, { at: 'result' }>): void => {
    const lang = langOf();
    isBar = true;
    focusNext = '.body .view-title';
    draw();
    send(toHandOver({
      checker, record, outcome, endedAt, lang, title: toLocal(outcome.title, lang), isStopped: !questions.ready, words: form.wordsOf(words().formT ?? talk.englishForm(), lang),
    }));
  };
  const load = async (id: string): Promise<void> => {
    const own = ++turn;
    go({ at: 'loading' });
    const content = await fetchContent(id);
    if (own !== turn) return;
    if (content.ok) return prepare(content.value, words().tag);
    session.fail(content.error.code);
    go({ at: 'trouble', trouble: 'notLoaded', id, content: null });
  };
  const reset = (): void => {
    turn++;
    sent = isPassing = false;
    told = null;
    announcer.dispose();
    void store.clear();
  };
  const close = (): void => {
    reset();
    // Beside the chat the focus is in the chat, and stays there.
    go({ at: 'none' }, isBar ? null : '.body .view-title');
  };

  /** Until the server has the result: one that it refuses because of its content is asked anew. */
  const watch = (key: string): void => {
    const off = client.snapshot.subscribe(look);
    offs.push(off);
    function look(): void {
      const item = client.snapshot.value.conversation?.timeline.chunks.flat().find((one) => one.key === key);
      if (!isPassing || stage.at !== 'result') return off();
      if (item?.type !== 'message' || (item.state !== 'queued' && item.state !== 'sending' && item.state !== 'failed')) {
        off();
        forget();
      } else if (item.error === 'form-version') {
        off();
        isPassing = false;
        const result = stage;
        void client.discard(key).then(() => renew(result)).then((renewed) => {
          sent = false;
          if (!renewed) go(result);
        });
      }
    }
    look();
  };

  const intents: CheckIntents = {
    choose: (id) => void load(id),
    retry: () => void (stage.at === 'trouble' && (stage.content ? prepare(stage.content, words().tag) : load(stage.id))),
    useEnglish: () => void (stage.at === 'trouble' && stage.content && prepare(stage.content, 'en')),
    begin() {
      if (stage.at !== 'intro') return;
      record = { startedAt: now(), turns: {} };
      store.writeContent(stage.content);
      go({ ...stage, at: 'asking' }, '.check .ask-now');
      keep();
      session.setOpened(element.opened);
    },
    seeResult() {
      if (stage.at === 'asking' && stage.view.submit()) finish(stage, stage.checker.outcome());
    },
    change() {
      if (stage.at === 'result') go({ ...stage, at: 'asking' }, '.check .ask-now, .check .ask-review h4');
    },
    again() {
      if (stage.at !== 'result') return;
      const { content } = stage;
      const { lang } = stage.checker.session.snapshot.value;
      reset();
      void prepare(content, lang);
    },
    async send() {
      if (stage.at !== 'result' || isAsking) return;
      const result = stage;
      // What is urgent by its numbers waits for nothing.
      if (result.outcome.panel !== null) return handOver(result);
      isAsking = true;
      const [own, renewed] = [turn, await renew(result)];
      isAsking = false;
      if (!renewed && own === turn && stage.at === 'result') handOver(stage);
    },
    show() {
      if (stage.at === 'result') go(stage);
    },
    close,
    toChat() {
      isBar = true;
      focusNext = '.body .composer-field, .body .view-title';
      requestUpdate();
    },
  };

  const open = async (id: string): Promise<void> => {
    if (stage.at === 'asking' || stage.at === 'result') return go(stage);
    const { widget } = client.snapshot.value;
    const checkers = widget?.checkers ?? [];
    const wanted = id || (checkers.length === 1 ? checkers[0]!.id : '');
    if (wanted) await load(wanted);
    else if (checkers.length > 0) go({ at: 'choosing' });
    else go({ at: 'trouble', trouble: 'unusable', id, content: null });
  };
  const restore = async (): Promise<void> => {
    const kept = await store.read();
    if (!kept || disposed) return kept ? undefined : void store.clear();
    const { content, state } = kept;
    await prepare(content, words().tag);
    // Behind `prepare` it is something else than before.
    const ready = stage as Stage;
    if (ready.at !== 'intro' || !ready.view.restore(state.draft)) return;
    ({ record, sent } = state);
    const outcome = ready.checker.emergency() ?? (state.endedAt === null ? null : ready.checker.outcome());
    if (!outcome) return go({ ...ready, at: 'asking' }, '.check .ask-now, .check .ask-review h4');
    // Said before the page was left.
    told = outcome.rule;
    go({ ...ready, at: 'result', outcome, endedAt: state.endedAt ?? now() });
    isBar = sent;
  };
  const forget = (): void => {
    if (stage.at !== 'none') close();
  };

  form.adopt(shadow, checkStyles);
  const offs = [
    client.snapshot.subscribe(() => {
      if (stage.at === 'result') requestUpdate();
    }),
    ports.tabs.onMessage((message) => {
      if ((message as { readonly t?: unknown } | null)?.t === 'logout') forget();
    }),
  ];
  draw();

  return {
    open, restore, forget,
    get isHeld() {
      return isHeld;
    },
    async through(wipe) {
      isHeld = true;
      await wipe();
      isHeld = false;
      if (stage.at === 'result') store.writeContent(stage.content);
      keep();
    },
    handedOver(key) {
      sent = true;
      if (stage.at === 'result' && !stage.outcome.stops) {
        if (key === null) return forget();
        isPassing = isBar = true;
        watch(key);
      }
      keep();
      requestUpdate();
    },
    setLang() {
      if (stage.at === 'intro' || stage.at === 'asking' || stage.at === 'result') {
        const { tag, formT } = words();
        const lang = packLanguage(stage.pack, { lang: tag, allowUnreviewed: stage.content.allowUnreviewed });
        stage.view.setLang(lang.ok ? lang.value : langOf(), formT);
      } else if (stage.at === 'trouble' && stage.content) void prepare(stage.content, words().tag);
      requestUpdate();
    },
    dispose() {
      disposed = true;
      turn++;
      for (const off of offs) off();
      announcer.dispose();
      render(nothing, view);
      place.remove();
      shell.body.hidden = false;
    },
  };
}
