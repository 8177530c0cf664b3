/** Loads a file past every cache, for the one who has to try again after a failure. */

/** Resolves once the file at `href` is here and has the hash; rejects otherwise. Needs the page's policy to allow its origin in `connect-src`. */
export const refetch = (href: string, integrity: string): Promise<unknown> => fetch(href, { cache: 'reload', integrity });
