/**
 * Bots as participants: what a visitor does while a bot has the conversation is answered by it, one turn after the other, into the same log that
 * everybody reads. A bot is asked without holding the conversation up; what it answers counts only if it still has the conversation by then.
 * What is not answered when the server stops is found in the log when it starts.
 */
import type { Result } from '../../base/result.js';
import type { Logger } from '../../base/logger.js';
import type { Validator } from '../../protocol/schema/validate.js';
import type { BotAnswer, Button, By } from '../../protocol/types.js';
import type { Clock } from '../clock.js';
import { findWidget, type BotConfig, type Config, type WidgetConfig } from '../config/config.js';
import type { Presence } from '../desk/presence.js';
import { handedOver, isWithBot } from '../hub/bot-rules.js';
import type { Decision } from '../hub/decision.js';
import { systemBy } from '../hub/principal.js';
import { nameOfForm } from '../hub/pre-chat.js';
import { refuse } from '../hub/problems.js';
import type { LiveConnection, Registry } from '../hub/registry.js';
import { createSerial } from '../hub/serial.js';
import type { SubmitDeps } from '../hub/submit.js';
import type { ConversationRow, StoredEvent } from '../store/store.js';
import { createAlarm } from './alarm.js';
import type { Bot } from './bot.js';
import { isSayable } from './check-answer.js';
import { createGuideBot } from './guide-bot.js';
import { answerEvents, botBy } from './turn-events.js';
import { inputOf, isCheck, isStanding, missedIn, offeredIn, opensChecker, openTriggers, triggersOf, type Trigger } from './triggers.js';
import { createWebhookBot } from './webhook-bot.js';

export interface BotsDeps {
  readonly config: Config;
  readonly submitting: SubmitDeps;
  readonly registry: Pick<Registry, 'followers'>;
  readonly presence: Pick<Presence, 'visitor'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly validator: Pick<Validator, 'check'>;
}

export interface Bots {
  /** Answers what was left unanswered. Call once at start. */
  start(): Promise<void>;
  /** Somebody begins to follow a conversation: learns that a bot is about to answer. */
  onFollow(connection: LiveConnection, stream: string): void;
  /** Asks nobody any more, and resolves when nothing is under way. */
  stop(): Promise<void>;
}

/** A receiver forgets typing after 6 s. */
const typingEveryMs = 4_000;
const againMs = 2_000;
const pageSize = 200;
/** Events that are looked at for what is still to be answered. */
const lookBack = 100;

