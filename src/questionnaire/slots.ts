/**
 * The items of a form as they are there now: one slot for each, several where a group or a question repeats. A slot is a place for an answer; what is in
 * it, and whether it is enabled, is for others to say.
 */
import type { Form, FormItem } from './form.js';
import { isRepeated } from './form.js';

export interface Slot {
  readonly item: FormItem;
  /** Unique, and the same after a reload: the linkId, and behind it which repetition it is in, other than the first ones. */
  readonly key: string;
  readonly parent: Slot | null;
  /** Number of the repetition, counted from 0, never given twice. 0 where nothing repeats. */
  readonly repetition: number;
  readonly children: readonly Slot[];
}

export interface Slots {
  readonly roots: readonly Slot[];
  /** In document order. */
  readonly all: readonly Slot[];
  byKey(key: string): Slot | undefined;
  byLinkId(linkId: string): readonly Slot[];
  /** The repetitions of a slot's item beside it, itself among them. */
  siblings(slot: Slot): readonly Slot[];
  /** One more repetition behind the last one. Null where the item does not repeat or the form is too large. `repetition`: as it was in a draft. */
  add(slot: Slot, repetition?: number): Slot | null;
  /** Takes a repetition away, unless it is the only one. */
  remove(slot: Slot): boolean;
}

/** Whether a slot is this one, or stands beneath it. */
export const isWithin = (slot: Slot, ancestor: Slot): boolean => {
  for (let above: Slot | null = slot; above; above = above.parent) if (above === ancestor) return true;
  return false;
};

/** Bound for what adding can cost. */
const mostSlots = 3000;
const mostAtStart = 20;

type Draft = { -readonly [K in keyof Slot]: Slot[K] } & { children: Slot[] };

/** Starts with as many repetitions as the author wants at least, and one of everything else. */
export function createSlots(form: Form): Slots {
  let count = 0;

  const make = (item: FormItem, parent: Slot | null, repetition: number): Slot => {
    count++;
    const path: number[] = isRepeated(item) ? [repetition] : [];
    for (let above = parent; above; above = above.parent) if (isRepeated(above.item)) path.unshift(above.repetition);
    const key = path.some((number) => number > 0) ? `${item.linkId}~${path.join('.')}` : item.linkId;
    const slot: Draft = { item, key, parent, repetition, children: [] };
    slot.children = item.children.flatMap((child) => makeAll(child, slot));
    return slot;
  };
  const makeAll = (item: FormItem, parent: Slot | null): Slot[] => {
    const wanted = isRepeated(item) ? Math.max(1, Math.min(mostAtStart, Math.max(item.minOccurs ?? 1, item.type === 'group' ? 1 : item.initial.length))) : 1;
    return Array.from({ length: count > mostSlots ? 1 : wanted }, (_, repetition) => make(item, parent, repetition));
  };

  const roots: Slot[] = form.roots.flatMap((item) => makeAll(item, null));
  let all: readonly Slot[] = [];
  let keys = new Map<string, Slot>();
  let links = new Map<string, Slot[]>();
  const index = (): void => {
    const found: Slot[] = [];
    const visit = (slot: Slot): void => {
      found.push(slot);
      slot.children.forEach(visit);
    };
    roots.forEach(visit);
    all = found;
    count = found.length;
    keys = new Map(found.map((slot) => [slot.key, slot]));
    links = new Map();
    for (const slot of found) {
      const { linkId } = slot.item;
      if (!links.get(linkId)?.push(slot)) links.set(linkId, [slot]);
    }
  };
  index();
  const around = ({ parent }: Slot): Slot[] => (parent ? (parent as Draft).children : roots);
  const siblings = (slot: Slot): readonly Slot[] => around(slot).filter(({ item }) => item === slot.item);

  return {
    roots,
    get all() {
      return all;
    },
    byKey: (key) => keys.get(key),
    byLinkId: (linkId) => links.get(linkId) ?? [],
    siblings,
    add(slot, repetition) {
      const beside = siblings(slot);
      if (!isRepeated(slot.item) || count >= mostSlots) return null;
      const number = repetition ?? Math.max(...beside.map((one) => one.repetition)) + 1;
      if (beside.some((one) => one.repetition === number)) return null;
      const added = make(slot.item, slot.parent, number);
      const list = around(slot);
      list.splice(list.indexOf(beside.at(-1)!) + 1, 0, added);
      index();
      return added;
    },
    remove(slot) {
      if (siblings(slot).length < 2) return false;
      const list = around(slot);
      list.splice(list.indexOf(slot), 1);
      index();
      return true;
    },
  };
}
