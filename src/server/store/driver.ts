/**
 * The one door to SQLite: `node:sqlite` where Node has it (≥ 22.13), else `libsql`, which comes prebuilt for Node 20.
 * Both are synchronous; only the store's worker thread uses them.
 */
import { createRequire } from 'node:module';

/** What a statement can be bound to. */
export type SqlValue = string | number | null;

/** A row by column names. */
export type SqlRow = Readonly<Record<string, SqlValue>>;

export interface Statement {
  run(...values: readonly SqlValue[]): void;
  get(...values: readonly SqlValue[]): SqlRow | undefined;
  all(...values: readonly SqlValue[]): readonly SqlRow[];
}

/** A connection. `prepare` keeps what it prepared. */
export interface Database {
  readonly driver: 'node:sqlite' | 'libsql';
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

/** The part of both libraries that is used. */
interface RawDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): { run(...values: unknown[]): unknown; get(...values: unknown[]): unknown; all(...values: unknown[]): unknown[] };
  close(): unknown;
}

function openRaw(file: string): readonly [driver: Database['driver'], raw: RawDatabase] {
  // Asked for at run time: an import of a module that Node 20 does not have would fail at load.
  const builtin = process.getBuiltinModule?.('node:sqlite') as { readonly DatabaseSync: new (file: string) => RawDatabase } | undefined;
  if (builtin?.DatabaseSync) return ['node:sqlite', new builtin.DatabaseSync(file)];
  const Libsql = createRequire(import.meta.url)('libsql') as new (file: string) => RawDatabase;
  return ['libsql', new Libsql(file)];
}

/** Opens or creates a database file. Throws what the library throws. */
export function openDatabase(file: string): Database {
  const [driver, raw] = openRaw(file);
  const prepared = new Map<string, Statement>();
  return {
    driver,
    exec: (sql) => void raw.exec(sql),
    prepare(sql) {
      let statement = prepared.get(sql);
      if (!statement) {
        const inner = raw.prepare(sql);
        statement = {
          run: (...values) => void inner.run(...values),
          get: (...values) => (inner.get(...values) as SqlRow | undefined) ?? undefined,
          all: (...values) => inner.all(...values) as SqlRow[],
        };
        prepared.set(sql, statement);
      }
      return statement;
    },
    close: () => void raw.close(),
  };
}
