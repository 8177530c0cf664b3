/**
 * The desk's sound: two soft sine tones made by WebAudio. No file is loaded, so no policy has to allow one.
 * Browsers play nothing before the person has touched the page; `unlock` is called on the first touch.
 */
/** Plays the chime; at most one in two seconds, so that a burst of messages is one sound. */
export interface Chime {
    /** Creates and resumes the audio context. Call it while a click or key press is being handled. */
    unlock(): void;
    /** `nowMs`: the clock's time, for the pause between two chimes. */
    play(kind: 'waiting' | 'message', nowMs: number): void;
    dispose(): void;
}
/** Creates the chime. `createContext` is the browser's AudioContext in production; null where the browser has none. */
export declare function createChime(createContext: () => AudioContext | null): Chime;
