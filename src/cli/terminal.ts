/** What a command needs of the terminal and the process, so that tests run commands without either. */

export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A line for the person or the next program. */
  out(line: string): void;
  /** A line about what went wrong. */
  error(line: string): void;
  /** A line that the next one takes the place of; undefined where nobody watches (a pipe, a file). */
  readonly progress?: ((text: string) => void) | undefined;
  /** All of standard input, as text; null where it is a keyboard. */
  readInput(): Promise<string | null>;
  /** Resolves at the first request to stop (SIGINT, SIGTERM). */
  stopRequested(): Promise<void>;
}

/** Exit codes of every command; `unreachable`: there is no server where one was to be tested. */
export const exit = { ok: 0, failure: 1, usage: 2, unreachable: 3 } as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** A mistake in how a command was called: shown with a hint at `--help`, exit code 2. */
export class UsageError extends Error {}

/** The process's own terminal. */
export function createTerminal(): Terminal {
  const isWatched = process.stdout.isTTY;
  // Whoever read has read enough (`| head`).
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => code === 'EPIPE' && process.exit(exit.ok));
  // Erases what a line of progress left behind.
  const clear = isWatched ? '\r\u001b[2K' : '';
  return {
    env: process.env,
    out: (line) => void process.stdout.write(`${clear}${line}\n`),
    progress: isWatched ? (text) => void process.stdout.write(`${clear}${text.slice(0, process.stdout.columns - 1)}`) : undefined,
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
