/** A server over one data folder that can be killed and started again, as often as it takes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnServer, type SpawnedServer } from './spawned-server.js';

export interface KillableServer {
  /** Where the running process listens; another place after each start. */
  readonly url: string;
  readonly kills: number;
  /** `kill -9`. Resolves when the process is gone. */
  kill(): Promise<void>;
  /** Starts it again over the same data. Resolves when it listens. */
  start(): Promise<void>;
  /** Kills it and deletes the data. */
  dispose(): Promise<void>;
}

/** Starts one; arguments as those of `spawnServer`. */
export const startKillableServer = async (config: Record<string, unknown> = {}, module?: string): Promise<KillableServer> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-chat-killable-'));
  let server: SpawnedServer | null = null;
  let url = '';
  let kills = 0;
  const start = async (): Promise<void> => {
    server = await spawnServer(dataDir, config, [], module);
    ({ url } = server);
  };
  const onExit = (): void => void server?.process.kill('SIGKILL');
  // Nobody is left behind where the test itself is ended.
  process.once('exit', onExit);
  await start();
  return {
    get url() {
      return url;
    },
    get kills() {
      return kills;
    },
    async kill() {
      kills++;
      await server?.kill();
    },
    start,
    async dispose() {
      process.off('exit', onExit);
      await server?.kill();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};
