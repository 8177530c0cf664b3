/**
 * The chunk `viewer`: a patient's page in the desk, as boxes, with what the nurse may do about it. The picture is drawn by `cobrowse/replay`; what the nurse points at is found
 * in the boxes of the frames, and goes out as places in them.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { createBoxMap } from '../../cobrowse/act/box-map.js';
import { mostProposedChars, type PauseReason, type ProposalEnd, type Spot } from '../../cobrowse/act/act-codec.js';
import { createOverlay } from '../../cobrowse/act/overlay.js';
import { decodeFrame } from '../../cobrowse/frame-codec.js';
import { createReplay } from '../../cobrowse/replay/draw.js';
import { createNurseSession, type NursePorts, type ViewerView } from '../../cobrowse/session/nurse.js';
import type { CobrowseStanding } from '../../cobrowse/session/relay.js';
import type { DeskClient } from '../../core/api.js';
import { viewerAr } from '../../i18n/viewer/ar.js';
import { viewerEn, type ViewerKey, type ViewerMessages } from '../../i18n/viewer/en.js';
import { viewerEs } from '../../i18n/viewer/es.js';
import { createTranslate, type Translate } from '../../i18n/translate.js';
import { toSheet } from '../../ui/css.js';
import type { DeskLanguage } from '../desk-words.js';
import { viewerStyles } from './viewer-styles.js';
import { createWay } from './way.js';

export type ViewerTranslate = Translate<ViewerKey>;

export interface ViewerHost extends NursePorts {
  readonly shadow: ShadowRoot;
  readonly minutes: number;
  announce(sentence: string): void;
  requestUpdate(): void;
}

/** The same, by the desk's client. */
export const createDeskViewer = (client: DeskClient, host: Omit<ViewerHost, 'say' | 'prepareLink'>): Viewer => createViewer({ ...host, ...createWay(client) });

export interface Viewer {
  heard(standing: CobrowseStanding | null): void;
  ask(): void;
  /** The pane; nothing while there is nothing to say. */
  view(lang: DeskLanguage): TemplateResult | typeof nothing;
  dispose(): void;
}

const catalogues: Readonly<Record<DeskLanguage, ViewerMessages>> = { en: viewerEn, es: viewerEs, ar: viewerAr };
const translates = new Map<DeskLanguage, ViewerTranslate>();
const translateOf = (lang: DeskLanguage): ViewerTranslate => {
  const made = translates.get(lang) ?? createTranslate(lang, catalogues[lang]);
  translates.set(lang, made);
  return made;
};

const pauseWords: Readonly<Record<PauseReason, ViewerKey>> = {
  patient: 'pausedPatient', hidden: 'pausedHidden', 'private-field': 'pausedPrivateField', 'private-page': 'pausedPrivatePage', idle: 'pausedIdle', fault: 'pausedFault',
};
const endWords: Partial<Readonly<Record<NonNullable<ViewerView['why']>, ViewerKey>>> = {
  stopped: 'endedStopped', timeout: 'endedTimeout', left: 'endedLeft', nurse: 'endedNurse', closed: 'endedClosed', error: 'endedError', rate: 'endedRate', lost: 'endedLost', failed: 'endedFailed', 'declined-twice': 'declinedTwice',
};
const declineWords: Partial<Readonly<Record<NonNullable<ViewerView['why']>, ViewerKey>>> = { timeout: 'declinedTimeout', unsupported: 'declinedUnsupported' };

/** What is so, in words. */
export function statusOf({ at, why }: Pick<ViewerView, 'at' | 'why'>, t: ViewerTranslate): string {
  if (at === 'none') return '';
  if (at === 'declined') return t((why && declineWords[why]) ?? 'declined');
  if (at === 'ended') return t((why && endWords[why]) ?? 'endedError');
  if (at === 'paused') return `${t('paused')} ${t(pauseWords[why as PauseReason])}`;
  return t(at);
}

