/** File name, beside this one, and its Subresource Integrity value; dependencies first. */
export type ChunkFiles = readonly (readonly [file: string, integrity: string])[];
/**
 * Loads the chunk called `name` and resolves with its module; concurrent calls share one load. Adds elements to the document's head and
 * removes them again. Rejects with `chunk-failed` (retryable).
 */
export declare function loadChunk<T>(name: string, importChunk: () => Promise<T>): Promise<T>;
