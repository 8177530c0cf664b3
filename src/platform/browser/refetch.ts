/** Loads a file past every cache, for the one who has to try again after a failure. */

/** Rejects after 20 s: whatever hangs for that long has failed. */
export const deadline = (): Promise<never> => new Promise((_, reject) => void setTimeout(reject, 20_000));

/** Resolves once the file at `href` is here and has the hash; rejects otherwise. Needs the page's policy to allow its origin in `connect-src`. */
export const refetch = (href: string, integrity: string): Promise<unknown> => fetch(href, { cache: 'reload', integrity });
