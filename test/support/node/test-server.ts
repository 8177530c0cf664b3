/** A real server for a test: real store in a temporary folder, real sockets on a free port, and its log lines in memory. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { parseConfig } from '../../../src/server/config/parse.js';
import { databaseFile, type Config } from '../../../src/server/config/config.js';
import { createLogger } from '../../../src/server/log/logger.js';
import { openSqliteStore } from '../../../src/server/store/sqlite-store.js';
import type { AuditEntry } from '../../../src/server/store/store.js';
import { startServer, type RunningServer, type ServerOptions } from '../../../src/server/serve.js';

/** Page from which the tests' browsers come. */
export const pageOrigin = 'https://www.clinic.test';
/** Page that holds the desk. */
export const deskOrigin = 'https://desk.clinic.test';

/** Two departments, an agent for each and one for both; no form, no consent, so that a conversation is one call. */
export const plainConfig = {
  clinic: { name: 'Test Clinic', country: 'US', timeZone: 'America/New_York' },
  widgets: [
    { id: 'main', origins: [pageOrigin], departments: ['nurse', 'billing'], languages: ['en'], emergency: [{ kind: 'emergency', number: '911' }], pages: { home: 'Front page' } },
    { id: 'second', origins: ['https://second.test'], departments: ['nurse'], languages: ['en'], emergency: [{ kind: 'emergency', number: '911' }] },
  ],
  departments: [{ id: 'nurse', name: { en: 'Nurses' } }, { id: 'billing', name: { en: 'Billing' } }],
  agents: [
    { email: 'ana@clinic.test', name: 'Ana', title: 'Nurse', departments: ['nurse'], password: 'correct-horse' },
    { email: 'ben@clinic.test', name: 'Ben', title: 'Nurse', departments: ['nurse', 'billing'], password: 'correct-horse' },
    { email: 'cy@clinic.test', name: 'Cy', title: 'Billing', departments: ['billing'], password: 'correct-horse' },
  ],
  canned: [{ shortcut: 'hi', lang: 'en', text: 'Hello {visitor}' }],
  limits: { sessionsPerMin: 10_000, signInsPerMin: 10_000 },
  desk: { origins: [deskOrigin] },
  log: { level: 'debug' },
};

export interface TestServer extends RunningServer {
  readonly config: Config;
  /** Everything that was logged, as text. */
  log(): string;
  /** Closes it and opens another over the same data. */
  restart(options?: Partial<ServerOptions>): Promise<TestServer>;
}

export type ConfigChange = (config: Config) => Config;

function configIn(dataDir: string, input: unknown): Config {
  const parsed = parseConfig(input, { demo: true, baseDir: dataDir, dataDir });
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.error.message);
  return parsed.value;
}

/** Starts a server that is closed, and its data deleted, when the test ends. */
export async function openServer(t: TestContext, options: Partial<Omit<ServerOptions, 'config'>> & { readonly file?: unknown; readonly change?: ConfigChange } = {}): Promise<TestServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'care-chat-test-'));
  const { file = plainConfig, change = (config) => config, ...rest } = options;
  const config = change(configIn(dataDir, file));
  const lines: string[] = [];
  const logger = createLogger('debug', { write: (line) => void lines.push(line) });
  let current: RunningServer | null = null;
  const start = async (more: Partial<ServerOptions>): Promise<TestServer> => {
    const server = await startServer({ port: 0, logger, passwordCost: { ln: 4, r: 8, p: 1 }, ...rest, ...more, config: more.config ?? config });
    current = server;
    return {
      ...server,
      config,
      log: () => lines.join(''),
      async restart(again = {}) {
        await server.close();
        return start(again);
      },
    };
  };
  t.after(async () => {
    await current?.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return start({});
}

/** Stops the server and reads its audit log. */
export async function readAudit(server: TestServer): Promise<readonly AuditEntry[]> {
  await server.close();
  const store = await openSqliteStore({ file: databaseFile(server.config) });
  assert.ok(store.ok);
  const entries = await store.value.auditLog(0, 10_000);
  await store.value.close();
  return entries;
}
