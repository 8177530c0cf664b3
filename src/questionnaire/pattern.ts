/**
 * Regular expressions that an author wrote, matched in linear time: a pattern becomes a bounded list of states, and a text is read once with all states that are
 * possible (Thompson 1968, Pike; swtch.com/~rsc/regexp). The browser's own matcher tries one way after the other, which takes for ever with some patterns and texts.
 * The language is ECMAScript's with flag `u`, and a sign that needs no `\` may have one. Loaded with `expressions.ts`.
 */

/** Why a pattern is refused: it cannot be read, it has too many states, or it looks around or refers back, which cannot be done in one reading. */
export type PatternProblem = 'regex' | 'regex-unsafe' | 'regex-unsupported';

interface Found {
  /** Code points, counted from 0: first and one past the last of the whole and of each group; null of a group that has no part in it. */
  readonly spans: readonly (readonly [start: number, end: number] | null)[];
}

/** Is told at each code point how many states were looked at; may throw. */
type Spend = (steps: number) => void;

/** Texts are lists of code points. At each, every state is looked at once at most. */
export interface Pattern {
  readonly states: number;
  /** Whether it matches all of a text, or some of it. */
  has(text: readonly string[], what: 'all' | 'some', spend?: Spend): boolean;
  /** Each match replaced, as `String.prototype.replaceAll` does; `by` may have `$1`, `$<name>` or `$&` in it. */
  replace(text: readonly string[], by: string, spend: Spend): string;
}

const mostStates = 2000;
const longestPattern = 2000;

/** Of one code point. */
type Test = (sign: string) => boolean;
type Assertion = (before: string | undefined, after: string | undefined) => boolean;
type State =
  | { readonly is: 'sign'; readonly test: Test }
  | { readonly is: 'assert'; readonly holds: Assertion }
  | { readonly is: 'edge'; readonly slot: number }
  /** A repetition begins anew: its groups have no part yet. */
  | { readonly is: 'clear'; readonly from: number; readonly to: number }
  /** Where to go on, the preferred place first. */
  | { readonly is: 'fork'; to: readonly number[] }
  | { readonly is: 'end' };
/** Puts the states of a part behind those that are there. */
type Emit = () => void;

class Unreadable extends Error {
  constructor(readonly code: PatternProblem) {
    super(code);
  }
}

const isWord = (sign: string | undefined): boolean => sign !== undefined && /^\w$/.test(sign);
const assertions: ReadonlyMap<string, Assertion> = new Map<string, Assertion>([
  ['^', (before) => before === undefined], ['$', (_before, after) => after === undefined],
  ['\\b', (before, after) => isWord(before) !== isWord(after)], ['\\B', (before, after) => isWord(before) === isWord(after)],
]);
const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 };

/** The browser's own test of one class and one code point, which has nothing to try out. */
function native(source: string, flags = 'u'): Test {
  try {
    const test = new RegExp(`^${source}$`, flags);
    return (sign) => test.test(sign);
  } catch {
    throw new Unreadable('regex');
  }
}

/** Reads a pattern and writes its states. */
class Reader {
  readonly states: State[] = [];
  readonly names = new Map<string, number>();
  groups = 0;
  #at = 0;

  constructor(readonly source: string, readonly any: Test) {
    const emit = this.#either();
    if (this.#at < source.length) throw new Unreadable('regex');
    emit();
    this.#put({ is: 'end' });
  }

  #put<One extends State>(state: One): One {
    if (this.states.push(state) > mostStates) throw new Unreadable('regex-unsafe');
    return state;
  }

