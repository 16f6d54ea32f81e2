import { nextTurn } from '@orderkeeper/ports';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { Store } from '../store.ts';
import { type Connection, openConnection } from './connection.ts';
import type { Gather } from './group-commit.ts';
import { migrate, type MigrateReason } from './migrate.ts';
import { createSqliteStore } from './sqlite-store.ts';

/** Settings of {@link openSqliteStore}. */
export interface SqliteStoreOptions {
  /** A file in an existing directory, or `:memory:` for a store that is gone after closing. */
  readonly path: string;
  /** How many changes may share one sync to disk, default 128; 1 gives each its own. */
  readonly groupSizeMax?: number;
  /**
   * When gathered changes are committed; default at the next turn of the event loop. On a virtual clock pass
   * `queueMicrotask`: then everything has come to rest before the clock moves on.
   */
  readonly gather?: Gather;
}

/** Why there is no store. */
export type OpenSqliteReason = MigrateReason | 'cannot-open' | 'busy' | 'not-durable';

/** Measured: about 50 µs each, so a full group holds the event loop for some 6 ms; larger ones gain nothing more. */
const GROUP_SIZE_MAX = 128;

const gatherForOneTurn: Gather = (commitWaiting) => void nextTurn().then(commitWaiting);

/** Inserting and claiming among a million orders touches few pages; 32 MiB keeps them all. */
const CACHE_KIB = 32 * 1024;
/** 16 MiB of log are copied into the file at once: pages that changed often in the meantime are copied once. */
const CHECKPOINT_PAGES = 4096;
/** The log is cut back to this size after it has grown. */
const LOG_BYTES_MAX = 64 * 1024 * 1024;

/**
 * Opens the embedded store, and creates or migrates its file. Several processes may use one file at the same time:
 * SQLite lets one write at a time, and leases keep a duty from being done twice.
 *
 * `cannot-open`: no such directory, no permission, or no SQLite file. `not-a-store`: a database of another program.
 * `newer-than-program`: written by a later version. `busy`: another process held the file for seconds.
 * `not-durable`: the file system cannot give what {@link Store} promises.
 */
export function openSqliteStore(options: SqliteStoreOptions): Result<Store, OpenSqliteReason> {
  const { path, groupSizeMax = GROUP_SIZE_MAX, gather = gatherForOneTurn } = options;
  let connection: Connection | undefined;
  try {
    connection = openConnection(path);
    const prepared = prepareDatabase(connection, path);
    if (!prepared.ok) {
      connection.close();
      return prepared;
    }
  } catch (error) {
    connection?.close();
    return describeOpenError(path, error);
  }
  return ok(createSqliteStore({ connection, groupSizeMax, gather }));
}

function prepareDatabase(connection: Connection, path: string): Result<void, MigrateReason | 'not-durable'> {
  const migrated = migrate(connection);
  if (!migrated.ok) return failure(migrated.reason, `${path}: ${migrated.message}`);
  connection.execute(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA wal_autocheckpoint = ${CHECKPOINT_PAGES};
    PRAGMA journal_size_limit = ${LOG_BYTES_MAX};
    PRAGMA cache_size = -${CACHE_KIB};
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
  `);
  return checkPromises(connection, path);
}

/** SQLite ignores a setting that it cannot keep, so each is read back. 2 is FULL: every commit is synced. */
function checkPromises(connection: Connection, path: string): Result<void, 'not-durable'> {
  const settings = connection
    .prepare<{ journal: string; synchronous: number; foreignKeys: number }>(
      `SELECT journal_mode AS journal, synchronous, foreign_keys AS foreignKeys
       FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys`,
    )
    .get();
  const journal = path === ':memory:' ? 'memory' : 'wal';
  if (settings?.journal === journal && settings.synchronous === 2 && settings.foreignKeys === 1) return ok(undefined);
  return failure(
    'not-durable',
    `${path}: SQLite could not turn on its write-ahead log with full syncing; put the file on a local disk, not on a network share`,
  );
}

function describeOpenError(path: string, error: unknown): Result<never, OpenSqliteReason> {
  const message = error instanceof Error ? error.message : String(error);
  if (/locked|busy/i.test(message)) {
    return failure(
      'busy',
      `${path}: another process is writing and does not finish (${message}); end it and try again`,
    );
  }
  return failure(
    'cannot-open',
    `${path}: ${message}; the directory must exist and be writable, and the file be a store`,
  );
}
