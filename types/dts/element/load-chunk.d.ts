/**
 * Loads a lazy part of the element, integrity-checked. `import()` takes no hash, and WebKit ignores the one of a `modulepreload`; so the
 * files are first loaded by `<script type="module" integrity>` elements, all inserted in one task so that no file is fetched by another's
 * import without its hash, and `import()` then finds them in the module map.
 *
 * A module address that failed once stays failed for the life of the page (HTML, "fetch a single module script": the map keeps the null).
 * Therefore each file is asked for by a preload first, which knows no such memory: only what arrives becomes a module, and a failed load can be tried again.
 */
/** File name, beside this one, and its Subresource Integrity value; dependencies first. */
export type ChunkFiles = readonly (readonly [file: string, integrity: string])[];
/**
 * Loads the chunk called `name` and resolves with its module; concurrent calls share one load. Adds elements to the document's head and
 * removes them again. Rejects with `chunk-failed` (retryable).
 */
export declare function loadChunk<T>(name: string, importChunk: () => Promise<T>): Promise<T>;