const tools = ['point', 'mark', 'draw', 'propose'] as const;
type Tool = (typeof tools)[number];
const toolWords: Readonly<Record<Tool, ViewerKey>> = { point: 'toolPoint', mark: 'toolMark', draw: 'toolDraw', propose: 'toolPropose' };
const answerWords: Readonly<Record<ProposalEnd | 'waiting' | 'none', ViewerKey>> = { accepted: 'proposeAccepted', declined: 'proposeDeclined', gone: 'proposeGone', waiting: 'proposeWaiting', none: 'proposeNoField' };
const zooms = ['fit', '0.5', '0.75', '1', '1.5', '2'] as const;
const stepPx = 16;
/** A line has a point each so many pixels. */
const linePx = 5;
const mostPoints = 200;
const { round, min, max } = Math;

let sheet: CSSStyleSheet | undefined;

export function createViewer({ shadow, minutes, announce, requestUpdate, ...ports }: ViewerHost): Viewer {
  const session = createNurseSession(ports);
  const boxes = createBoxMap();
  let lang: DeskLanguage = 'en';
  let tool: Tool = 'point';
  let zoom: (typeof zooms)[number] = 'fit';
  let hasFrame = false;
  let isHidden = false;
  let malformed = 0;
  let number = 0;
  let proposalId = 0;
  let proposing: { readonly box: number } | null = null;
  let answer: ProposalEnd | 'waiting' | 'none' | null = null;
  let cross: { x: number; y: number } | null = null;
  let line: { readonly box: number; readonly points: number[] } | null = null;
  let told = '';

  sheet ??= toSheet(viewerStyles);
  if (!shadow.adoptedStyleSheets.includes(sheet)) shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
  const make = (className: string): HTMLElement => Object.assign(document.createElement('div'), { className });
  // Nodes of our own: the picture outlives every render.
  const [stage, picture, layer, mark] = [make('viewer-stage'), make('viewer-picture'), make('viewer-layer'), make('viewer-cross')];
  stage.setAttribute('part', 'viewer-stage');
  stage.tabIndex = 0;
  stage.role = 'application';
  mark.hidden = true;
  layer.append(mark);
  stage.append(picture, layer);
  const replay = createReplay(picture);

  const t = (key: ViewerKey, params?: Readonly<Record<string, string | number>>): string => translateOf(lang)(key, params);
  /** Where the patient's window is on the stage, and how large it is drawn. */
  const drawn = (): { readonly left: number; readonly top: number; readonly scale: number } => {
    const [inner, outer] = [picture.firstElementChild!.getBoundingClientRect(), layer.getBoundingClientRect()];
    return { left: inner.left - outer.left, top: inner.top - outer.top, scale: inner.width / (boxes.view[0] || 1) };
  };
  const overlay = createOverlay(layer, boxes, ports.clock, '', (place) => {
    const { left, top, scale } = drawn();
    const [x, y] = place.isFixed ? [0, 0] : [boxes.view[2]!, boxes.view[3]!];
    return { left: left + (place.left - x) * scale, top: top + (place.top - y) * scale, width: place.width * scale, height: place.height * scale };
  });

  /** The smallest box at a point of the stage, and where in it. `isOnlyField`: no other counts. */
  const spotAt = (x: number, y: number, isOnlyField = false): Spot | null => {
    const { left, top, scale } = drawn();
    const [windowX, windowY] = [(x - left) / scale, (y - top) / scale];
    if (windowX < 0 || windowY < 0 || windowX > boxes.view[0]! || windowY > boxes.view[1]!) return null;
    let best: Spot | null = null;
    let size = Infinity;
    for (const box of boxes.ids()) {
      const place = boxes.placeOf(box)!;
      const [dx, dy] = [windowX + (place.isFixed ? 0 : boxes.view[2]!) - place.left, windowY + (place.isFixed ? 0 : boxes.view[3]!) - place.top];
      if (dx < 0 || dy < 0 || dx > place.width || dy > place.height || place.width * place.height >= size || (isOnlyField && boxes.kindOf(box) !== 'field')) continue;
      size = place.width * place.height;
      best = { box, x: round((dx / (place.width || 1)) * 1000), y: round((dy / (place.height || 1)) * 1000) };
    }
    return best;
  };
  /** Says it, and shows it here as it shows there. */
  const act = (message: Parameters<typeof session.act>[0]): boolean => {
    const isSent = session.act(message);
    if (isSent) overlay.act(message);
    return isSent;
  };
  const use = (x: number, y: number): void => {
    const spot = spotAt(x, y, tool === 'propose');
    answer = null;
    if (tool === 'propose') {
      proposing = spot && { box: spot.box };
      if (!spot) answer = 'none';
      requestUpdate();
      if (spot) queueMicrotask(() => requestAnimationFrame(() => shadow.querySelector<HTMLElement>('#viewer-text')?.focus()));
    } else if (!spot) return;
    else if (tool === 'mark') {
      if (act({ t: 'highlight', box: spot.box, number: (number % 9) + 1 })) number++;
    } else act({ t: 'point', ...spot });
  };

  const at = ({ clientX, clientY }: MouseEvent): readonly [number, number] => {
    const { left, top } = layer.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const extend = (x: number, y: number): void => {
    if (!line || line.points.length >= mostPoints * 2) return;
    const place = boxes.placeOf(line.box);
    if (!place) return;
    const { left, top, scale } = drawn();
    const limit = (value: number): number => min(5000, max(-5000, round(value * 1000)));
    const [pageX, pageY] = [(x - left) / scale + (place.isFixed ? 0 : boxes.view[2]!), (y - top) / scale + (place.isFixed ? 0 : boxes.view[3]!)];
    line.points.push(limit((pageX - place.left) / (place.width || 1)), limit((pageY - place.top) / (place.height || 1)));
  };
  let last: readonly [number, number] = [0, 0];
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !layer.contains(event.target as Node)) return;
    const [x, y] = at(event);
    if (tool !== 'draw') return use(x, y);
    const spot = spotAt(x, y);
    if (!spot) return;
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    line = { box: spot.box, points: [] };
    last = [x, y];
    extend(x, y);
  });
  stage.addEventListener('pointermove', (event) => {
    if (!line) return;
    const [x, y] = at(event);
    if (Math.hypot(x - last[0], y - last[1]) < linePx) return;
    last = [x, y];
    extend(x, y);
  });
  const endLine = (): void => {
    if (line && line.points.length >= 4) act({ t: 'stroke', ...line });
    line = null;
  };
  stage.addEventListener('pointerup', endLine);
  stage.addEventListener('pointercancel', () => (line = null));
  const moves: Readonly<Record<string, readonly [number, number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  stage.addEventListener('keydown', (event) => {
    const move = moves[event.key];
    const { left, top, scale } = drawn();
    if (move) {
      const by = event.shiftKey ? stepPx * 4 : stepPx;
      cross ??= { x: left + (boxes.view[0]! * scale) / 2, y: top + (boxes.view[1]! * scale) / 2 };
      cross = { x: min(left + boxes.view[0]! * scale, max(left, cross.x + move[0] * by)), y: min(top + boxes.view[1]! * scale, max(top, cross.y + move[1] * by)) };
      mark.hidden = false;
      mark.style.setProperty('left', `${cross.x}px`);
      mark.style.setProperty('top', `${cross.y}px`);
      mark.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else if (event.key === 'Enter' && cross) use(cross.x, cross.y);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  stage.addEventListener('blur', () => (mark.hidden = true));

  const offs = [
    session.onFrame((text) => {
      const decoded = decodeFrame(text);
      const isDrawn = decoded.ok && replay.apply(decoded.value);
      if (isDrawn) {
        boxes.apply(decoded.value);
        overlay.update();
        hasFrame = true;
      } else session.needFull();
      if (!decoded.ok) malformed++;
      requestUpdate();
    }),
    session.onAnswer((id, how) => {
      if (id !== proposalId) return;
      answer = how;
      announce(t(answerWords[how]));
      requestUpdate();
    }),
    session.snapshot.subscribe((view) => {
      if (view.at === 'asking') [hasFrame, isHidden, malformed, number, proposing, answer] = [false, false, 0, 0, null, null];
      if (view.at === 'ended' || view.at === 'declined') {
        // Nothing of the page stays behind.
        replay.clear();
        boxes.clear();
        overlay.clear();
        hasFrame = false;
        proposing = answer = null;
      }
      if (view.at === 'paused') overlay.clear();
      const sentence = statusOf(view, translateOf(lang));
      if (sentence !== told && sentence) announce(sentence);
      told = sentence;
      requestUpdate();
    }),
  ];

  const button = (label: string, onClick: () => void, look = 'quiet', more: { readonly pressed?: boolean; readonly off?: boolean } = {}): TemplateResult =>
    html`<button class="button small ${look}" part="button" type="button" aria-pressed=${more.pressed === undefined ? nothing : `${more.pressed}`} ?disabled=${more.off ?? false} @click=${onClick}>${label}</button>`;
  const proposeView = (): TemplateResult => {
    const send = (event: Event): void => {
      event.preventDefault();
      const field = shadow.querySelector<HTMLInputElement>('#viewer-text')!;
      const text = field.value.replace(/\s+/g, ' ').trim();
      if (!proposing || !text) return field.focus();
      if (!act({ t: 'propose', id: ++proposalId, box: proposing.box, text })) return;
      act({ t: 'highlight', box: proposing.box, number: 0 });
      proposing = null;
      answer = 'waiting';
      stage.focus();
      requestUpdate();
    };
    return html`<form class="viewer-propose" @submit=${send}>
      <label for="viewer-text">${t('proposeText')}</label><input class="field" id="viewer-text" type="text" autocomplete="off" maxlength=${mostProposedChars}>
      <button class="button small" part="button" type="submit">${t('proposeSend')}</button>
      ${button(t('proposeCancel'), () => {
        proposing = null;
        stage.focus();
        requestUpdate();
      })}
    </form>`;
  };

  return {
    heard: session.heard,
    ask: () => void session.ask(minutes),
    view(now) {
      lang = now;
      const view = session.snapshot.value;
      const { at: where, code, refused } = view;
      if (where === 'none' || isHidden) return nothing;
      const isLive = where === 'connecting' || where === 'active' || where === 'paused';
      const isOver = where === 'declined' || where === 'ended';
      const off = where !== 'active';
      stage.ariaLabel = t('stage');
      stage.classList.toggle('paused', where === 'paused');
      stage.dataset['tool'] = tool;
      const bad = malformed + refused;
      return html`
        <section class="viewer ${isLive ? 'live' : ''}" part="viewer" aria-label=${t('region')}>
          <div class="viewer-top">
            <p class="viewer-status"><i class="dot ${where === 'active' ? 'online' : where === 'paused' ? 'away' : 'offline'}" aria-hidden="true"></i><span>${statusOf(view, translateOf(lang))}</span></p>
            ${code ? html`<p class="viewer-code" title=${t('codeHelp')}>${t('code', { code })}</p>` : nothing}
            ${bad ? html`<p class="bad small">${t('malformed', { n: bad })}</p>` : nothing}
            ${isOver
              ? button(t('hide'), () => {
                  isHidden = true;
                  requestUpdate();
                })
              : button(t('end'), session.end)}
          </div>
          ${isLive && hasFrame
            ? html`
              <div class="viewer-tools" role="group" aria-label=${t('tools')}>
                ${tools.map((one) => button(t(toolWords[one]), () => {
                  tool = one;
                  requestUpdate();
                }, 'quiet', { pressed: tool === one, off }))}
                ${button(t('scrollUp'), () => act({ t: 'scroll', to: 'up' }), 'quiet', { off })}
                ${button(t('scrollDown'), () => act({ t: 'scroll', to: 'down' }), 'quiet', { off })}
                ${button(t('clear'), () => {
                  number = 0;
                  act({ t: 'clear' });
                }, 'quiet', { off })}
                <label class="viewer-zoom">${t('zoom')} <select class="field" @change=${({ currentTarget }: Event) => {
                  zoom = (currentTarget as HTMLSelectElement).value as typeof zoom;
                  replay.setZoom(zoom === 'fit' ? 'fit' : Number(zoom));
                  stage.classList.toggle('zoomed', zoom !== 'fit');
                  overlay.update();
                }}>${zooms.map((one) => html`<option .value=${one} ?selected=${one === zoom}>${one === 'fit' ? t('zoomFit') : t('zoomOf', { n: Number(one) * 100 })}</option>`)}</select></label>
              </div>
              ${proposing ? proposeView() : answer ? html`<p class="viewer-answer">${t(answerWords[answer])}</p>` : nothing}
              ${stage}
              <p class="muted small viewer-hint">${t('hint')}</p>`
            : nothing}
        </section>`;
    },
    dispose() {
      for (const stop of offs) stop();
      session.dispose();
      overlay.stop();
      replay.stop();
    },
  };
}
