/** A vendor's list of cases that are known to fail: ids, one per line; `#` begins a comment. */

/** The list cannot be used; in words. */
export class KnownFailuresMistake extends Error {}

/** Reads the list. Throws `KnownFailuresMistake` where a line names no case. */
export function parseKnownFailures(text: string, ids: ReadonlySet<string>): ReadonlySet<string> {
  const known = new Set<string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const id = line.replace(/#.*$/, '').trim();
    if (id === '') continue;
    if (!ids.has(id)) throw new KnownFailuresMistake(`line ${index + 1} of the known failures names no case: "${id.slice(0, 120)}". --list tells the ids`);
    known.add(id);
  }
  return known;
}
