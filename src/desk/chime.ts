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

const pauseMs = 2_000;
/** Hertz: a rising fourth for somebody new, a falling one for a message. */
const tones = { waiting: [587.33, 783.99], message: [659.25, 587.33] } as const;

const strike = (context: AudioContext, hertz: number, atSeconds: number): void => {
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, atSeconds);
  gain.gain.linearRampToValueAtTime(0.12, atSeconds + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0005, atSeconds + 0.55);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(atSeconds);
  oscillator.stop(atSeconds + 0.6);
};

/** Creates the chime. `createContext` is the browser's AudioContext in production; null where the browser has none. */
export function createChime(createContext: () => AudioContext | null): Chime {
  let context: AudioContext | null = null;
  let lastAt = -Infinity;
  return {
    unlock() {
      context ??= createContext();
      // Refused without a gesture: the next touch asks again.
      if (context?.state === 'suspended') void context.resume().catch(() => undefined);
    },
    play(kind, nowMs) {
      if (!context || context.state !== 'running' || nowMs - lastAt < pauseMs) return;
      lastAt = nowMs;
      strike(context, tones[kind][0], context.currentTime + 0.01);
      strike(context, tones[kind][1], context.currentTime + 0.17);
    },
    dispose() {
      if (context && context.state !== 'closed') void context.close().catch(() => undefined);
      context = null;
    },
  };
}
