import type { Store } from '../../store.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../open-sqlite-store.ts';

/** Opens a store that a test takes for granted. */
export function openOrThrow(options: SqliteStoreOptions): Store {
  const opened = openSqliteStore(options);
  if (!opened.ok) throw new Error(opened.message);
  return opened.value;
}
