/**
 * The adapter of our own backend, and an example for vendors: starts `care-chat serve` in a process of its own, stops it, kills it, gives it another
 * epoch by restoring a backup, and answers as staff. It knows the backend as its operator does, by the command line, and as an agent does, by the desk
 * profile; only clock and memory are asked of something that it loads into the server's process.
 *
 *   CARE_CHAT_CONFIG=clinic.json CARE_CHAT_DATA=/tmp/data CARE_CHAT_PORT=4100 \
 *     care-chat conformance --url http://localhost:4100 --level core,chaos --adapter …/dist/src/conformance/adapters/reference-adapter.js
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inside } from './inside-server.js';
import { createStaff, type Staff } from './staff.js';

interface ConfigFile {
  readonly agents?: readonly { readonly email: string; readonly password?: string; readonly departments: readonly string[] }[];
  readonly sessions?: { readonly accessTtlMs?: number };
  readonly limits?: Readonly<Record<string, number>>;
}

const command = fileURLToPath(new URL('../../cli/main.js', import.meta.url));
const inside = ['--expose-gc', '--import', new URL('./inside-server.js', import.meta.url).href];
const startMs = 30_000;
/** As the server has it where the file says nothing. */
const usualAccessTtlMs = 600_000;
let child: ChildProcess | null = null;
let staff: Staff | null = null;
let submitPerMin: number | null = null;

function need(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`the environment has no ${name}`);
  return value;
}

const readConfig = (): ConfigFile => JSON.parse(readFileSync(need('CARE_CHAT_CONFIG'), 'utf8')) as ConfigFile;

/** Beside the file, because paths in it are relative to its folder. */
const changedFile = (): string => `${need('CARE_CHAT_CONFIG')}.kit.json`;

/** The operator's file, or a copy with another rate. */
function configFile(): string {
  if (submitPerMin === null) return need('CARE_CHAT_CONFIG');
  const config = readConfig();
  writeFileSync(changedFile(), JSON.stringify({ ...config, limits: { ...config.limits, submitPerMin } }));
  return changedFile();
}

/** Who serves the most departments, and may sign in. */
function openStaff(): Staff {
  const [account] = (readConfig().agents ?? []).filter(({ password }) => password !== undefined).sort((one, two) => two.departments.length - one.departments.length);
  if (!account) throw new Error('the configuration has no agent with a password');
  return createStaff({ url: `http://localhost:${need('CARE_CHAT_PORT')}`, email: account.email, password: account.password! });
}

const onDesk = (): Staff => (staff ??= openStaff());

function leaveDesk(): void {
  staff?.leave();
  staff = null;
}

const run = (args: readonly string[], stdio: readonly ('pipe' | 'ignore' | 'inherit' | 'ipc')[], options: readonly string[] = []): ChildProcess =>
  spawn(process.execPath, [...options, command, ...args], { stdio: [...stdio], env: process.env });

// Nobody may be left with a server that the kit has forgotten.
process.once('exit', () => child?.kill('SIGKILL'));

/** Resolves when it says that it is ready. */
export async function start(): Promise<void> {
  const server = run(['serve', '--demo', '--config', configFile(), '--port', need('CARE_CHAT_PORT')], ['ignore', 'pipe', 'inherit', 'ipc'], inside);
  child = server;
  const ready = once(server.stdout!, 'data');
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the server is not ready in time')), startMs);
  });
  await Promise.race([ready, late, once(server, 'exit').then(() => Promise.reject(new Error('the server ended at its start')))]);
  clearTimeout(timer);
}

async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const server = child;
  child = null;
  leaveDesk();
  if (server === null || server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
}

export async function stop(): Promise<void> {
  await end('SIGTERM');
  rmSync(changedFile(), { force: true });
}

export async function restart(): Promise<void> {
  await end('SIGTERM');
  await start();
}

export async function kill9(): Promise<void> {
  await end('SIGKILL');
  await start();
}

/** Runs a command of the operator's to its end. */
async function operate(name: string, ...args: readonly string[]): Promise<void> {
  const [code] = await once(run([name, ...args, '--demo', '--config', need('CARE_CHAT_CONFIG')], ['ignore', 'ignore', 'inherit']), 'exit') as [number];
  if (code !== 0) throw new Error(`care-chat ${name} failed`);
}

export async function newEpoch(): Promise<void> {
  const copy = join(need('CARE_CHAT_DATA'), 'kit-copy.sqlite');
  rmSync(copy, { force: true });
  await operate('backup', '--to', copy);
  await end('SIGTERM');
  await operate('restore', '--from', copy);
  await start();
}

export const prune = ({ conversationId, upTo }: { readonly conversationId: string; readonly upTo: number }): Promise<void> =>
  operate('prune', '--conversation', conversationId, '--below', String(upTo + 1));

export const revoke = ({ visitorId }: { readonly visitorId: string }): Promise<void> => operate('visitor', 'revoke', '--visitor', visitorId);

/** A limit is read at the start. */
export async function setRate(input: { readonly submitPerMin: number | null }): Promise<void> {
  ({ submitPerMin } = input);
  await restart();
}

async function askInside(asked: Inside): Promise<Inside> {
  if (child === null) throw new Error('no server is running');
  const answer = once(child, 'message') as Promise<[Inside]>;
  child.send(asked);
  return (await answer)[0];
}

export async function now({ offsetMs }: { readonly offsetMs: number }): Promise<{ readonly now: number }> {
  await askInside({ offsetMs });
  return { now: Date.now() + offsetMs };
}

/** Everybody's tokens end, when the clock goes past the end of those that there are. */
export async function expireTokens(): Promise<void> {
  leaveDesk();
  await now({ offsetMs: (readConfig().sessions?.accessTtlMs ?? usualAccessTtlMs) + 1000 });
}

export const memory = (): Promise<Inside> => askInside({});

export const agentSend: Staff['agentSend'] = (input) => onDesk().agentSend(input);
export const typing: Staff['typing'] = (input) => onDesk().typing(input);
export const assign: Staff['assign'] = (input) => onDesk().assign(input);
export const transfer: Staff['transfer'] = (input) => onDesk().transfer(input);
export const close: Staff['close'] = (input) => onDesk().close(input);
export const setAvailability: Staff['setAvailability'] = (input) => onDesk().setAvailability(input);
