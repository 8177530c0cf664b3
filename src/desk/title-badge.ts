/**
 * "(2) Desk · Clinic" in the tab's title while nobody looks: how many conversations have something new.
 * Only a number is ever written there: a title is seen by whoever stands behind the nurse, and kept in the browser's history.
 */

/** Where the title is; `document` in production. */
export interface TitleHolder {
  title: string;
}

export interface TitleBadge {
  /** Something new in this conversation while the page is hidden. */
  add(conversationId: string): void;
  /** Somebody looks again. */
  clear(): void;
}

/** Creates the badge. The page may change its own title meanwhile: only our own prefix is taken off. */
export function createTitleBadge(holder: TitleHolder): TitleBadge {
  const ids = new Set<string>();
  let prefix = '';
  const show = (next: string): void => {
    // A document's title has no space at its ends: over an empty one our prefix loses its own.
    const bare = prefix !== '' && holder.title.startsWith(prefix) ? holder.title.slice(prefix.length).trimStart() : holder.title;
    const title = next && `${next} ${bare}`.trimEnd();
    if ((title || bare) !== holder.title) holder.title = title || bare;
    prefix = next;
  };
  return {
    add(conversationId) {
      ids.add(conversationId);
      show(`(${ids.size})`);
    },
    clear() {
      ids.clear();
      show('');
    },
  };
}
