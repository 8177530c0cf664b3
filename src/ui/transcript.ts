/**
 * The conversation on the screen, for patient and nurse. Renders chunk by chunk: a chunk whose object and surroundings are the same is
 * not rendered again, so a new message costs one chunk. An ordinary, browsable `log`, silent by itself (`announcer.ts` speaks).
 * Where the view scrolls to is decided in `transcript-scroll.ts`.
 */
import { html, nothing, type TemplateResult } from 'lit/html.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Translate } from '../i18n/translate.js';
import type { UiKey } from '../i18n/ui/en.js';
import { downIcon } from './icons.js';
import { createFormats, type Formats } from './formats.js';
import { onElement } from './on-element.js';
import { isLate, itemTemplate, sameGroup, type ItemContext } from './transcript-items.js';
import { createTranscriptScroll } from './transcript-scroll.js';
import type { Person, ShowMore, TranscriptItem, TranscriptMessage, TranscriptTimeline } from './transcript-types.js';

export interface TranscriptProps {
  readonly timeline: TranscriptTimeline;
  readonly t: Translate<UiKey>;
  readonly lang: string;
  /** IANA zone; the visitor's own where absent. */
  readonly timeZone?: string | undefined;
  /** The "new messages" line stands before the first item with this seq or a later one; null: no line. */
  readonly firstUnreadSeq: number | null;
  readonly typing: readonly { readonly id: string; readonly name: string | null }[];
  /** Shows name and title above another person's messages. Default true. */
  readonly showSender?: boolean;
  /** Whoever reads this: what this role did is told as one's own. Default: nobody. */
  readonly self?: Person['role'];
  /** Accessible name of the log. */
  readonly label: string;
  /** Sentence for a failed message's code; another function where its words changed. */
  readonly errorText?: ((code: string) => string) | undefined;
  /** Shows what the transcript does not know itself. */
  readonly more?: ShowMore | undefined;
  onRetry(key: string): void;
  onDiscard(key: string): void;
  /** Everything up to here was on screen while the page was visible; called again only with a greater number. */
  onReadUpTo(seq: number): void;
  onLoadOlder(): void;
}

export interface Transcript {
  template(props: TranscriptProps): TemplateResult;
  /** Scrolls to the newest item and stays there as more come. */
  jumpToLatest(): void;
  /** Starts from scratch, for another conversation. */
  reset(): void;
  dispose(): void;
}

export interface TranscriptOptions {
  /** Asks the owner to render again (the "jump to latest" button came or went). */
  requestUpdate(): void;
}

/** On its way for longer than this, a message says so. */
const lateMs = 10_000;

const hasSeq = (chunk: readonly TranscriptItem[], seq: number): boolean => chunk.some((item) => item.seq !== null && item.seq >= seq);

const lastMine = (chunks: TranscriptTimeline['chunks']): TranscriptMessage | null => {
  for (let c = chunks.length - 1; c >= 0; c--) {
    for (let i = chunks[c]!.length - 1; i >= 0; i--) {
      const item = chunks[c]![i]!;
      if (item.type === 'message' && item.mine) return item;
    }
  }
  return null;
};

