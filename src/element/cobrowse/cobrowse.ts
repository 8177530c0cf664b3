/**
 * The chunk `cobrowse-ask`: the patient's side of co-browsing on the screen, from the nurse's question to what was shown. It has a place of its own above everything
 * else, in the panel while that is open (which keeps the focus inside on a small screen) and beside it else. What looks at the page comes in other chunks, after Allow.
 */
import { nothing, render } from 'lit/html.js';
import { uuidv7 } from '../../base/ids.js';
import type { BoxMap } from '../../cobrowse/act/box-map.js';
import type { Overlay } from '../../cobrowse/act/overlay.js';
import type { Frame } from '../../cobrowse/frame-codec.js';
import type { Replay } from '../../cobrowse/replay/draw.js';
import { createPatientSession, type LeftBehind, type PatientPorts, type ShownPage } from '../../cobrowse/session/patient.js';
import type { CobrowseStanding } from '../../cobrowse/session/relay.js';
import type { By } from '../../protocol/types.js';
import { createAnnouncer } from '../../ui/announcer.js';
import { toSheet } from '../../ui/css.js';
import type { ChatSession } from '../chat-core.js';
import type { ChatHost } from '../host.js';
import { tabFlag } from '../tab-flag.js';
import { CareEvent } from '../tag-events.js';
import { version } from '../version.js';
import type { Words } from '../words.js';
import { cobrowseStyles } from './cobrowse-styles.js';
import { cobrowseView, consentText, endText, pauseText, type CobrowseIntents, type CobrowseLook } from './cobrowse-views.js';
import type { Proposals } from './proposal.js';
import { englishCobrowse, loadCobrowseWords } from './words.js';
import { watchPage } from '../../cobrowse/session/watch-page.js';

/** How the conversation's log and the relay are reached. */
export interface CobrowseWay extends Pick<PatientPorts, 'say'> {
  /** `live`: what is loaded after the patient's Allow, the link among it. */
  prepareLink(live: typeof import('./live.js')): ReturnType<PatientPorts['prepareLink']>;
}

export interface CobrowseHost {
  readonly shadow: ShadowRoot;
  readonly host: Pick<ChatHost, 'element' | 'shell' | 'loadChunk' | 'widget' | 'pageName'>;
  readonly session: Pick<ChatSession, 'client' | 'ports' | 'fail'>;
  readonly way: CobrowseWay;
  words(): Words;
  /** Whether the patient had put something into the page before: what is new since then is not shown. */
  hadInput(): boolean;
}

export interface CobrowsePart {
  /** At each look at the conversation: where it stands, and with whom. */
  look(standing: CobrowseStanding | null, agent: By | null, clinic: string): void;
  closed(): void;
  dispose(): void;
}

let sheet: CSSStyleSheet | undefined;

/** Names of what is kept for the next page: ids and times in the tab, the list of pages encrypted. */
const leftKey = (widget: string): string => `care-chat:cobrowse:${widget}`;
const shownKey = 'cobrowse-shown';
/** So many changes are kept to draw the picture from; then the whole is asked for again. */
const mostRecent = 400;
const nameChars = 40;

const isLeft = (value: unknown): value is LeftBehind => {
  const { session, key, at, endsAt } = (value ?? {}) as Partial<LeftBehind>;
  return typeof session === 'string' && typeof key === 'string' && Number.isFinite(at) && Number.isFinite(endsAt);
};

