/** A form as a walk: what is asked one after the other, and what is said on the way. Pure. */
import type { ItemSnapshot } from '../questionnaire/form-snapshot.js';

/** Of the question whether there is more of what repeats. */
export const moreKey = ({ key }: ItemSnapshot): string => `${key}/more`;

export interface Stop {
  /** The item's key, or its `moreKey`. */
  readonly key: string;
  readonly kind: 'question' | 'more';
  readonly item: ItemSnapshot;
  /** Headings, texts, computed values, and what may only be seen (`disabledDisplay`), that come before it and behind the stop before. */
  readonly lead: readonly ItemSnapshot[];
}

export interface Walk {
  readonly stops: readonly Stop[];
  /** What comes after the last question. */
  readonly tail: readonly ItemSnapshot[];
}

const hasHeading = ({ text, help, repetition, error, media }: ItemSnapshot): boolean => text !== '' || help.length > 0 || repetition !== null || error !== null || media !== null;

/** Everything that is asked now, in document order. */
export function walk(roots: readonly ItemSnapshot[]): Walk {
  const stops: Stop[] = [];
  let lead: ItemSnapshot[] = [];
  const stop = (key: string, kind: Stop['kind'], item: ItemSnapshot): void => {
    stops.push({ key, kind, item, lead });
    lead = [];
  };
  const askForMore = (item: ItemSnapshot): void => {
    const { repetition } = item;
    if (repetition?.canAdd && repetition.number === repetition.of) stop(moreKey(item), 'more', item);
  };
  const visitGroup = (item: ItemSnapshot): void => {
    const [asked, led] = [stops.length, lead.length];
    if (hasHeading(item)) lead.push(item);
    item.children.forEach(visit);
    if (stops.length > asked) askForMore(item);
    // A heading over nothing.
    else if (lead.length === led + 1 && lead.at(-1) === item) lead.pop();
  };
  /** Seen with all that is in it, and not asked. */
  const see = (item: ItemSnapshot): void => {
    if (item.hidden) return;
    lead.push(item);
    item.children.forEach(see);
  };
  const visit = (item: ItemSnapshot): void => {
    if (item.protected) return see(item);
    if (!item.shown) return;
    if (item.type === 'group') return visitGroup(item);
    if (item.type === 'display') {
      lead.push(item);
      return;
    }
    if (!item.readOnly) stop(item.key, 'question', item);
    else if (item.answers.length > 0) lead.push(item);
    item.children.forEach(visit);
    if (item.answers.length > 0) askForMore(item);
  };
  roots.forEach(visit);
  return { stops, tail: lead };
}
