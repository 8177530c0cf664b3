/** The wire does not repeat a visitor's name in each event; the pre-chat form gave it once. Puts it beside their messages. */
import type { Timeline, TimelineItem } from '../core/snapshots.js';

type Chunk = readonly TimelineItem[];

/** Equal chunks stay identical objects, so that the transcript renders only what changed. */
export function createVisitorNamer(): (timeline: Timeline, name: string | undefined) => Timeline {
  let made = new WeakMap<Chunk, Chunk>();
  let lastName: string | undefined;
  return (timeline, name) => {
    if (!name) return timeline;
    if (name !== lastName) made = new WeakMap();
    lastName = name;
    const chunks = timeline.chunks.map((chunk) => {
      const known = made.get(chunk);
      if (known) return known;
      const next = chunk.map((item) => ('by' in item && item.by.role === 'visitor' && !item.by.name ? { ...item, by: { ...item.by, name } } : item));
      made.set(chunk, next);
      return next;
    });
    return { ...timeline, chunks };
  };
}
