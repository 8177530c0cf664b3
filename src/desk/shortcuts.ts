/**
 * Which shortcut a key press is. Pure. WCAG 2.1.4: all of these can be turned off; Alt + letter is taken only where it types
 * nothing (Option + A writes "å" on a Mac, AltGr + A writes "ą" on a Polish keyboard).
 */

export type ShortcutName = 'next' | 'previous' | 'accept' | 'message' | 'help';

/** The part of a KeyboardEvent that matters. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  getModifierState?(key: string): boolean;
}

const letters: Readonly<Record<string, ShortcutName>> = { a: 'accept', m: 'message' };

/** The shortcut, or null. `typing`: the focus is in something one writes in. */
export function shortcutOf(press: KeyPress, typing: boolean): ShortcutName | null {
  if (press.isComposing || press.ctrlKey || press.metaKey || press.getModifierState?.('AltGraph')) return null;
  if (!press.altKey) return press.key === '?' && !typing ? 'help' : null;
  if (press.shiftKey) return null;
  if (press.key === 'ArrowDown') return 'next';
  if (press.key === 'ArrowUp') return 'previous';
  const written = press.key.toLowerCase();
  const letter = typing ? written : (letters[written] ? written : press.code.replace(/^Key/, '').toLowerCase());
  return letters[letter] ?? null;
}
