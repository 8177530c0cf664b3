/** What the runner asks of a bot, whoever speaks it. */
import type { Result } from '../../base/result.js';
import type { BotAnswer, BotRequest, Button } from '../../protocol/types.js';

/** One turn to be answered. */
export interface BotInput extends BotRequest {
  /** Buttons of the bot's last turn, for who answers in words. */
  readonly offered: readonly Button[];
  /** What was pressed has opened a symptom checker: nothing need be said. */
  readonly opened: boolean;
  /** Messages before this one, in a row, that named no button. */
  readonly missed: number;
}

export interface Bot {
  /** Errors: `timeout`, `network`, `bad-answer`; a person takes over then. */
  answer(input: BotInput, signal: AbortSignal): Promise<Result<BotAnswer>>;
}
