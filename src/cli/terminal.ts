/** What a command needs of the terminal and the process, so that tests run commands without either. */

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line for the person or the next program. */
  out(line: string): void;
  /** A line about what went wrong. */
  error(line: string): void;
  /** All of standard input, as text; null where it is a keyboard. */
  readInput(): Promise<string | null>;
  /** Resolves at the first request to stop (SIGINT, SIGTERM). */
  stopRequested(): Promise<void>;
}

/** Exit codes of every command. */
export const exit = { ok: 0, failure: 1, usage: 2 } as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** A mistake in how a command was called: shown with a hint at `--help`, exit code 2. */
export class UsageError extends Error {}

/** The process's own terminal. */
export function createTerminal(): Terminal {
  return {
    env: process.env,
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    async readInput() {
      if (process.stdin.isTTY) return null;
      let text = '';
      process.stdin.setEncoding('utf8');
      for await (const chunk of process.stdin) text += String(chunk);
      return text;
    },
    stopRequested: () => new Promise((resolve) => {
      let asked = false;
      const stop = (): void => {
        // Whoever asks twice does not want to wait for connections to be told.
        if (asked) process.exit(exit.failure);
        asked = true;
        resolve();
      };
      process.on('SIGINT', stop);
      process.on('SIGTERM', stop);
    }),
  };
}
