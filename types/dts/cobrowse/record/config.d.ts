export interface CobrowseConfig {
    /** Dictionary mode: hashes of the site's static texts (`hashText`). What is not among them is masked, marked or not. */
    readonly dictionary?: readonly string[];
    /** Static pictures by the exact text of their `src`; they are sent as a number, which is the place in this list. Both sides have the list. */
    readonly assets?: readonly string[];
    /** Tags of custom elements without a shadow root that are entered like a `div`. */
    readonly enter?: readonly string[];
}
declare const checked: unique symbol;
/** A configuration that was checked; nothing else makes one. */
export interface CheckedConfig {
    readonly [checked]: true;
    /** Whether a text is in the dictionary; undefined where there is none. */
    isKnown(text: string): boolean | undefined;
    /** Selectors of the pictures. */
    readonly assets: readonly string[];
    readonly enter: ReadonlySet<string>;
}
/** Throws `config-invalid` with the place of the first mistake. */
export declare function checkConfig(config?: CobrowseConfig): CheckedConfig;
export {};
