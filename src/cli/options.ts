/** Arguments of a command, read by `node:util`; its complaints become usage errors in plain words. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { loadConfig } from '../server/config/parse.js';
import type { Config } from '../server/config/config.js';
import { UsageError, type Terminal } from './terminal.js';

type OptionTable = NonNullable<ParseArgsConfig['options']>;
/** What `parseArgs` makes of a table of options. */
export type ReadOptions<T extends OptionTable> = ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>>;

/** Reads options and positionals. Throws `UsageError`. */
export function readOptions<const T extends OptionTable>(args: readonly string[], options: T): ReadOptions<T> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const words = error instanceof Error ? (error.message.split(/\. (?:To specify|Did you)/)[0] ?? '') : '';
    throw new UsageError(words.replace(/\.$/, ''));
  }
}

/** The value of an option that is needed. Throws `UsageError`. */
export function need(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is needed`);
  return value;
}

/** A port number; undefined where none was given. Throws `UsageError`. */
export function readPort(text: string | undefined, from: string): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageError(`${from} must be a port number from 0 to 65535`);
  return port;
}

/** The configuration a command was given; null after its mistakes were told. `CARE_CHAT_DATA` wins over the file's data folder. */
export function readConfig(path: string, demo: boolean, terminal: Terminal): Config | null {
  const config = loadConfig(path, { demo, dataDir: terminal.env['CARE_CHAT_DATA'] });
  if (config.ok) return config.value;
  terminal.error(config.error.message);
  return null;
}
