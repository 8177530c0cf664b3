/** An observable value: the only way state leaves a headless room. Knows nothing of views. */
/** Read side of an observable value. */
export interface ReadonlySnapshot<T> {
    readonly value: T;
    /** Calls `listener` after each change, not at once. Returns the way to stop. */
    subscribe(listener: (value: T) => void): () => void;
}
/** Write side: setting an identical value notifies nobody. */
export interface Snapshot<T> extends ReadonlySnapshot<T> {
    set(next: T): void;
    update(change: (value: T) => T): void;
}
/** Creates an observable value. A listener that throws does not keep the others from being told. */
export declare function createSnapshot<T>(initial: T): Snapshot<T>;
