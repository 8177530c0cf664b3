/** A subcommand as a person or a CI job calls it, with files of its own that are gone afterwards. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { runCli } from '../../../src/cli/run-cli.js';

export interface CliCall {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export interface CliCalls {
  readonly folder: string;
  /** Writes a file: JSON, or text as it is. */
  file(name: string, content: unknown): string;
  call(...args: readonly string[]): Promise<CliCall>;
}

export function prepareCli(command: string): CliCalls {
  const folder = mkdtempSync(join(tmpdir(), `care-chat-${command}-`));
  after(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    file(name, content) {
      const path = join(folder, name);
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
      return path;
    },
    async call(...args) {
      const out: string[] = [];
      const error: string[] = [];
      const code = await runCli([command, ...args], { env: {}, out: (line) => out.push(line), error: (line) => error.push(line), readInput: async () => null, stopRequested: async () => {} });
      return { code, out: out.join('\n'), error: error.join('\n') };
    },
  };
}
