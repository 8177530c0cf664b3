/**
 * Where the transcript stands: stays at the newest message until the reader scrolls away, keeps the reader's place when older messages
 * come in above or the keyboard opens below, and tells what has been on screen. Does its own anchoring in all engines (WebKit has no
 * `overflow-anchor`). Reads the layout only in observers and scroll events.
 */

export interface TranscriptScrollOptions {
  requestUpdate(): void;
  /** The reader is near the oldest loaded item. */
  onTop(): void;
  onReadUpTo(seq: number): void;
}

export interface TranscriptScroll {
  readonly atLatest: boolean;
  readonly setViewport: (element: HTMLElement) => void;
  readonly setContent: (element: HTMLElement) => void;
  readonly onScroll: () => void;
  /** The content is being drawn again. */
  draw(): void;
  jumpToLatest(): void;
  reset(): void;
  dispose(): void;
}

const nearBottomPx = 48;
const nearTopPx = 120;

/** Creates the scroll controller. */
export function createTranscriptScroll(options: TranscriptScrollOptions): TranscriptScroll {
  let viewport: HTMLElement | null = null;
  let content: HTMLElement | null = null;
  let sticky = true;
  let readSeq = 0;
  /** Where we stood last: only a move up is the reader's wish to leave the newest message. */
  let lastTop = 0;
  /**
   * Something was drawn in this frame. Then a move up is the browser's: content that is taken out and put back in one drawing (a message that was acknowledged)
   * leaves no room for a moment where the view stood, and has the same size again before an observer sees it.
   */
  let drawn = false;
  let anchor: { readonly element: Element; readonly offset: number } | null = null;

  const top = (element: Element): number => element.getBoundingClientRect().top - (viewport?.getBoundingClientRect().top ?? 0);
  const remember = (): void => {
    anchor = null;
    if (!content || sticky) return;
    for (const element of content.querySelectorAll('[data-seq]')) {
      const offset = top(element);
      if (offset >= 0) {
        anchor = { element, offset };
        return;
      }
    }
  };
  const reportRead = (): void => {
    if (!viewport || !content || document.visibilityState !== 'visible' || viewport.clientHeight === 0) return;
    const items = content.querySelectorAll<HTMLElement>('[data-seq]');
    const bottom = viewport.clientHeight;
    for (let i = items.length - 1; i >= 0; i--) {
      const item = items[i]!;
      // A message taller than the view counts once its first lines are seen.
      if (top(item) > bottom - Math.min(item.offsetHeight, 40)) continue;
      const seq = Number(item.dataset['seq']);
      if (seq > readSeq) {
        readSeq = seq;
        options.onReadUpTo(seq);
      }
      return;
    }
  };
  const setSticky = (next: boolean): void => {
    if (next === sticky) return;
    sticky = next;
    options.requestUpdate();
  };
  const settle = (): void => {
    if (!viewport) return;
    if (sticky) viewport.scrollTop = viewport.scrollHeight;
    else if (anchor?.element.isConnected) viewport.scrollTop += top(anchor.element) - anchor.offset;
    lastTop = viewport.scrollTop;
    reportRead();
  };
  const onScroll = (): void => {
    if (!viewport || viewport.clientHeight === 0) return;
    const near = viewport.scrollHeight - viewport.scrollTop - viewport.clientHeight < nearBottomPx;
    if (sticky && drawn) return settle();
    if (near || viewport.scrollTop < lastTop) setSticky(near);
    lastTop = viewport.scrollTop;
    remember();
    reportRead();
    if (viewport.scrollTop < nearTopPx && viewport.scrollHeight > viewport.clientHeight) options.onTop();
  };
  const observer = new ResizeObserver(settle);
  // A hidden page gets no frames: what has come meanwhile is made up for before its late scroll events look like a reader's.
  document.addEventListener('visibilitychange', settle);

  const watch = (old: HTMLElement | null, element: HTMLElement): HTMLElement => {
    if (old !== element) {
      if (old) observer.unobserve(old);
      observer.observe(element);
    }
    return element;
  };
  return {
    get atLatest() {
      return sticky;
    },
    setViewport: (element) => {
      viewport = watch(viewport, element);
    },
    setContent: (element) => {
      content = watch(content, element);
    },
    onScroll,
    draw() {
      drawn = true;
      // Scroll events of a frame come before this (HTML, "update the rendering").
      requestAnimationFrame(() => (drawn = false));
    },
    jumpToLatest() {
      setSticky(true);
      anchor = null;
      settle();
    },
    reset() {
      sticky = true;
      readSeq = 0;
      anchor = null;
    },
    dispose() {
      observer.disconnect();
      document.removeEventListener('visibilitychange', settle);
      viewport = content = anchor = null;
    },
  };
}
