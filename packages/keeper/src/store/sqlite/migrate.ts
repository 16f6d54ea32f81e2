import { readFileSync } from 'node:fs';
import { failure, ok, type Result } from '@orderkeeper/protocol';
import type { Connection } from './connection.ts';

/** Marks an SQLite file as ours; `OKPR` in ASCII, in the place SQLite reserves for it. */
const APPLICATION_ID = 0x4f4b5052;

/** In the order of running; a file's number is its place. The same path leads there from `src` and from `dist`. */
const MIGRATION_FILES = ['0001-orders.sql'];

/** The schema that this program knows. */
export const SCHEMA_VERSION = MIGRATION_FILES.length;

/** Why a file cannot be used. */
export type MigrateReason = 'not-a-store' | 'newer-than-program';

/**
 * Brings a database to {@link SCHEMA_VERSION}, all in one transaction; safe to run twice, and in many processes at once.
 *
 * `not-a-store`: an SQLite file with other contents. `newer-than-program`: written by a later version. Both untouched.
 */
export function migrate(connection: Connection): Result<'migrated' | 'up-to-date', MigrateReason> {
  connection.execute('BEGIN IMMEDIATE');
  try {
    const result = migrateInTransaction(connection);
    connection.execute('COMMIT');
    return result;
  } catch (error) {
    if (connection.isInTransaction()) connection.execute('ROLLBACK');
    throw error;
  }
}

function migrateInTransaction(connection: Connection): Result<'migrated' | 'up-to-date', MigrateReason> {
  const version = readPragma(connection, 'user_version');
  const applicationId = readPragma(connection, 'application_id');
  if (applicationId !== APPLICATION_ID && !isEmpty(connection)) {
    return failure('not-a-store', 'the file is an SQLite database of another program; name a file that does not exist');
  }
  if (version > SCHEMA_VERSION) {
    return failure(
      'newer-than-program',
      `the file has schema ${version}, this program knows ${SCHEMA_VERSION}; start the newer program, or restore a backup`,
    );
  }
  if (version === SCHEMA_VERSION) return ok('up-to-date');
  for (const file of MIGRATION_FILES.slice(version)) {
    connection.execute(readFileSync(new URL(`../../../src/store/sqlite/migrations/${file}`, import.meta.url), 'utf8'));
  }
  connection.execute(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`);
  return ok('migrated');
}

/** A number from the file's header. */
function readPragma(connection: Connection, name: 'user_version' | 'application_id'): number {
  return connection.prepare<{ value: number }>(`SELECT ${name} AS value FROM pragma_${name}`).get()?.value ?? 0;
}

const isEmpty = (connection: Connection): boolean =>
  connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
