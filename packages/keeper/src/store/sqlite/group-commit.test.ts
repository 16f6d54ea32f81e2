import { describe, expect, test } from 'vitest';
import type { Connection } from './connection.ts';
import { openConnection } from './connection.ts';
import { createGroupCommit } from './group-commit.ts';

/** Notes the transactions a group takes, over a real database; `gathered` is when the event loop has turned. */
function createRecorder(changes: { readonly fails?: string } = {}) {
  const database = openConnection(':memory:');
  database.execute('CREATE TABLE t (value INTEGER CHECK (value > 0)) STRICT');
  const log: string[] = [];
  const connection: Connection = {
    ...database,
    prepare: <Row>(sql: string) => {
      const statement = database.prepare<Row>(sql);
      return {
        ...statement,
        run: (parameters) => {
          if (sql === changes.fails) throw new Error(`${sql} failed`);
          if (sql === 'BEGIN IMMEDIATE' || sql === 'COMMIT' || sql === 'ROLLBACK') log.push(sql);
          return statement.run(parameters);
        },
      };
    },
  };
  const gathered: (() => void)[] = [];
  const turn = (): void => gathered.shift()?.();
  const group = createGroupCommit({ connection, groupSizeMax: 3, gather: (commit) => gathered.push(commit) });
  const insert = database.prepare('INSERT INTO t VALUES (:value)');
  return {
    log,
    turn,
    turnsWaiting: () => gathered.length,
    close: group.close,
    add: (value: number) => group.commit(() => insert.run({ value })),
    values: () =>
      database
        .prepare<{ value: number }>('SELECT value FROM t')
        .all()
        .map(({ value }) => value),
  };
}

const stateOf = (promise: Promise<unknown>): Promise<string> =>
  Promise.race([
    promise.then(
      () => 'answered',
      () => 'failed',
    ),
    Promise.resolve().then(() => Promise.resolve('waiting')),
  ]);

describe('a group of changes', () => {
  test('shares one transaction, and nobody is answered before its commit', async () => {
    const { log, turn, add, values } = createRecorder();
    const changes = [add(1), add(2), add(3)];
    expect(log).toEqual([]);
    expect(await Promise.all(changes.map(stateOf))).toEqual(['waiting', 'waiting', 'waiting']);
    turn();
    expect(await Promise.all(changes)).toEqual([1, 1, 1]);
    expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    expect(values()).toEqual([1, 2, 3]);
  });

  test('loses only the member that fails', async () => {
    const { log, turn, add, values } = createRecorder();
    const changes = [add(1), add(-1), add(3)];
    turn();
    const results = await Promise.allSettled(changes);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    expect(values()).toEqual([1, 3]);
  });

  test('has a size, and the rest waits for the next turn', async () => {
    const { log, turn, turnsWaiting, add } = createRecorder();
    const changes = [1, 2, 3, 4].map(add);
    turn();
    await Promise.all(changes.slice(0, 3));
    expect(log).toEqual(['BEGIN IMMEDIATE', 'COMMIT']);
    expect(turnsWaiting()).toBe(1);
    turn();
    expect(await changes[3]).toBe(1);
    expect(log).toHaveLength(4);
  });

  test('fails as a whole when it cannot be committed, and keeps nothing', async () => {
    const { log, turn, add, values } = createRecorder({ fails: 'COMMIT' });
    const changes = [add(1), add(2)];
    turn();
    const results = await Promise.allSettled(changes);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(log).toEqual(['BEGIN IMMEDIATE', 'ROLLBACK']);
    expect(values()).toEqual([]);
  });

  test('that cannot begin leaves the next group its chance', async () => {
    const { turn, add, turnsWaiting } = createRecorder({ fails: 'BEGIN IMMEDIATE' });
    const change = add(1);
    turn();
    await expect(change).rejects.toThrow('BEGIN IMMEDIATE failed');
    void add(2).catch(() => undefined);
    expect(turnsWaiting()).toBe(1);
  });

  test('is committed at once on closing, however many wait; later ones are refused', async () => {
    const { close, turn, add, values } = createRecorder();
    const changes = [1, 2, 3, 4, 5].map(add);
    close();
    expect(await Promise.all(changes)).toEqual([1, 1, 1, 1, 1]);
    turn();
    await expect(add(6)).rejects.toThrow('the store is closed');
    expect(values()).toEqual([1, 2, 3, 4, 5]);
  });
});
