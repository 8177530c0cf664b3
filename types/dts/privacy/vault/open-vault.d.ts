import type { Clock, FlagStore, Vault } from '../../platform/ports.js';
export interface VaultOptions {
    /** Names the database: server origin and widget. */
    readonly name: string;
    readonly clock: Clock;
    /** Where the vault notes that it holds something (a flag, no content), so that it need not look. */
    readonly flags: FlagStore;
    /** Life of an entry, in milliseconds. Default 7 days. */
    readonly ttlMs?: number;
    /** How long the browser's store may take before memory takes over, in milliseconds. Default 4 s: an old phone needs more than one for the first. */
    readonly deadlineMs?: number;
}
/** Makes the vault of one server and widget. Has no effect until it is used. */
export declare function openVault({ name, clock, flags, ttlMs, deadlineMs }: VaultOptions): Vault;