  /** Takes what is here if it fits. Patterns have the flag `y`. */
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.source);
    if (match) this.#at = pattern.lastIndex;
    return match;
  }

  #either(): Emit {
    const parts = [this.#sequence()];
    while (this.#take(/\|/uy)) parts.push(this.#sequence());
    if (parts.length === 1) return parts[0]!;
    return () => {
      const ends = parts.slice(0, -1).map((part) => {
        const fork = this.#put({ is: 'fork', to: [] as readonly number[] });
        const start = this.states.length;
        part();
        const end = this.#put({ is: 'fork', to: [] as readonly number[] });
        fork.to = [start, this.states.length];
        return end;
      });
      parts.at(-1)!();
      for (const end of ends) end.to = [this.states.length];
    };
  }

  #sequence(): Emit {
    const parts: Emit[] = [];
    while (this.#at < this.source.length && !/[|)]/.test(this.source[this.#at]!)) parts.push(this.#term());
    return () => parts.forEach((part) => part());
  }

  #term(): Emit {
    const asserted = this.#take(/[$^]|\\[bB]/uy);
    if (asserted) {
      const holds = assertions.get(asserted[0])!;
      return () => void this.#put({ is: 'assert', holds });
    }
    const first = this.groups;
    const atom = this.#atom();
    const [, sign, least, more, most, lazy] = this.#take(/(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/uy) ?? [];
    if (lazy === undefined) return atom;
    const min = least === undefined ? Number(sign === '+') : Number(least);
    const max = least === undefined ? (sign === '?' ? 1 : Infinity) : most !== '' ? Number(most) : more === '' ? min : Infinity;
    if (max < min || (more === '' && most !== '')) throw new Unreadable('regex');
    return this.#repeat(atom, first, min, max, lazy !== '');
  }

  #repeat(atom: Emit, first: number, min: number, max: number, isLazy: boolean): Emit {
    const { groups } = this;
    const one = (): void => {
      if (groups > first) this.#put({ is: 'clear', from: 2 * first + 2, to: 2 * groups + 2 });
      atom();
    };
    return () => {
      for (let count = 0, before = -1; count < min && before < this.states.length; count++) {
        before = this.states.length;
        one();
      }
      const forks: { readonly fork: { to: readonly number[] }; readonly start: number }[] = [];
      for (let left = max === Infinity ? 1 : max - min; left > 0; left--) {
        const start = this.states.length + 1;
        forks.push({ fork: this.#put({ is: 'fork', to: [] as readonly number[] }), start });
        one();
      }
      if (max === Infinity) this.#put({ is: 'fork', to: [forks[0]!.start - 1] });
      const end = this.states.length;
      for (const { fork, start } of forks) fork.to = isLazy ? [end, start] : [start, end];
    };
  }

  #atom(): Emit {
    if (this.#take(/\(/uy)) return this.#group();
    const test = this.#take(/\./uy) ? this.any : this.#take(/\[/uy) ? this.#class() : this.#sign();
    return () => void this.#put({ is: 'sign', test });
  }

  #group(): Emit {
    if (this.#take(/\?<?[=!]/uy)) throw new Unreadable('regex-unsupported');
    const isPlain = this.#take(/\?:/uy) !== null;
    const name = this.#take(/\?<([\p{ID_Start}$_][\p{ID_Continue}$]*)>/uy)?.[1];
    const number = isPlain ? 0 : ++this.groups;
    if (name !== undefined) {
      if (this.names.has(name)) throw new Unreadable('regex');
      this.names.set(name, number);
    }
    const inner = this.#either();
    if (!this.#take(/\)/uy)) throw new Unreadable('regex');
    if (isPlain) return inner;
    return () => {
      this.#put({ is: 'edge', slot: 2 * number });
      inner();
      this.#put({ is: 'edge', slot: 2 * number + 1 });
    };
  }

  #sign(): Test {
    if (/[*+?{}\])]/.test(this.source[this.#at]!)) throw new Unreadable('regex');
    if (/^\\[1-9k]/.test(this.source.slice(this.#at, this.#at + 2))) throw new Unreadable('regex-unsupported');
    const sign = this.#one();
    if (typeof sign === 'function') return sign;
    const wanted = String.fromCodePoint(sign);
    return (given) => given === wanted;
  }

  /** A code point, or what an escape stands for. */
  #one(): number | Test {
    const kind = this.#take(/\\(?:[dDwWsS]|[pP]\{[\w=]+\})/uy);
    if (kind) return native(kind[0]);
    const control = this.#take(/\\([tnvfr])/uy);
    if (control) return controls[control[1]!]!;
    const letter = this.#take(/\\c([A-Za-z])/uy);
    if (letter) return letter[1]!.charCodeAt(0) % 32;
    if (this.#take(/\\0(?!\d)/uy)) return 0;
    const pair = this.#take(/\\u([dD][89abAB][\da-fA-F]{2})\\u([dD][c-fC-F][\da-fA-F]{2})/uy);
    if (pair) return String.fromCharCode(parseInt(pair[1]!, 16), parseInt(pair[2]!, 16)).codePointAt(0)!;
    const code = this.#take(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]+)\})/uy);
    const found = code ? parseInt(code[1] ?? code[2] ?? code[3]!, 16) : (this.#take(/\\([^\p{L}\p{N}])/uy)?.[1] ?? this.#take(/[^\\]/uy)?.[0])?.codePointAt(0);
    if (found === undefined || found > 0x10ffff) throw new Unreadable('regex');
    return found;
  }

  #classSign(): number | Test {
    return this.#take(/\\b/uy) ? 8 : this.#one();
  }

  #class(): Test {
    const isNot = this.#take(/\^/uy) !== null;
    const tests: Test[] = [];
    while (!this.#take(/\]/uy)) {
      const low = this.#classSign();
      const isRange = this.#take(/-(?!\])/uy) !== null;
      const high = isRange ? this.#classSign() : low;
      if (typeof low === 'number' && typeof high === 'number') {
        if (high < low) throw new Unreadable('regex');
        tests.push((sign) => sign.codePointAt(0)! >= low && sign.codePointAt(0)! <= high);
      } else {
        // As in `[\w-.]`, which authors write: the hyphen stands for itself.
        for (const one of isRange ? [low, high, 45] : [low]) tests.push(typeof one === 'number' ? (sign) => sign.codePointAt(0) === one : one);
      }
    }
    return (sign) => tests.some((test) => test(sign)) !== isNot;
  }
}

/** Null where nobody asks for groups. */
type Edges = readonly (number | undefined)[] | null;

/** Where a text may be in a pattern, and where its groups began and ended so far. */
interface Thread {
  readonly state: number;
  readonly edges: Edges;
}

const spanOf = ([start, end]: readonly (number | undefined)[]): Found['spans'][number] => (start === undefined || end === undefined ? null : [start, end]);

/** What stands for `$1`, `$<name>` and `$&` in a replacement. */
function write(by: string, text: readonly string[], { spans }: Found, names: Reader['names']): string {
  const at = (group: number): string => (spans[group] ? text.slice(...spans[group]).join('') : '');
  const marks = names.size > 0 ? /\$(?:([$&`'])|(\d)(\d?)|<([^>]*)>)/g : /\$(?:([$&`'])|(\d)(\d?))/g;
  return by.replace(marks, (all: string, sign?: string, first?: string, second?: string, name?: string | number) => {
    if (sign !== undefined) return sign === '$' ? '$' : sign === '&' ? at(0) : (sign === '`' ? text.slice(0, spans[0]![0]) : text.slice(spans[0]![1])).join('');
    if (typeof name === 'string') return names.has(name) ? at(names.get(name)!) : '';
    const both = Number(first! + second!);
    if (both > 0 && both < spans.length) return at(both);
    return Number(first) > 0 && Number(first) < spans.length ? at(Number(first)) + second! : all;
  });
}

class Matcher implements Pattern {
  readonly states: number;
  readonly #read: Reader;

  constructor(read: Reader) {
    this.#read = read;
    this.states = read.states.length;
  }

  has(text: readonly string[], what: 'all' | 'some', spend?: Spend): boolean {
    let waiting: readonly Thread[] = [];
    for (let at = 0; at <= text.length; at++) {
      const threads = this.#follow(at === 0 || what === 'some' ? [...waiting, { state: 0, edges: null }] : waiting, text, at, spend);
      if ((what === 'some' || at === text.length) && threads.some(({ state }) => this.#isEnd(state))) return true;
      waiting = this.#step(threads, text[at]);
      if (waiting.length === 0 && what === 'all') return false;
    }
    return false;
  }

  replace(text: readonly string[], by: string, spend: Spend): string {
    const out: string[] = [];
    let done = 0;
    for (let from = 0; from <= text.length; ) {
      const found = this.#find(text, from, spend);
      if (!found) break;
      const [start, end] = found.spans[0]!;
      out.push(...text.slice(done, start), write(by, text, found, this.#read.names));
      done = end;
      from = end > start ? end : end + 1;
    }
    return [...out, ...text.slice(done)].join('');
  }

  /** The first match at or after a place, the one that the browser's own matcher would come to. */
  #find(text: readonly string[], from: number, spend: Spend): Found | null {
    let waiting: readonly Thread[] = [];
    let found: Found | null = null;
    for (let at = from; at <= text.length && (waiting.length > 0 || !found); at++) {
      const threads = this.#follow(found ? waiting : [...waiting, { state: 0, edges: [at] }], text, at, spend);
      const end = threads.findIndex(({ state }) => this.#isEnd(state));
      if (end >= 0) found = { spans: Array.from({ length: this.#read.groups + 1 }, (_, group) => spanOf(group === 0 ? [threads[end]!.edges![0], at] : threads[end]!.edges!.slice(2 * group, 2 * group + 2))) };
      // Those behind it are worth less.
      waiting = this.#step(end >= 0 ? threads.slice(0, end) : threads, text[at]);
    }
    return found;
  }

  #isEnd(state: number): boolean {
    return this.#read.states[state]!.is === 'end';
  }

  #step(threads: readonly Thread[], sign: string | undefined): readonly Thread[] {
    return threads.flatMap(({ state, edges }) => {
      const here = this.#read.states[state]!;
      return sign !== undefined && here.is === 'sign' && here.test(sign) ? [{ state: state + 1, edges }] : [];
    });
  }

  /** From each thread to the signs that may come next, each state once, in order of preference. */
  #follow(begun: readonly Thread[], text: readonly string[], at: number, spend?: Spend): readonly Thread[] {
    const { states, groups } = this.#read;
    const seen = new Set<number>();
    const threads: Thread[] = [];
    const open = [...begun].reverse();
    let copied = 0;
    const move = (edges: Edges, change: (slot: number) => number | undefined): Edges => {
      if (!edges) return null;
      copied += groups;
      return Array.from({ length: 2 * groups + 2 }, (_, slot) => change(slot));
    };
    for (let thread = open.pop(); thread; thread = open.pop()) {
      const { state, edges } = thread;
      if (seen.has(state)) continue;
      seen.add(state);
      const here = states[state]!;
      if (here.is === 'sign' || here.is === 'end') threads.push(thread);
      else if (here.is === 'fork') for (const to of [...here.to].reverse()) open.push({ state: to, edges });
      else if (here.is === 'assert') {
        if (here.holds(text[at - 1], text[at])) open.push({ state: state + 1, edges });
      } else if (here.is === 'edge') open.push({ state: state + 1, edges: move(edges, (slot) => (slot === here.slot ? at : edges![slot])) });
      else open.push({ state: state + 1, edges: move(edges, (slot) => (slot >= here.from && slot < here.to ? undefined : edges![slot])) });
    }
    spend?.(seen.size + copied);
    return threads;
  }
}

/** Reads a pattern, or says why not. `everything`: `.` stands for the ends of lines too. */
export function readPattern(source: string, everything = false): Pattern | PatternProblem {
  if (source.length > longestPattern) return 'regex-unsafe';
  try {
    return new Matcher(new Reader(source, everything ? () => true : native('.')));
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
}
