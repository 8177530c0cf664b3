/** `care-chat serve`: runs the reference backend until it is asked to stop. */
import type { Config } from '../server/config/config.js';
import type { ServerOptions } from '../server/serve.js';
import { fsyncInWords } from '../server/store/measure-fsync.js';
import { need, readConfig, readOptions, readPort } from './options.js';
import { exit, UsageError, type ExitCode, type Terminal } from './terminal.js';

export const serveHelp = `care-chat serve: runs the backend

  care-chat serve --config FILE [--port N] [--demo]

  --port N   listen on this port (0: any free one); wins over PORT and over the file
  --demo     demo mode: accounts with passwords from the file, any port of localhost as origin

CARE_CHAT_DATA names the data folder and wins over the file. SIGTERM and SIGINT stop it gracefully: clients are told,
what was acknowledged is on disk.`;

function greet(config: Config, url: string, { out }: Terminal): void {
  out(`care-chat is ready on ${url}`);
  if (!config.demo) return;
  out(`  the clinic's site   ${url}/`);
  out(`  the agents' desk    ${url}/desk`);
  for (const { email, name, title, password } of config.agents) if (password !== null) out(`  sign in as          ${email}   password ${password}   (${name}, ${title})`);
}

/** Why the server did not start, in words. */
function startMistake(error: unknown, port: number): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return `Port ${port} is taken by another program. Choose another one: --port N.`;
  if (code === 'EACCES') return `Port ${port} may not be used by this account. Choose one from 1024 up: --port N.`;
  if (code === 'EADDRNOTAVAIL') return 'This machine does not have the address of "listen.host".';
  return error instanceof Error ? error.message : 'The server could not start.';
}

/** The subcommand. `options` are for tests. Throws `UsageError`. */
export async function runServe(args: readonly string[], terminal: Terminal, options: Pick<ServerOptions, 'storeThread'> = {}): Promise<ExitCode> {
  const { values, positionals } = readOptions(args, { config: { type: 'string' }, port: { type: 'string' }, demo: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } });
  if (values.help) {
    terminal.out(serveHelp);
    return exit.ok;
  }
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]!}" is one word too many`);
  const path = need(values.config, '--config FILE');
  const port = readPort(values.port, '--port') ?? readPort(terminal.env['PORT'], 'PORT');
  const demo = values.demo ?? false;
  const config = readConfig(path, demo, terminal);
  if (!config) return exit.failure;
  const { startServer } = await import('../server/serve.js');
  const stop = terminal.stopRequested();
  let server: Awaited<ReturnType<typeof startServer>>;
  try {
    server = await startServer({ ...options, config, demo, ...(port === undefined ? {} : { port }) });
  } catch (error) {
    terminal.error(startMistake(error, port ?? config.listen.port));
    return exit.failure;
  }
  const disk = fsyncInWords(server.fsync);
  if (disk !== null) terminal.error(disk);
  greet(config, server.url, terminal);
  const lost = await Promise.race([stop.then(() => false), server.failed.then(() => true)]);
  if (lost) terminal.error('The database can no longer be written. Nothing that was acknowledged is lost. Look at the disk, then start again.');
  await server.close();
  return lost ? exit.failure : exit.ok;
}
