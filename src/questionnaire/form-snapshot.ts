/** What views see of a session: every item with its texts in one language and what has become of it. An item that is as it was stays the same object. */
import { sameAnswer } from './check-answers.js';
import { isRepeated, wordingIn, type Answer, type AnswerError, type FormItem, type Wording } from './form.js';
import type { Kept } from './kept.js';
import { datePrecision } from './parse-typed.js';
import type { Slot, Slots } from './slots.js';
import type { Filled } from './write-response.js';

export interface OptionSnapshot {
  readonly value: Answer;
  readonly label: string;
  readonly prefix: string | null;
  readonly exclusive: boolean;
  readonly chosen: boolean;
  readonly media: FormItem['media'];
}

/** An item with its texts in the language of the snapshot and what has become of it. */
export interface ItemSnapshot extends Omit<FormItem, 'text' | 'prefix' | 'shortText' | 'help' | 'unit' | 'units' | 'entryFormat' | 'openLabel' | 'options' | 'children' | 'parent'> {
  /** Names the slot in every call: the linkId, and more where something repeats. */
  readonly key: string;
  /** In the language of the snapshot. Empty for a group without a heading. */
  readonly text: string;
  readonly prefix: string | null;
  readonly shortText: string | null;
  readonly help: readonly string[];
  readonly unit: string | null;
  readonly entryFormat: string | null;
  readonly openLabel: string | null;
  /** Dates: how much of one is asked for. */
  readonly precision: 'day' | 'month' | 'year';
  readonly options: readonly OptionSnapshot[];
  /** Units of a quantity, with the one that is chosen. */
  readonly units: readonly OptionSnapshot[];
  /** By the rules of `enableWhen` and its expression. */
  readonly enabled: boolean;
  /** Enabled, not hidden by the author, and the question above it, if any, is answered. */
  readonly shown: boolean;
  /** Disabled, and the author wants it to be seen all the same (`disabledDisplay`). */
  readonly protected: boolean;
  readonly answers: readonly Answer[];
  /** What the text field holds, also where it is not an answer (yet). Of an open choice: the field beside the options. */
  readonly typed: string;
  /** An open choice: whether the answer beside the options is chosen. */
  readonly otherChosen: boolean;
  readonly error: AnswerError | null;
  /** The author's warning: it does not stop anybody. */
  readonly caution: AnswerError | null;
  /** What repeats: which one this is, from 1, of how many, and whether there may be more or fewer. */
  readonly repetition: { readonly number: number; readonly of: number; readonly canAdd: boolean; readonly canRemove: boolean } | null;
  readonly children: readonly ItemSnapshot[];
}

export interface FormSnapshot {
  readonly lang: string;
  readonly title: string | null;
  readonly roots: readonly ItemSnapshot[];
  /** The same items in document order. */
  readonly items: readonly ItemSnapshot[];
  /** Shown questions, and how many of them have an answer. */
  readonly asked: number;
  readonly answered: number;
  /** What is wrong with the answers as a whole; empty before `validate`. */
  readonly errors: readonly AnswerError[];
}

/** What a snapshot is taken of. */
export interface Scene extends Filled {
  readonly slots: Slots;
  readonly lang: string;
  of(slot: Slot): Kept;
  enabled(slot: Slot): boolean;
  /** Whether an expression still offers an option. */
  allows(slot: Slot, option: Answer): boolean;
  /** Mistakes as far as they show. */
  errorOf(slot: Slot): AnswerError | null;
  cautionOf(slot: Slot): AnswerError | null;
  formErrors(): readonly AnswerError[];
}

export const isHidden = ({ hidden, parent }: FormItem): boolean => hidden || (parent !== null && isHidden(parent));

/** Asked, and on the screen. */
export const isShown = (scene: Filled, slot: Slot): boolean => scene.reached(slot) && !isHidden(slot.item);

export function repetitionOf(slots: Slots, slot: Slot): ItemSnapshot['repetition'] {
  if (!isRepeated(slot.item)) return null;
  const all = slots.siblings(slot);
  const { minOccurs, maxOccurs, readOnly } = slot.item;
  return { number: all.indexOf(slot) + 1, of: all.length, canAdd: !readOnly && all.length < (maxOccurs ?? 100), canRemove: !readOnly && all.length > Math.max(1, minOccurs ?? 1) };
}

type What = Pick<ItemSnapshot, 'text' | 'enabled' | 'shown' | 'protected' | 'error' | 'caution' | 'repetition' | 'children'>;

function draw({ item, key }: Slot, what: What, { answers, typed, other, unit }: Kept, options: FormItem['options'], say: (wording: Wording | null) => string | null): ItemSnapshot {
  const { parent: _parent, ...rest } = item;
  return Object.freeze<ItemSnapshot>({
    ...rest, ...what, key, answers, typed, otherChosen: other, precision: datePrecision(item),
    prefix: say(item.prefix), shortText: say(item.shortText), help: item.help.map((help) => say(help)!), unit: say(item.unit), entryFormat: say(item.entryFormat), openLabel: say(item.openLabel),
    options: options.map((option) => ({ ...option, label: say(option.label)!, chosen: answers.some((answer) => sameAnswer(answer, option.value)) })),
    units: item.units.map((option) => ({ ...option, label: say(option.label)!, chosen: unit !== null && sameAnswer(option.value, { valueCoding: unit }) })),
  });
}

/** Takes snapshots of one session, one after the other. */
export function createCamera(scene: Scene): () => FormSnapshot {
  const { form, slots } = scene;
  /** What each slot looked like last, and from what. */
  const before = new WeakMap<Slot, { readonly from: readonly unknown[]; readonly item: ItemSnapshot }>();

  const say = (wording: Wording | null): string | null => wording && wordingIn(wording, scene.lang, form.language);

  const shoot = (slot: Slot, items: ItemSnapshot[]): ItemSnapshot => {
    const { item, parent } = slot;
    const at = items.length++;
    const enabled = scene.enabled(slot);
    const shown = isShown(scene, slot);
    const options = item.options.filter(({ value }) => scene.allows(slot, value));
    const what: What = {
      text: scene.textOf(slot), enabled, shown,
      protected: !enabled && item.disabledDisplay === 'protected' && !isHidden(item) && (parent === null || scene.reached(parent)),
      error: scene.errorOf(slot), caution: shown ? scene.cautionOf(slot) : null, repetition: repetitionOf(slots, slot),
      children: slot.children.map((child) => shoot(child, items)),
    };
    const { children, ...more } = what;
    const kept = scene.of(slot);
    const from = [scene.lang, kept, JSON.stringify(more), ...options, ...children];
    const last = before.get(slot);
    const same = last?.from.length === from.length && from.every((one, index) => one === last.from[index]);
    const next = same ? last.item : draw(slot, what, kept, options, say);
    before.set(slot, { from, item: next });
    return (items[at] = next);
  };

  return () => {
    const items: ItemSnapshot[] = [];
    const roots = slots.roots.map((slot) => shoot(slot, items));
    const asked = items.filter((item) => item.shown && item.type !== 'group' && item.type !== 'display');
    return Object.freeze<FormSnapshot>({ lang: scene.lang, title: say(form.title), roots, items, asked: asked.length, answered: asked.filter((item) => item.answers.length > 0).length, errors: scene.formErrors() });
  };
}
