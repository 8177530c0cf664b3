/** Text to syntax tree: the whole grammar of FHIRPath N1 (hl7.org/fhirpath/N1/grammar.html). Never throws; what cannot be read gives null. */
import type { Expression } from './syntax.js';

interface Token {
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'date' | 'variable' | 'own' | 'sign' | 'end';
  readonly text: string;
}

/** In this order: a date before a sign, a number before a dot. */
const shapes: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ['date', /@(?:T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?|\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['string', /'(?:[^'\\]|\\.)*'/ys],
  ['quoted', /`(?:[^`\\]|\\.)*`/ys],
  ['variable', /%(?:[A-Za-z_][\w-]*|`[^`]*`|'[^']*')/y],
  ['own', /\$(?:this|index|total)/y],
  ['name', /[A-Za-z_]\w*/y],
  ['sign', /<=|>=|!=|!~|[-+*/&|<>=~.,()[\]{}]/y],
];

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' };
const unescape = (text: string): string => text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, one: string) => (code ? String.fromCharCode(parseInt(code, 16)) : escapes[one] ?? one));

/** Longer expressions are not written by people. */
const longest = 20_000;
const deepest = 2000;

class Unreadable extends Error {}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const found = shapes.some(([kind, shape]) => {
      shape.lastIndex = at;
      const match = shape.exec(text);
      if (!match) return false;
      at = shape.lastIndex;
      const raw = match[0];
      if (kind === 'string' || kind === 'quoted') tokens.push({ kind, text: unescape(raw.slice(1, -1)) });
      else if (kind === 'variable') tokens.push({ kind, text: raw.slice(1).replace(/^[`'](.*)[`']$/, '$1') });
      else if (kind !== 'space') tokens.push({ kind, text: kind === 'own' ? raw.slice(1) : raw });
      return true;
    });
    if (!found) throw new Unreadable();
  }
  return tokens;
}

/** From what binds least to what binds most; `is` and `as` stand between `|` and `+`. */
const levels: readonly ReadonlySet<string>[] = [['implies'], ['or', 'xor'], ['and'], ['in', 'contains'], ['=', '~', '!=', '!~'], ['<=', '<', '>', '>='], ['|']].map((level) => new Set(level));
const sums = new Set(['+', '-', '&']);
const products = new Set(['*', '/', 'div', 'mod']);
const calendarUnits = new Set(['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'].flatMap((unit) => [unit, `${unit}s`]));
const end: Token = { kind: 'end', text: '' };

class Parser {
  #at = 0;
  #depth = 0;

  constructor(readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.#level(0);
    if (this.#next !== end) throw new Unreadable();
    return expression;
  }

  get #next(): Token {
    return this.tokens[this.#at] ?? end;
  }

  #takes(text: string): boolean {
    const { kind, text: found } = this.#next;
    const is = found === text && (kind === 'sign' || kind === 'name');
    if (is) this.#at++;
    return is;
  }

  #must(text: string): void {
    if (!this.#takes(text)) throw new Unreadable();
  }

  #operator(of: ReadonlySet<string>): string | null {
    const { kind, text } = this.#next;
    if ((kind !== 'sign' && kind !== 'name') || !of.has(text)) return null;
    this.#at++;
    return text;
  }

  #chain(of: ReadonlySet<string>, operand: () => Expression): Expression {
    let left = operand();
    for (let operator = this.#operator(of); operator !== null; operator = this.#operator(of)) left = { is: 'binary', operator, left, right: operand() };
    return left;
  }

  #level(index: number): Expression {
    if (++this.#depth > deepest) throw new Unreadable();
    const level = levels[index];
    const expression = level ? this.#chain(level, () => this.#level(index + 1)) : this.#typed();
    this.#depth--;
    return expression;
  }

  #typed(): Expression {
    let of = this.#chain(sums, () => this.#chain(products, () => this.#signed()));
    for (;;) {
      const operator = this.#takes('is') ? 'is' : this.#takes('as') ? 'as' : null;
      if (!operator) return of;
      of = { is: 'type', operator, of, type: this.#typeName() };
    }
  }

  #typeName(): string {
    let name = this.#name();
    while (this.#takes('.')) name = this.#name();
    return name;
  }

  #signed(): Expression {
    if (++this.#depth > deepest) throw new Unreadable();
    const sign = this.#takes('-') ? true : this.#takes('+') ? false : null;
    const expression: Expression = sign === null ? this.#path() : { is: 'sign', minus: sign, of: this.#signed() };
    this.#depth--;
    return expression;
  }

  #path(): Expression {
    let of = this.#term();
    for (;;) {
      if (this.#takes('.')) of = this.#next.kind === 'own' ? this.#own() : this.#invoke(of);
      else if (this.#takes('[')) {
        of = { is: 'at', of, index: this.#level(0) };
        this.#must(']');
      } else return of;
    }
  }

  #name(): string {
    const { kind, text } = this.#next;
    if (kind !== 'name' && kind !== 'quoted') throw new Unreadable();
    this.#at++;
    return text;
  }

  #own(): Expression {
    return { is: 'own', name: this.tokens[this.#at++]!.text };
  }

  #invoke(of: Expression | null): Expression {
    const name = this.#name();
    if (!this.#takes('(')) return { is: 'member', of, name };
    const args: Expression[] = [];
    if (!this.#takes(')')) {
      do args.push(this.#level(0)); while (this.#takes(','));
      this.#must(')');
    }
    return { is: 'call', of, name, args };
  }

  #number(text: string): Expression {
    const { kind, text: unit } = this.#next;
    const value = Number(text);
    if (kind === 'string' || (kind === 'name' && calendarUnits.has(unit))) {
      this.#at++;
      return { is: 'quantity', value, unit };
    }
    return { is: 'number', value, whole: !text.includes('.') };
  }

  #term(): Expression {
    if (this.#takes('(')) {
      const inner = this.#level(0);
      this.#must(')');
      return inner;
    }
    if (this.#takes('{')) {
      this.#must('}');
      return { is: 'empty' };
    }
    const { kind, text } = this.#next;
    if (kind === 'own') return this.#own();
    if (kind === 'name' || kind === 'quoted') {
      if (kind === 'quoted' || (text !== 'true' && text !== 'false')) return this.#invoke(null);
      this.#at++;
      return { is: 'boolean', value: text === 'true' };
    }
    this.#at++;
    if (kind === 'variable') return { is: 'variable', name: text };
    if (kind === 'string') return { is: 'literal', kind, text };
    if (kind === 'number') return this.#number(text);
    if (kind !== 'date') throw new Unreadable();
    if (text.startsWith('@T')) return { is: 'literal', kind: 'time', text: text.slice(2) };
    return { is: 'literal', kind: text.includes('T') ? 'dateTime' : 'date', text: text.slice(1).replace(/T$/, '') };
  }
}

/** Reads an expression, or gives null. */
export function parseExpression(text: string): Expression | null {
  if (text.length > longest) return null;
  try {
    return new Parser(tokenize(text)).whole();
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
}