/** Creates the transcript's controller; one per place on the screen. */
export function createTranscript(options: TranscriptOptions): Transcript {
  let props: TranscriptProps | null = null;
  let formats: Formats | null = null;
  /** What stood first when older messages were asked for: where it still does afterwards, none came. */
  let firstKey: string | null = null;
  let olderFailed = false;
  const scroll = createTranscriptScroll({
    requestUpdate: options.requestUpdate,
    onTop: () => {
      if (props?.timeline.hasOlder && !props.timeline.loadingOlder) props.onLoadOlder();
    },
    onReadUpTo: (seq) => props?.onReadUpTo(seq),
  });
  const retry = (key: string): void => props?.onRetry(key);
  const discard = (key: string): void => props?.onDiscard(key);

  const chunkTemplate = (chunk: readonly TranscriptItem[], context: Omit<ItemContext, 'previous' | 'next'>, before: TranscriptItem | null, after: TranscriptItem | null): TemplateResult =>
    html`${repeat(chunk, (item) => item.key, (item, i) => itemTemplate(item, { ...context, previous: chunk[i - 1] ?? before, next: chunk[i + 1] ?? after }))}`;

  return {
    template(next) {
      scroll.draw();
      props = next;
      if (!formats || formats.lang !== next.lang || formats.timeZone !== next.timeZone) formats = createFormats(next.lang, next.timeZone);
      const now = formats;
      const { chunks } = next.timeline;
      const mine = lastMine(chunks);
      const today = now.dayKey(Date.now());
      const lateSince = Date.now() - lateMs;
      const first = chunks[0]?.[0]?.key ?? '';
      if (next.timeline.loadingOlder) [firstKey, olderFailed] = [first, false];
      else if (firstKey !== null) [olderFailed, firstKey] = [firstKey === first, null];
      const firstUnread = next.firstUnreadSeq;
      const unreadChunk = firstUnread === null ? -1 : chunks.findIndex((chunk) => hasSeq(chunk, firstUnread));
      return html`
        <div class="transcript" part="transcript" role="log" aria-live="off" aria-label=${next.label} tabindex="0" ${onElement(scroll.setViewport)} @scroll=${scroll.onScroll}>
          <div class="transcript-content" ${onElement(scroll.setContent)}>
            ${next.timeline.hasOlder
              ? html`<p class="older">${next.timeline.loadingOlder
                  ? html`<span class="system">${next.t('loadingEarlier')}</span>`
                  : html`${olderFailed ? html`<span class="system" role="alert">${next.t('olderFailed')}</span>` : nothing}<button class="button quiet small" part="button" type="button" @click=${() => props?.onLoadOlder()}>${next.t('showEarlier')}</button>`}</p>`
              : nothing}
            ${repeat(chunks, (chunk) => chunk[0]?.key ?? '', (chunk, c) => {
              const before = chunks[c - 1]?.at(-1) ?? null;
              const after = chunks[c + 1]?.[0] ?? null;
              const lastMineKey = mine && chunk.includes(mine) ? mine.key : null;
              const unread = c === unreadChunk ? firstUnread : null;
              const joinBefore = before && sameGroup(before, chunk[0]!);
              const joinAfter = after && sameGroup(chunk.at(-1)!, after);
              const dayBefore = before && now.dayKey(before.at);
              const late = chunk.at(-1)!.seq === null && chunk.filter((item) => item.type === 'message' && isLate(item, lateSince)).length;
              return guard([chunk, next.t, now, today, lastMineKey, unread, joinBefore, joinAfter, dayBefore, next.showSender, next.errorText, next.more, late], () =>
                chunkTemplate(chunk, { t: next.t, formats: now, lastMineKey, firstUnreadSeq: unread, showSender: next.showSender ?? true, self: next.self, errorText: next.errorText, more: next.more, lateSince, retry, discard }, before, after));
            })}
            ${next.typing.length > 0
              ? html`<p class="typing" part="typing"><span class="typing-dots" aria-hidden="true"><i></i><i></i><i></i></span> <span>${next.typing[0]!.name ? next.t('typing', { name: next.typing[0]!.name }) : next.t('typingSomeone')}</span></p>`
              : nothing}
          </div>
          <div class="jump" ?hidden=${scroll.atLatest}>
            <button class="jump-button" part="jump-button" type="button" @click=${() => scroll.jumpToLatest()}>${downIcon} ${next.t('jumpToLatest')}</button>
          </div>
        </div>`;
    },
    jumpToLatest: () => scroll.jumpToLatest(),
    reset() {
      scroll.reset();
      firstKey = null;
      olderFailed = false;
    },
    dispose() {
      scroll.dispose();
      props = null;
    },
  };
}
