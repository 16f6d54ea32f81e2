import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeStore } from '../store.suite.ts';
import { openSqliteStore } from './open-sqlite-store.ts';

describeStore('an SQLite file', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'orderkeeper-'));
  return {
    open: async () => {
      const opened = openSqliteStore({ path: join(directory, 'keeper.db') });
      if (!opened.ok) throw new Error(opened.message);
      return opened.value;
    },
    remove: async () => rmSync(directory, { recursive: true }),
  };
});
