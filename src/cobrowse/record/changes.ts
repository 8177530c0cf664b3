/** Hears of changes of the page without touching it: what changed, and what is new since the patient's first input. No global of the page is patched. */
import { ownTags } from '../../base/public-text.js';

export interface Changes {
  /** What was created or changed after the patient's first input, as the node on top of it. */
  readonly late: Pick<WeakSet<Node>, 'has'>;
  readonly hasInput: () => boolean;
  /** Follows a document, or an open shadow root; one that is met only after the first input is new as a whole. */
  follow(root: Node): void;
  /** Takes in what has changed up to now. */
  settle(): void;
  stop(): void;
}

const inputs = ['keydown', 'beforeinput', 'input', 'change', 'compositionstart', 'paste', 'drop', 'mousedown', 'click'];
const moves = ['scroll', 'transitionend', 'animationend', 'toggle', 'load'];

/** `hasInput`: whether the patient had put something in before. `onChange`: the node, and whether what is inside may have moved or look different too. */
export function followChanges(hasInput: boolean, onChange: (node: Node, isDeep: boolean) => void): Changes {
  const late = new WeakSet<Node>();
  const followed = new WeakSet<Node>();
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  const listen = (target: EventTarget, names: readonly string[], run: (event: Event) => void): void => {
    for (const name of names) target.addEventListener(name, run, options);
  };
  const take = (records: readonly MutationRecord[]): void => {
    for (const { target, type, addedNodes, attributeName } of records) {
      onChange(target, type === 'attributes');
      if (hasInput) for (const node of type === 'characterData' || attributeName === 'src' ? [target] : addedNodes) late.add(node);
    }
  };
  const observer = new MutationObserver(take);
  const settle = (): void => take(observer.takeRecords());
  const onMove = ({ target }: Event): void => onChange(target as Element, true);
  const follow = (root: Node): void => {
    if (followed.has(root)) return;
    followed.add(root);
    if (hasInput) late.add(root);
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
    listen(root, moves, onMove);
  };

  follow(document.documentElement);
  listen(window, inputs, ({ target }) => {
    if (hasInput || (target instanceof Element && target.closest(ownTags))) return;
    // What had changed up to now was not the patient's doing.
    settle();
    hasInput = true;
  });

  return {
    late,
    hasInput: () => hasInput,
    follow,
    settle,
    stop() {
      listening.abort();
      observer.disconnect();
    },
  };
}
