/** Whether somebody is there, as far as is known, from the first question to the chat. */
import { isThere } from './start-views.js';
import type { StartHost, StartState } from './start-context.js';

export interface WhoIsThere {
  isHere(): boolean;
  /** The visitor begins: who begins with nobody there has chosen to, and is not told again. */
  begin(): void;
  /** Asks again, at most so often, while questions are answered, and as the chat is to begin; `state.gone` says what came of it. */
  look(everyMs?: number): Promise<void>;
}

/** How old what is known may be. */
const lookEveryMs = 10_000;

/** Asks nothing before the first look. */
export function createWhoIsThere({ session: { client, ports }, requestUpdate }: Pick<StartHost, 'session' | 'requestUpdate'>, state: StartState): WhoIsThere {
  let wasThere = true;
  let lookedAt = ports.clock.now();
  const isHere = (): boolean => {
    const { value } = client.snapshot;
    return isThere(value, state.departmentId ?? value.widget?.departments[0]?.id);
  };
  return {
    isHere,
    begin() {
      wasThere = isHere();
      state.gone = false;
    },
    async look(everyMs = lookEveryMs) {
      const now = ports.clock.now();
      if (!wasThere || state.gone || !client.snapshot.value.widget?.offline || Math.abs(now - lookedAt) < everyMs) return;
      lookedAt = now;
      await client.load(true);
      state.gone = !isHere();
      requestUpdate();
    },
  };
}