/** Creates the bots of a configuration. They answer from now on. */
export function createBots(deps: BotsDeps): Bots {
  const { config, submitting, registry, presence, clock, log } = deps;
  const { store, ledger } = submitting;
  const queues = createSerial();
  const stopped = new AbortController();
  const speakers = new Map<BotConfig, Bot>();
  const alarm = createAlarm();
  /** Conversations in which a bot is about to answer, and as whom. */
  const typing = new Map<string, By>();

  const speakerOf = (bot: BotConfig): Bot => {
    const { speaks } = bot;
    const known = speakers.get(bot) ?? ('guide' in speaks ? createGuideBot(speaks.guide) : createWebhookBot(speaks.webhook, deps));
    speakers.set(bot, known);
    return known;
  };

  const tellTyping = (id: string, by: By, on: boolean): void => {
    for (const follower of registry.followers(id)) follower.sendLight({ t: 'typing', d: { stream: id, who: by.id, ...(by.name !== undefined && { name: by.name }), on } });
  };
  /** Shows at once that the bot is about to answer, until it has. */
  const whileTyping = async <T>(id: string, by: By, work: () => Promise<T>): Promise<T> => {
    let cancel = (): void => {};
    const tell = (): void => {
      tellTyping(id, by, true);
      cancel = clock.after(typingEveryMs, tell);
    };
    typing.set(id, by);
    tell();
    try {
      return await work();
    } finally {
      cancel();
      typing.delete(id);
      tellTyping(id, by, false);
    }
  };

  /** What the bot answers, checked; what it may not say is as no answer. */
  const ask = async (row: ConversationRow, widget: WidgetConfig, bot: BotConfig, trigger: Trigger, locale: string): Promise<Result<BotAnswer>> => {
    if (isCheck(trigger.event) && isStanding(await store.readBefore(row.id, Number.MAX_SAFE_INTEGER, lookBack))) return { ok: true, value: { turns: [] } };
    const before = await store.readBefore(row.id, trigger.event.seq, lookBack);
    const offered = offeredIn(before);
    const input = inputOf(trigger, offered, (questionnaire) => [...widget.forms].find(([, form]) => nameOfForm(form) === questionnaire)?.[0] ?? 'unknown');
    const person = input.kind === 'action' && input.text !== undefined ? offered.find(({ id }) => id === input.buttonId) : undefined;
    if (person && isPerson(person)) return { ok: true, value: { turns: [], handoff: { ...(person.to !== undefined && { departmentId: person.to }) } } };
    const alarmed = 'guide' in bot.speaks ? alarm(widget, input, locale) : null;
    if (alarmed) return { ok: true, value: alarmed };
    const answer = await speakerOf(bot).answer({
      v: 1, turnId: trigger.event.id, botId: bot.id, widgetId: widget.id, conversationId: row.id, locale, at: trigger.event.at, input, offered, opened: opensChecker(trigger, before), missed: missedIn(before),
    }, stopped.signal);
    return !answer.ok || isSayable(answer.value, widget) ? answer : refuse('invalid');
  };

  /** Writes what follows, if the bot still has the conversation. */
  const commit = (id: string, botId: string, { event }: Trigger, decide: (row: ConversationRow) => Decision | null): Promise<void> => submitting.serial.run(id, async () => {
    const row = await store.conversation(id);
    const decision = row && isWithBot(row) ? decide(row) : null;
    const [first, ...rest] = decision?.events ?? [];
    if (!decision || !first) return;
    await ledger.commit({ ...decision, events: [{ ...first, dev: `bot:${botId}`, cmid: `turn-${event.id}`, fp: '' }, ...rest], at: submitting.now() });
  });

  const take = async (id: string, trigger: Trigger): Promise<void> => {
    const row = stopped.signal.aborted ? null : await store.conversation(id);
    const widget = row && isWithBot(row) ? findWidget(config, row.widgetId) : undefined;
    if (!row || !widget?.bot) return;
    const { bot } = widget;
    // Before the server was stopped, or while the store did not answer.
    if (await store.known(id, `bot:${bot.id}`, `turn-${trigger.event.id}`)) return;
    const locale = wanted(row, widget) ?? presence.visitor(row.visitorId).locale ?? row.locale ?? widget.languages[0] ?? 'en';
    await whileTyping(id, botBy(bot, locale), async () => {
      const answer = await ask(row, widget, bot, trigger, locale);
      if (stopped.signal.aborted) return;
      if (answer.ok) return commit(id, bot.id, trigger, (now) => answerEvents(submitting, now, bot, answer.value, locale));
      log.warn('bot.failed', { botId: bot.id, conversationId: id, code: answer.error.code });
      return commit(id, bot.id, trigger, (now) => handedOver(submitting, now, systemBy, { cause: 'failed' }));
    });
  };

  const queue = (id: string, trigger: Trigger): void => {
    queues.run(id, () => take(id, trigger)).catch((error: unknown) => {
      log.error('bot.not-written', { conversationId: id, reason: (error as { code?: string }).code ?? 'unknown' });
      // The store could not take it for now.
      if (!stopped.signal.aborted) clock.after(againMs, () => queue(id, trigger));
    });
  };

  const off = ledger.onCommitted(({ events, conversation }) => {
    if (!conversation || !isWithBot(conversation)) return;
    for (const trigger of triggersOf(events.filter((event) => event.stream === conversation.id))) queue(conversation.id, trigger);
  });

  const takeUp = async ({ id }: ConversationRow): Promise<void> => {
    const events: readonly StoredEvent[] = await store.readBefore(id, Number.MAX_SAFE_INTEGER, lookBack);
    for (const trigger of openTriggers(events)) queue(id, trigger);
  };

  return {
    async start() {
      for (let before: Pick<ConversationRow, 'createdAt' | 'id'> | null = null; ;) {
        const rows: readonly ConversationRow[] = await store.conversations({ status: 'waiting', limit: pageSize, ...(before && { before }) });
        for (const row of rows) if (isWithBot(row)) await takeUp(row);
        before = rows.at(-1) ?? null;
        if (rows.length < pageSize) return;
      }
    },
    onFollow(connection, stream) {
      const by = typing.get(stream);
      if (by) connection.sendLight({ t: 'typing', d: { stream, who: by.id, ...(by.name !== undefined && { name: by.name }), on: true } });
    },
    async stop() {
      off();
      stopped.abort();
      await queues.idle();
    },
  };
}

/** The language that an answer asked for, where the widget offers it. */
const wanted = ({ language }: ConversationRow, { languages }: WidgetConfig): string | null =>
  (language !== null && languages.some((offered) => primaryOf(offered) === primaryOf(language)) ? language : null);
const primaryOf = (tag: string): string => tag.toLowerCase().split('-')[0] ?? tag;

const isPerson = (button: Button): boolean => button.do === 'handoff' || button.do === 'department';
