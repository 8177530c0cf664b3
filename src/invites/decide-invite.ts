/**
 * Whether to offer a chat now, later or never on this page, and why: rules as data, signals as input. Pure and total; it never looks at
 * the page, stores nothing, and knows nothing of what a patient types.
 */

/** What the host knows at this moment. */
export interface InviteSignals {
  /** The clinic's own name of the page; null where it has none. */
  readonly pageName: string | null;
  readonly onPageMs: number;
  /** Pages seen in this visit, this one included. */
  readonly pagesSeen: number;
  readonly available: boolean;
  /** Already chatting, or the panel is open. */
  readonly inChat: boolean;
  /** How often this invite was shown in this visit. */
  readonly shownThisVisit: number;
  /** When any invite was last shown or declined, milliseconds since the epoch, UTC; null for never. */
  readonly lastShownAt: number | null;
  readonly now: number;
}

export type InviteCondition =
  | { readonly page: readonly string[] }
  | { readonly onPageAtLeastMs: number }
  | { readonly pagesSeenAtLeast: number }
  | { readonly available: boolean }
  | { readonly all: readonly InviteCondition[] }
  | { readonly any: readonly InviteCondition[] }
  | { readonly not: InviteCondition };

export interface InviteRule {
  readonly id: string;
  readonly when: InviteCondition;
  /** Default true. */
  readonly oncePerVisit?: boolean;
  /** Least time since any invite. Default 0. */
  readonly coolDownMs?: number;
}

/** One reason: a part of the rule, and whether it holds. */
export interface InviteReason {
  readonly rule: string;
  readonly reason: 'page' | 'time-on-page' | 'pages-seen' | 'availability' | 'in-chat' | 'once-per-visit' | 'cool-down';
  readonly holds: boolean;
}

export interface InviteDecision {
  readonly decision: 'now' | 'later' | 'never';
  /** The rule that decided `now`. */
  readonly rule: string | null;
  readonly why: readonly InviteReason[];
  /** For `later`: when to look again if nothing else happens; null where only an event (a page, availability) can change it. */
  readonly lookAgainInMs: number | null;
}

/** met; waiting (time or an event on this page can meet it); out: not on this page any more. */
interface Verdict {
  readonly state: 'met' | 'waiting' | 'out';
  readonly inMs: number | null;
}

const met: Verdict = { state: 'met', inMs: null };
const out: Verdict = { state: 'out', inMs: null };
const waiting = (inMs: number | null): Verdict => ({ state: 'waiting', inMs });
const soonest = (times: readonly (number | null)[]): number | null => times.reduce((least, time) => (time === null ? least : least === null ? time : Math.min(least, time)), null);
const latest = (times: readonly (number | null)[]): number | null => (times.some((time) => time === null) ? null : Math.max(...times.map((time) => time ?? 0)));

function judgeAll(parts: readonly Verdict[]): Verdict {
  if (parts.some((part) => part.state === 'out')) return out;
  const open = parts.filter((part) => part.state === 'waiting');
  return open.length === 0 ? met : waiting(latest(open.map((part) => part.inMs)));
}

function judgeAny(parts: readonly Verdict[]): Verdict {
  if (parts.some((part) => part.state === 'met')) return met;
  const open = parts.filter((part) => part.state === 'waiting');
  return open.length === 0 ? out : waiting(soonest(open.map((part) => part.inMs)));
}

/** A denial holds while its part does not. Time only grows: once too late, too late for this page; availability may come and go. */
function judgeNot(condition: InviteCondition, signals: InviteSignals, note: (reason: InviteReason['reason'], holds: boolean) => void): Verdict {
  if ('not' in condition) return judge(condition.not, signals, note);
  if ('all' in condition) return judgeAny(condition.all.map((part) => judgeNot(part, signals, note)));
  if ('any' in condition) return judgeAll(condition.any.map((part) => judgeNot(part, signals, note)));
  if ('available' in condition) return judge({ available: !condition.available }, signals, note);
  return judge(condition, signals, (reason, holds) => note(reason, !holds)).state === 'met' ? out : met;
}

function judge(condition: InviteCondition, signals: InviteSignals, note: (reason: InviteReason['reason'], holds: boolean) => void): Verdict {
  const tell = (reason: InviteReason['reason'], holds: boolean, otherwise: Verdict): Verdict => {
    note(reason, holds);
    return holds ? met : otherwise;
  };
  if ('all' in condition) return judgeAll(condition.all.map((part) => judge(part, signals, note)));
  if ('any' in condition) return judgeAny(condition.any.map((part) => judge(part, signals, note)));
  if ('not' in condition) return judgeNot(condition.not, signals, note);
  if ('page' in condition) return tell('page', signals.pageName !== null && condition.page.includes(signals.pageName), out);
  if ('onPageAtLeastMs' in condition) return tell('time-on-page', signals.onPageMs >= condition.onPageAtLeastMs, waiting(condition.onPageAtLeastMs - signals.onPageMs));
  if ('pagesSeenAtLeast' in condition) return tell('pages-seen', signals.pagesSeen >= condition.pagesSeenAtLeast, out);
  return tell('availability', signals.available === condition.available, waiting(null));
}

function judgeRule(rule: InviteRule, signals: InviteSignals, why: InviteReason[]): Verdict {
  const note = (reason: InviteReason['reason'], holds: boolean): void => void why.push({ rule: rule.id, reason, holds });
  const caps: Verdict[] = [];
  if ((rule.oncePerVisit ?? true) && signals.shownThisVisit > 0) {
    note('once-per-visit', false);
    caps.push(out);
  }
  // A clock that was set back must not silence an invite for years.
  const since = signals.lastShownAt === null ? Infinity : Math.max(0, signals.now - signals.lastShownAt);
  const left = (rule.coolDownMs ?? 0) - since;
  if (left > 0) {
    note('cool-down', false);
    caps.push(waiting(left));
  }
  return judgeAll([...caps, judge(rule.when, signals, note)]);
}

/** Decides for one page at one moment. The first rule that is met wins; nobody who is chatting is invited. */
export function decideInvite(rules: readonly InviteRule[], signals: InviteSignals): InviteDecision {
  const why: InviteReason[] = [];
  if (signals.inChat) return { decision: 'never', rule: null, why: rules.map(({ id }) => ({ rule: id, reason: 'in-chat', holds: false })), lookAgainInMs: null };
  const verdicts = rules.map((rule) => ({ rule, verdict: judgeRule(rule, signals, why) }));
  const winner = verdicts.find(({ verdict }) => verdict.state === 'met');
  if (winner) return { decision: 'now', rule: winner.rule.id, why: why.filter(({ rule }) => rule === winner.rule.id), lookAgainInMs: null };
  const open = verdicts.filter(({ verdict }) => verdict.state === 'waiting');
  return { decision: open.length > 0 ? 'later' : 'never', rule: null, why, lookAgainInMs: soonest(open.map(({ verdict }) => verdict.inMs)) };
}
