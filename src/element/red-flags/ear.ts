/**
 * Hands what somebody types to the chunk `red-flags`, which is loaded with the first text and never before. Where it cannot be had, writing goes on as ever. What is typed
 * goes no further than there.
 */
import { nothing } from 'lit/html.js';
import type { LaterHost, LaterParts, TroubleViews } from '../panel-context.js';
import type { LaterTranslate } from '../later-views.js';
import type { RedFlags, TextField } from './red-flags.js';
import type { ChatSnapshot } from '../../core/snapshots.js';

/** Where the chunk could not be had, it is not asked for again with every key. */
const againMs = 30_000;

/** Where words are written; not where a number, an address or a telephone number is. */
const isTextField = (field: EventTarget | null): field is TextField =>
  field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === 'text' && /^(text)?$/.test(field.inputMode));

/** Listens once somebody types. */
export function createEar(later: LaterHost, t: () => LaterTranslate): Pick<LaterParts, 'dispose'> & { look(chat: ChatSnapshot): Pick<TroubleViews, 'redFlag'> } {
  const { shadow, host: { loadChunk }, session: { client, wanted, ports: { clock } } } = later;
  let flags: RedFlags | null = null;
  /** What was typed last, while the chunk is on its way: it may have been sent by then. */
  let waiting: readonly [field: TextField, text: string] | null = null;
  let isLoading = false;
  let notBefore = 0;
  const life = new AbortController();

  const load = async (): Promise<void> => {
    isLoading = true;
    try {
      const { createRedFlags } = await loadChunk('red-flags', () => import('./red-flags.js'));
      if (life.signal.aborted) return;
      flags = createRedFlags({ ...later, t });
      if (waiting) flags.typed(...waiting);
    } catch {
      notBefore = clock.now() + againMs;
    }
    waiting = null;
    isLoading = false;
  };

  const typed = (field: EventTarget | null): void => {
    const { widget } = client.snapshot.value;
    // Whether the clinic wants it is said by its settings.
    if (!isTextField(field) || !widget || widget.redFlags?.['off'] === true) return;
    if (flags) return flags.typed(field, field.value);
    if (!field.value.trim() || (!isLoading && clock.now() < notBefore)) return;
    waiting = [field, field.value];
    if (!isLoading) void load();
  };
  shadow.addEventListener('input', ({ target }) => typed(target), { signal: life.signal });
  const offForget = wanted.subscribe((now) => {
    if (now !== 'forget') return;
    waiting = null;
    flags?.forget();
  });
  // What was typed before this had loaded.
  typed(shadow.activeElement);

  return {
    look: (chat) => ({ redFlag: flags?.look(chat) ?? nothing }),
    dispose() {
      life.abort();
      offForget();
      flags?.dispose();
    },
  };
}