export function createCobrowse({ shadow, host, session: { client, ports, fail }, way, words, hadInput }: CobrowseHost): CobrowsePart {
  const { element, shell, loadChunk, widget } = host;
  const { clock, tabFlags, vault, randomness } = ports;
  const life = new AbortController();
  const make = (className: string): HTMLElement => Object.assign(document.createElement('div'), { className });
  const [place, layer] = [make('cobrowse'), make('cobrowse-layer')];
  const view = document.createElement('div');
  view.className = 'view';
  const announcer = createAnnouncer(clock.setTimer.bind(clock));
  place.append(view);
  /** The same condition as in `tag-styles.ts`: the panel covers the page. */
  const small = matchMedia('(max-width: 520px), (max-height: 460px)');
  let text = englishCobrowse(words().tag);
  let asked: Words | null = null;
  let agent: By | null = null;
  let clinic = '';
  let live: typeof import('./live.js') | null = null;
  let boxes: BoxMap | null = null;
  let overlay: Overlay | null = null;
  let proposals: Proposals | null = null;
  let drawn: { readonly container: Element; readonly replay: Replay } | null = null;
  let recent: Frame[] = [];
  let look: CobrowseLook = { more: false, hidden: false, picture: false, scroll: null, hasFrame: false };
  let focusNext: string | null = null;
  let isScheduled = false;
  let cancelTick: (() => void) | null = null;
  let told = '';
  let isMinuteTold = false;

  sheet ??= toSheet(cobrowseStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  shell.root.append(announcer.region);

  const nameOf = (): string => (agent?.name ?? clinic).slice(0, nameChars);
  const facts = () => ({ words: text, name: nameOf(), clinic });
  const requestUpdate = (): void => {
    if (isScheduled || life.signal.aborted) return;
    isScheduled = true;
    queueMicrotask(() => {
      isScheduled = false;
      if (!life.signal.aborted) draw();
    });
  };
  const focusLater = (selector: string): void => {
    focusNext = selector;
    requestUpdate();
  };
  const setLook = (next: Partial<CobrowseLook>): void => {
    look = { ...look, ...next };
    requestUpdate();
  };

  const loadLive = () => loadChunk('cobrowse', () => import('./live.js'));
  const openEye: PatientPorts['openEye'] = async (onFrame, onFault) => {
    const [parts, { checkConfig, createRecorder }] = await Promise.all([loadLive(), loadChunk('cobrowse-recorder', () => import('./eye.js'))]);
    live = parts;
    boxes = parts.createBoxMap();
    let config;
    try {
      config = checkConfig(element.config.cobrowse);
    } catch (error) {
      fail('config-invalid');
      throw error;
    }
    requestUpdate();
    return createRecorder({
      root: document.documentElement, config, clock, hadInput: hadInput(), onFrame, onFault,
      afterPaint: parts.afterPaint,
      onTripwire: (reason, suspect) => void element.dispatchEvent(new CareEvent('care-unmask-suspect', { reason, element: suspect })),
    });
  };

  const session = createPatientSession({
    clock, openEye, watchPage, say: way.say, prepareLink: async () => way.prepareLink(await loadLive()),
    newId: () => uuidv7(clock.now(), randomness.bytes(16)),
    async consent(ask) {
      const { tag } = text;
      const { sha256 } = await loadLive();
      return { purpose: 'cobrowse', version, granted: true, textHash: await sha256(consentText(ask, facts())), locale: tag };
    },
    pageName: host.pageName,
    left: {
      get() {
        try {
          const kept: unknown = JSON.parse(tabFlags.get(leftKey(widget)) ?? 'null');
          return isLeft(kept) ? kept : null;
        } catch {
          return null;
        }
      },
      set(left) {
        if (!left) return tabFlags.delete(leftKey(widget));
        tabFlags.set(leftKey(widget), JSON.stringify(left));
        // So that the question is seen on the next page.
        tabFlags.set(tabFlag('open', widget), '1');
      },
    },
    shown: { read: async () => ((await vault.get(shownKey)) as readonly ShownPage[] | undefined) ?? [], write: (pages) => void vault.set(shownKey, pages, 30 * 60_000) },
    audit: (record) => void element.dispatchEvent(new CareEvent('care-chat-cobrowse', { ...record, conversationId: client.snapshot.value.conversation?.id ?? null, agentId: agent?.id ?? null })),
  });

  const loadProposals = async (): Promise<Proposals> => {
    const { createProposals } = await loadChunk('cobrowse-propose', () => import('./proposal.js'));
    return (proposals ??= createProposals({ own: element, answer: session.answer, announce: announcer.announce, say: () => ({ t: text.t, name: nameOf() }), requestUpdate, focusLater }));
  };
  const windowPlace = (id: number) => {
    const found = boxes?.placeOf(id);
    return found && live ? live.toWindow(found) : null;
  };

  const intents: CobrowseIntents = {
    allow: session.allow, start: session.start, decline: session.decline, pause: session.pause, resume: session.resume, stop: session.stop, done: session.done,
    toggleMore: () => setLook({ more: !look.more, ...(look.more && { picture: false }) }),
    toggleHidden() {
      setLook({ hidden: !look.hidden });
      overlay?.showHidden(look.hidden);
    },
    togglePicture: () => setLook({ picture: !look.picture }),
    follow() {
      const { matches } = matchMedia('(prefers-reduced-motion: reduce)');
      scrollBy({ top: (look.scroll === 'down' ? 0.8 : -0.8) * innerHeight, behavior: matches ? 'instant' : 'smooth' });
      setLook({ scroll: null });
    },
    dismissScroll: () => setLook({ scroll: null }),
  };

  /** Puts a part above everything else, where it is not there yet; what was put there last is on top. True: it was put there. `isFlow`: it takes a place of its own instead. */
  const raise = (part: HTMLElement, isOn: boolean, parent: HTMLElement, isFlow = false): boolean => {
    if (!isOn) part.remove();
    if (!isOn || (part.parentElement === parent && part.classList.contains('flow') === isFlow)) return false;
    const isTop = !isFlow && 'popover' in part;
    part.remove();
    part.popover = isTop ? 'manual' : null;
    part.classList.toggle('flow', isFlow);
    part.classList.toggle('bare', !isTop);
    parent.prepend(part);
    if (isTop) part.showPopover();
    return true;
  };

  /** The picture follows its place: a new one is drawn from the last whole frame and what came after it. */
  const followPicture = (): void => {
    const container = place.querySelector<HTMLElement>('.cobrowse-picture');
    if (container === drawn?.container) return;
    drawn?.replay.stop();
    drawn = container && live ? { container, replay: live.createReplay(container) } : null;
    for (const frame of recent) drawn?.replay.apply(frame);
  };

  const speak = (): void => {
    const { state, code } = session.snapshot.value;
    const { t } = text;
    const name = nameOf();
    const now = `${state.at} ${'why' in state ? state.why : ''} ${code !== null}`;
    if (now === told) return;
    told = now;
    if (state.at === 'requested') announcer.announce(t(state.ask.resumes === undefined ? 'askTitle' : 'resumeTitle', { name }));
    else if (state.at === 'active') announcer.announce(`${t(code ? 'active' : 'waiting', { name })}. ${t('stopKey')}`);
    else if (state.at === 'paused') announcer.announce(pauseText(state.why, facts()));
    else if (state.at === 'ended' && state.wasShown) announcer.announce(`${t('endedTitle')}. ${endText(state.why, facts())}`);
  };

  const tick = (): void => {
    const { state, endsAt } = session.snapshot.value;
    const isOn = state.at === 'active' || state.at === 'paused';
    if (!isOn) {
      cancelTick?.();
      cancelTick = null;
      isMinuteTold = false;
      return;
    }
    if (endsAt !== null && endsAt - clock.now() < 60_000 && !isMinuteTold) {
      isMinuteTold = true;
      announcer.announce(text.t('timeLeft', { time: text.clock(endsAt - clock.now()) }));
    }
    cancelTick ??= clock.setTimer(() => {
      cancelTick = null;
      requestUpdate();
    }, 1000);
  };

  const draw = (): void => {
    const value = session.snapshot.value;
    const { at } = value.state;
    const isOn = at === 'active' || at === 'paused';
    const shown = cobrowseView({ words: text, view: value, look, name: nameOf(), clinic, now: clock.now(), intents, proposal: (isOn && proposals?.view(text.t, nameOf())) || nothing });
    const focused = shadow.activeElement;
    const hadFocus = focused !== null && place.contains(focused);
    // Bar and cards stay above what is drawn over the page.
    if (raise(layer, isOn, shell.root)) place.remove();
    layer.classList.toggle('paused', at === 'paused');
    layer.classList.toggle('covered', element.opened && small.matches);
    render(shown, view);
    raise(place, shown !== nothing, element.opened ? shell.panel : shell.root, element.opened && small.matches);
    followPicture();
    speak();
    tick();
    const target = focusNext && place.querySelector<HTMLElement>(focusNext);
    focusNext = null;
    if (target) return target.focus();
    if (!hadFocus || place.contains(shadow.activeElement)) return;
    // Moved with its place.
    if (place.contains(focused)) return (focused as HTMLElement).focus();
    // What had the focus is gone with what the patient has done: on to what came of it.
    (place.querySelector<HTMLElement>('h2, .cobrowse-bar') ?? shell.panel.querySelector<HTMLElement>('.composer-field, .view-title') ?? shell.launcher).focus();
  };

  const offs = [
    session.snapshot.subscribe(({ state: { at } }) => {
      if (at !== 'active' && at !== 'paused') {
        overlay?.stop();
        overlay = null;
        proposals?.forget();
      } else if (live && boxes) overlay ??= live.createOverlay(layer, boxes, clock, nameOf(), live.toWindow);
      if (at === 'paused') overlay?.clear();
      if (at === 'requested' || at === 'ended') {
        recent = [];
        look = { more: false, hidden: false, picture: false, scroll: null, hasFrame: false };
      }
      requestUpdate();
    }),
    session.onFrame((frame) => {
      recent = frame.kind === 'full' ? [frame] : [...recent, frame];
      if (recent.length > mostRecent) session.refresh();
      boxes?.apply(frame);
      overlay?.update();
      if (drawn && !drawn.replay.apply(frame)) session.refresh();
      if (!look.hasFrame) setLook({ hasFrame: true });
    }),
    session.onAct((message) => {
      if (message.t === 'scroll') {
        setLook({ scroll: message.to });
        announcer.announce(text.t(message.to === 'down' ? 'scrollDown' : 'scrollUp', { name: nameOf() }));
      } else if (message.t === 'propose') void loadProposals().then((loaded) => loaded.take(message, windowPlace(message.box)), () => session.answer(message.id, 'gone'));
      else overlay?.act(message);
      if (message.t === 'highlight') announcer.announce(text.t('pointed', { name: nameOf() }));
    }),
  ];

  // Stop is at hand wherever the focus is, also while a field of the page has it.
  window.addEventListener('keydown', (event) => {
    const { at } = session.snapshot.value.state;
    if (!event.altKey || !event.shiftKey || (event.code !== 'KeyS' && event.key.toLowerCase() !== 's') || (at !== 'active' && at !== 'paused')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    session.stop();
  }, { capture: true, signal: life.signal });
  place.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return;
    // Not the panel's to close.
    event.stopPropagation();
    const { at } = session.snapshot.value.state;
    if (at === 'requested' || at === 'preview') session.decline();
    else if (at === 'ended') session.done();
    else if (look.more) intents.toggleMore();
  });
  small.addEventListener('change', requestUpdate, { signal: life.signal });
  for (const name of ['care-opened', 'care-closed']) element.addEventListener(name, requestUpdate, { signal: life.signal });

  return {
    look(standing, by, clinicName) {
      agent = by;
      clinic = clinicName;
      const wanted = words();
      if (wanted !== asked) {
        asked = wanted;
        // Words that cannot be had leave English: a question in it is better than none.
        loadCobrowseWords(wanted, host).then((loaded) => {
          if (asked !== wanted || life.signal.aborted) return;
          text = loaded;
          view.lang = loaded.tag;
          // Only what is inside turns with the language; the place on the page stays the page's.
          view.dir = wanted.lang === 'ar' ? 'rtl' : 'ltr';
          requestUpdate();
        }, () => fail('chunk-failed')).finally(() => {
          session.heard(standing);
        });
      } else session.heard(standing);
    },
    closed: session.closed,
    dispose() {
      life.abort();
      for (const off of offs) off();
      session.dispose();
      overlay?.stop();
      drawn?.replay.stop();
      cancelTick?.();
      announcer.dispose();
      announcer.region.remove();
      render(nothing, view);
      place.remove();
      layer.remove();
    },
  };
}
