/**
 * Finds payment card numbers and US social security numbers in free text, in linear time: candidates by one pass over digit runs,
 * then rules. Sources: ISO/IEC 7812 (Luhn, issuer prefixes), SSA's rules of 2011-06-25 for numbers that cannot exist. Pure; runs in
 * browser and server. Finding is a help, not a promise: masking is not de-identification.
 */

export type SensitiveKind = 'card' | 'ssn';

/** Where something sensitive is; UTF-16 offsets, `end` exclusive. */
export interface Sensitive {
  readonly kind: SensitiveKind;
  readonly start: number;
  readonly end: number;
}

interface Digits {
  readonly text: string;
  /** Offset of each digit. */
  readonly at: readonly number[];
}

const isDigit = (code: number): boolean => (code >= 48 && code <= 57) || (code >= 0xff10 && code <= 0xff19) || (code >= 0x660 && code <= 0x669) || (code >= 0x6f0 && code <= 0x6f9);
/** ASCII, full-width, Arabic-Indic and Persian digits end in their value. */
const valueOf = (code: number): string => String(code >= 0xff10 ? code - 0xff10 : code & 0xf);

const dashes = '-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d';
const spaces = ' \u00a0\u2009\u202f';
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/;

/** What kind of separator a character is, or null. */
const separatorOf = (char: string): 'dash' | 'space' | 'dot' | null => (dashes.includes(char) ? 'dash' : spaces.includes(char) ? 'space' : char === '.' ? 'dot' : null);

function luhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    sum += i % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}

const issuers = /^(4|5[0-8]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[47]|6|352[89]|35[3-8]|30[0-5]|3095|36|38|39)/;

const isCard = (digits: string): boolean => digits.length >= 12 && digits.length <= 19 && issuers.test(digits) && !/^(.)\1*$/.test(digits) && luhn(digits);

/** Runs of digits with at most one separator (and any invisible characters) between two; dots break a card but not an SSN. */
function* runs(text: string): Generator<Digits & { readonly separators: readonly (ReturnType<typeof separatorOf> | '')[] }> {
  let digits = '';
  let at: number[] = [];
  let separators: (ReturnType<typeof separatorOf> | '')[] = [];
  let pending: ReturnType<typeof separatorOf> | '' = '';
  for (let i = 0; i <= text.length; i++) {
    const char = text[i] ?? '';
    const code = char === '' ? -1 : char.charCodeAt(0);
    if (isDigit(code)) {
      if (digits !== '') separators.push(pending);
      digits += valueOf(code);
      at.push(i);
      pending = '';
      continue;
    }
    if (digits === '' || (char !== '' && invisible.test(char))) continue;
    const separator = char === '' ? null : separatorOf(char);
    if (separator !== null && pending === '') {
      pending = separator;
      continue;
    }
    yield { text: digits, at, separators };
    digits = '';
    at = [];
    separators = [];
    pending = '';
  }
}

/** Groups of digits that stand together: from each start of a group to each end of one, so that a number beside a card does not hide it. */
function findCards(run: Digits & { readonly separators: readonly unknown[] }, found: Sensitive[]): void {
  if (run.text.length < 12) return;
  const starts = [0, ...run.separators.flatMap((separator, index) => (separator === '' ? [] : [index + 1]))];
  const ends = new Set([...starts.slice(1), run.text.length]);
  let after = 0;
  for (const start of starts) {
    // Every issuer's numbers begin with 2 to 6: this keeps long lists of other numbers cheap.
    if (start < after || !/[2-6]/.test(run.text[start]!)) continue;
    for (let length = Math.min(19, run.text.length - start); length >= 12; length--) {
      const end = start + length;
      if (!ends.has(end) || !isCard(run.text.slice(start, end)) || run.separators.slice(start, end - 1).includes('dot')) continue;
      found.push({ kind: 'card', start: run.at[start]!, end: run.at[end - 1]! + 1 });
      after = end;
      break;
    }
  }
}

/** Words after which nine digits are a social security number, also a mistyped one. */
const ssnCue = /(?:\bssn|\bsocial(?: security)?|\bseguro social|الضمان)[^\d\n]{0,20}$/i;

const exists = (digits: string): boolean => !/^(000|666|9)/.test(digits) && digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000';

function findSsns(run: Digits & { readonly separators: readonly unknown[] }, text: string, found: Sensitive[]): void {
  const { separators, at } = run;
  for (let i = 0; i + 9 <= run.text.length; i++) {
    if (separators[i] !== '' || separators[i + 1] !== '') continue;
    const before = i === 0 ? 'edge' : separators[i - 1];
    const after = i + 9 === run.text.length ? 'edge' : separators[i + 8];
    if (before === '' || after === '') continue;
    const inner = separators.slice(i, i + 8);
    const [first, second] = [inner[2], inner[4]];
    const rest = inner.filter((_, index) => index !== 2 && index !== 4);
    const grouped = first !== '' && first === second && rest.every((separator) => separator === '');
    // One digit group more with the same separator makes it another kind of number.
    const alone = before !== first && after !== first;
    const bare = inner.every((separator) => separator === '');
    if (!(grouped && (alone || first === 'space')) && !bare) continue;
    const cued = ssnCue.test(text.slice(Math.max(0, at[i]! - 40), at[i]!));
    if (cued || (grouped && alone && exists(run.text.slice(i, i + 9)))) {
      found.push({ kind: 'ssn', start: at[i]!, end: at[i + 8]! + 1 });
      i += 8;
    }
  }
}

/** Everything sensitive in a text, in order and without overlap. */
export function findSensitive(text: string): readonly Sensitive[] {
  const found: Sensitive[] = [];
  for (const run of runs(text)) {
    const cards: Sensitive[] = [];
    const ssns: Sensitive[] = [];
    findCards(run, cards);
    findSsns(run, text, ssns);
    found.push(...cards, ...ssns.filter((ssn) => !cards.some((card) => ssn.start < card.end && card.start < ssn.end)));
  }
  return found.sort((a, b) => a.start - b.start);
}
