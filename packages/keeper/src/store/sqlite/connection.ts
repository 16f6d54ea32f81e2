import { DatabaseSync } from '@photostructure/sqlite';

/** What a parameter may be, and what a column of a STRICT table holds. Integers beyond 2^53 throw, they are never rounded. */
export type SqlValue = number | string | Uint8Array | null;

/** Named parameters, without the colon. */
export type SqlParameters = Readonly<Record<string, SqlValue>>;

/** A prepared statement; `Row` is what its columns are named and hold. */
export interface Statement<Row> {
  readonly get: (parameters?: SqlParameters) => Row | undefined;
  readonly all: (parameters?: SqlParameters) => readonly Row[];
  /** Answers how many rows were written. */
  readonly run: (parameters?: SqlParameters) => number;
}

/** One connection to an SQLite file, as little of it as the store needs. */
export interface Connection {
  readonly prepare: <Row>(sql: string) => Statement<Row>;
  /** Runs a script without parameters. */
  readonly execute: (sql: string) => void;
  readonly isInTransaction: () => boolean;
  readonly close: () => void;
}

/** What the library gives, which types every row as anything. */
interface TypedStatement<Row> {
  readonly get: (parameters: SqlParameters) => Row | undefined;
  readonly all: (parameters: SqlParameters) => readonly Row[];
  readonly run: (parameters: SqlParameters) => { readonly changes: number };
}

/** How long to wait for another process that is writing; each of its transactions takes milliseconds. */
const BUSY_TIMEOUT_MS = 5000;

/** Opens the file (`:memory:` for a database that is gone after closing); throws SQLite's own error when it cannot. */
export function openConnection(path: string): Connection {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  return {
    prepare: <Row>(sql: string) => {
      // The one place where a row gets its type: tables are STRICT, and each statement names its columns.
      const statement = database.prepare(sql) as TypedStatement<Row>;
      const none: SqlParameters = {};
      return {
        get: (parameters = none) => statement.get(parameters),
        all: (parameters = none) => statement.all(parameters),
        run: (parameters = none) => statement.run(parameters).changes,
      };
    },
    execute: (sql) => database.exec(sql),
    isInTransaction: () => database.isTransaction,
    close: () => database.close(),
  };
}
