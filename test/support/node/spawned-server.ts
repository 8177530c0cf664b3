/**
 * A server in a process of its own (`serve-child.ts`), to be killed and to have its disk spoiled. Faults of the disk are made by strace in the
 * running process: real system calls that are slow or fail. Where the machine does not allow that, `cannotInject` says why, for a skip aloud.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface SpawnedServer {
  readonly url: string;
  readonly process: ChildProcess;
  /** Everything it logged. */
  log(): string;
  /** Bytes in use without garbage, which the resident memory would count too. */
  memory(): Promise<number>;
  /** kill -9. */
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
}

/** Starts a server over a data folder. `more`: fields of the configuration, laid over those of the tests. `module`: another server of this folder, which prints the same line. */
export async function spawnServer(dataDir: string, more: Record<string, unknown> = {}, wrap: readonly string[] = [], module = 'serve-child'): Promise<SpawnedServer> {
  const child = fileURLToPath(new URL(`./${module}.js`, import.meta.url));
  const [command, ...args] = [...wrap, process.execPath, child, dataDir, JSON.stringify(more)];
  const server = spawn(command!, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (chunk: string) => void (log += chunk));
  server.stdout.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (chunk: string) => {
      out += chunk;
      if (out.includes('\n')) resolve();
    });
    server.once('exit', () => reject(new Error(`the server ended before it was ready:\n${log}`)));
  });
  const [url = '', pid = ''] = out.trim().split(' ');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (server.exitCode !== null || server.signalCode !== null) return server.exitCode;
    const exited = once(server, 'exit') as Promise<[number | null, string | null]>;
    // The server's own process, which is not the one that was started where there is a wrapper.
    process.kill(Number(pid), signal);
    return (await exited)[0];
  };
  return {
    url,
    process: server,
    log: () => log,
    async memory() {
      const told = once(server.stdout, 'data') as Promise<[string]>;
      process.kill(Number(pid), 'SIGUSR2');
      return Number((await told)[0]);
    },
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
  };
}

/** Why faults of the disk cannot be made on this machine; false where they can. */
export const cannotInject: string | false = (() => {
  const tried = spawnSync('strace', ['-e', 'trace=fdatasync', '-e', 'inject=fdatasync:delay_enter=1', 'true']);
  if (tried.error) return 'strace is not installed: faults of the disk cannot be made here';
  return tried.status === 0 ? false : 'strace may not trace on this machine: faults of the disk cannot be made here';
})();

export interface Fault {
  /** Ends the fault; what strace saw. */
  end(): Promise<string>;
}

/** Watches or spoils system calls of a running server: `['fdatasync', 'fdatasync:error=EIO']`. Resolves when it has begun. */
export async function traceCalls(server: SpawnedServer, calls: string, inject?: string): Promise<Fault> {
  const pid = String(server.process.pid);
  const tracer = spawn('strace', ['-f', '-p', pid, '-e', `trace=${calls}`, ...(inject === undefined ? [] : ['-e', `inject=${inject}`])], { stdio: ['ignore', 'ignore', 'pipe'] });
  let seen = '';
  tracer.stderr.setEncoding('utf8');
  await new Promise<void>((resolve, reject) => {
    tracer.stderr.on('data', (chunk: string) => {
      seen += chunk;
      if (/attached/.test(seen)) resolve();
    });
    tracer.once('exit', () => reject(new Error(`strace ended:\n${seen}`)));
  });
  return {
    async end() {
      const exited = once(tracer, 'exit');
      tracer.kill('SIGINT');
      await exited;
      return seen;
    },
  };
}
