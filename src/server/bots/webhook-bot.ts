/**
 * An external bot (src/bots/README.md): each turn is posted to its address, signed, and its answer is taken only as the schema has it. What fails for now is
 * tried again under the same key; what the bot refuses, or answers wrongly, is not. Nothing that was said reaches a log or an error.
 */
import { backoffMs } from '../../base/backoff.js';
import { CareError } from '../../base/care-error.js';
import { refuse } from '../../base/refuse.js';
import { err, ok, type Result } from '../../base/result.js';
import type { Validator } from '../../protocol/schema/validate.js';
import type { BotAnswer } from '../../protocol/types.js';
import type { Clock } from '../clock.js';
import type { WebhookConfig } from '../config/config.js';
import type { Bot } from './bot.js';
import { signatureHeader, signatureOf } from './signature.js';

export interface WebhookDeps {
  readonly clock: Clock;
  readonly validator: Pick<Validator, 'check'>;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
}

const tries = 3;
const retryBaseMs = 400;
/** As much as an answer may have; a turn is a few hundred bytes. */
const answerBytes = 65_536;

const again = (status: number): boolean => status >= 500 || status === 408 || status === 429;
const badAnswer = (): Result<never> => refuse('bad-answer', { retryable: false });

/** The body, as long as it is no more than allowed. */
async function readLimited(response: Response): Promise<string | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > answerBytes) return null;
    text += decoder.decode(chunk as Uint8Array, { stream: true });
  }
  return text + decoder.decode();
}

async function readAnswer(response: Response, { validator }: WebhookDeps): Promise<Result<BotAnswer>> {
  if (response.status !== 200) {
    await response.body?.cancel();
    return again(response.status) ? refuse('network', { retryable: true }) : badAnswer();
  }
  if (!/^application\/json\b/i.test(response.headers.get('content-type') ?? '')) return badAnswer();
  const text = await readLimited(response);
  if (text === null) return badAnswer();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return badAnswer();
  }
  const refusal = validator.check('BotAnswer', body);
  return refusal ? err(new CareError('bad-answer', 'the answer is not what its schema says', { details: refusal.errors })) : ok(body as BotAnswer);
}

/** One try, in bounded time. */
async function post(webhook: WebhookConfig, turnId: string, body: string, deps: WebhookDeps, stopped: AbortSignal): Promise<Result<BotAnswer>> {
  const late = new AbortController();
  const cancel = deps.clock.after(webhook.timeoutMs, () => late.abort());
  try {
    const response = await fetch(webhook.url, {
      method: 'POST',
      // Whoever it would lead to is not whom the clinic has named.
      redirect: 'manual',
      signal: AbortSignal.any([late.signal, stopped]),
      headers: { 'content-type': 'application/json', accept: 'application/json', 'idempotency-key': turnId, [signatureHeader]: signatureOf(webhook.secret, body, deps.clock.now()) },
      body,
    });
    return await readAnswer(response, deps);
  } catch (error) {
    if (error instanceof TypeError && (error as { code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return badAnswer();
    return refuse(late.signal.aborted ? 'timeout' : 'network', { retryable: true });
  } finally {
    cancel();
  }
}

const pause = (clock: Clock, delayMs: number, stopped: AbortSignal): Promise<void> => new Promise((resolve) => {
  const done = (): void => {
    cancel();
    stopped.removeEventListener('abort', done);
    resolve();
  };
  const cancel = clock.after(delayMs, done);
  stopped.addEventListener('abort', done);
});

/** A bot behind a webhook. */
export function createWebhookBot(webhook: WebhookConfig, deps: WebhookDeps): Bot {
  const { clock, random = Math.random } = deps;
  return {
    async answer({ offered: _offered, missed: _missed, opened, ...request }, stopped) {
      const body = JSON.stringify(request);
      for (let attempt = 0; ; attempt++) {
        const answer = await post(webhook, request.turnId, body, deps, stopped);
        // Whoever waits for an answer would wait for good.
        if (answer.ok && answer.value.turns.length === 0 && !answer.value.handoff && !opened) return badAnswer();
        if (answer.ok || !answer.error.retryable || attempt + 1 === tries || stopped.aborted) return answer;
        await pause(clock, backoffMs(attempt, { baseMs: retryBaseMs, random }), stopped);
      }
    },
  };
}
