/**
 * The door for the command line into a running server: a Unix socket in the data folder, for the account that runs the server only.
 * One JSON object a line each way: `AdminCommand` → `{"ok":true,"value":…}` or `{"ok":false,"code":…,"message":…}`.
 */
import { rmSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { CareError, type CareErrorCode } from '../../base/care-error.js';
import type { Logger } from '../../base/logger.js';
import { err, ok, type Result } from '../../base/result.js';
import { parseAdminCommand, runAdminCommand, type AdminAnswer, type AdminCommand, type AdminScene } from './commands.js';

/** Longest line either side reads. */
const lineMax = 1_000_000;
const answerWithinMs = 30_000;

type Answer = { readonly ok: true; readonly value: AdminAnswer } | { readonly ok: false; readonly code: CareErrorCode; readonly message: string };

/** Calls `onLine` for each line; ends the connection on one that is too long. */
function readLines(socket: Socket, onLine: (line: string) => void): void {
  let held = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    held += chunk;
    if (held.length > lineMax) socket.destroy();
    for (let end = held.indexOf('\n'); end >= 0; end = held.indexOf('\n')) {
      const line = held.slice(0, end);
      held = held.slice(end + 1);
      onLine(line);
    }
  });
}

async function answerTo(line: string, scene: AdminScene): Promise<Answer> {
  let input: unknown;
  try {
    input = JSON.parse(line);
  } catch {
    input = null;
  }
  const command = parseAdminCommand(input);
  try {
    const result = command.ok ? await runAdminCommand(command.value, scene) : command;
    return result.ok ? result : { ok: false, code: result.error.code, message: result.error.message };
  } catch (error) {
    return { ok: false, code: 'internal', message: error instanceof CareError ? error.message : 'The server could not do it.' };
  }
}

/** Binds the socket so that it never exists with other rights than 0600: `listen` on a path makes the file before it returns. */
function listenPrivately(server: Server, file: string): void {
  const before = process.umask(0o177);
  try {
    server.listen(file);
  } finally {
    process.umask(before);
  }
}

/**
 * Listens on `file` (mode 0600), taking the place of what a killed server left there: call it only while holding the store.
 * Errors: `internal` in words (the path is too long for a socket, or the system has none): the server can go on without.
 */
export async function startAdminSocket({ file, logger, ...scene }: AdminScene & { readonly file: string; readonly logger: Logger }): Promise<Result<{ close(): Promise<void> }>> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    readLines(socket, (line) => {
      void answerTo(line, scene).then((answer) => {
        logger.info('admin.command', { ok: answer.ok, ...(answer.ok ? {} : { code: answer.code }) });
        if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`);
      });
    });
  });
  rmSync(file, { force: true });
  return new Promise((resolve) => {
    server.once('error', (cause) => resolve(err(new CareError('internal', `No admin socket: ${file} cannot be listened on.`, { cause }))));
    server.once('listening', () => resolve(ok({
      close: () => new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
    })));
    listenPrivately(server, file);
  });
}

/** The answer of whoever listens there; one that is none is an answer that it went wrong. */
function parseAnswer(line: string): Answer {
  try {
    const answer = JSON.parse(line) as Partial<Record<'ok' | 'value' | 'code' | 'message', unknown>> | null;
    if (answer?.ok === true && Array.isArray((answer.value as Partial<AdminAnswer> | undefined)?.accounts)) return answer as Answer;
    if (answer?.ok === false && typeof answer.code === 'string' && typeof answer.message === 'string') return answer as Answer;
  } catch {
    // Told below.
  }
  return { ok: false, code: 'internal', message: 'The running server gave no answer that can be read. Is the care-chat command of another version than the server?' };
}

/**
 * Asks a running server. Null where none is listening on `file`. Errors: what the server answered; `timeout` where it did not.
 */
export function askRunningServer(file: string, command: AdminCommand): Promise<Result<AdminAnswer> | null> {
  return new Promise((resolve) => {
    const socket = createConnection(file);
    let connected = false;
    const end = (result: Result<AdminAnswer> | null): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    };
    const silent = (): Result<AdminAnswer> => err(new CareError('timeout', 'The running server did not answer. Try again, or stop the server first.'));
    const timer = setTimeout(() => end(silent()), answerWithinMs);
    socket.on('connect', () => {
      connected = true;
      socket.write(`${JSON.stringify(command)}\n`);
    });
    socket.on('error', () => end(connected ? silent() : null));
    socket.on('close', () => end(connected ? silent() : null));
    readLines(socket, (line) => {
      const answer = parseAnswer(line);
      end(answer.ok ? answer : err(new CareError(answer.code, answer.message)));
    });
  });
}
