import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nextTurn } from '@orderkeeper/ports';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { changeSample, orderId, orderSample } from '../testing/samples.ts';
import { openConnection } from './connection.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { openOrThrow } from './testing/open-or-throw.ts';

describe('opening an SQLite file', () => {
  let directory = '';
  let path = '';

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'orderkeeper-open-'));
    path = join(directory, 'keeper.db');
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const execute = (sql: string): void => {
    const connection = openConnection(path);
    connection.execute(sql);
    connection.close();
  };

  const refusal = (at = path): unknown => openSqliteStore({ path: at });

  test('creates it, and finds it as it was the next time', async () => {
    await openOrThrow({ path }).close();
    const before = readFileSync(path);
    await openOrThrow({ path }).close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('turns on the write-ahead log', async () => {
    const store = openOrThrow({ path });
    const connection = openConnection(path);
    expect(connection.prepare('PRAGMA journal_mode').get()).toMatchObject({ journal_mode: 'wal' });
    connection.close();
    await store.close();
  });

  test('where SQLite cannot keep a write-ahead log is refused: it would not be durable', () => {
    expect(refusal('')).toMatchObject({ ok: false, reason: 'not-durable' });
  });

  test('can be copied once it is closed, without its log', async () => {
    const store = openOrThrow({ path });
    await store.insert(changeSample(orderSample('o1')));
    await store.close();
    const copy = join(directory, 'copy.db');
    copyFileSync(path, copy);
    const copied = openOrThrow({ path: copy });
    expect(await copied.find(orderId('o1'))).toEqual(orderSample('o1'));
    await copied.close();
  });

  test('written by a newer program is refused, and says what to do', () => {
    execute('PRAGMA application_id = 0x4f4b5052; PRAGMA user_version = 999');
    expect(refusal()).toEqual({
      ok: false,
      reason: 'newer-than-program',
      message: `${path}: the file has schema 999, this program knows 1; start the newer program, or restore a backup`,
    });
  });

  test('of another program is refused and left alone', () => {
    execute('CREATE TABLE songs (title TEXT)');
    const before = readFileSync(path);
    expect(refusal()).toMatchObject({ ok: false, reason: 'not-a-store' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('that is no database is refused and left alone', () => {
    writeFileSync(path, 'not a database, but longer than the sixteen bytes of a header');
    expect(refusal()).toMatchObject({ ok: false, reason: 'cannot-open' });
    expect(readFileSync(path, 'utf8')).toMatch(/^not a database/);
  });

  test('in a directory that does not exist is refused, and says what is missing', () => {
    const nowhere = join(directory, 'missing', 'keeper.db');
    expect(refusal(nowhere)).toMatchObject({
      ok: false,
      reason: 'cannot-open',
      message: expect.stringContaining('the directory must exist'),
    });
  });

  test('that is a directory is refused', () => {
    expect(refusal(directory)).toMatchObject({ ok: false, reason: 'cannot-open' });
  });

  test('is not needed for a store in memory, which is gone after closing', async () => {
    const first = openOrThrow({ path: ':memory:' });
    await first.insert(changeSample(orderSample('o1')));
    expect(await first.find(orderId('o1'))).toBeDefined();
    await first.close();
    const second = openOrThrow({ path: ':memory:' });
    expect(await second.find(orderId('o1'))).toBeUndefined();
    await second.close();
  });

  test('may gather changes by microtask, so that no turn of the event loop is needed', async () => {
    const store = openOrThrow({ path, gather: queueMicrotask });
    const turned = nextTurn().then(() => 'a turn has passed');
    const inserted = store.insert(changeSample(orderSample('o1'))).then(({ result }) => result);
    expect(await Promise.race([turned, inserted])).toBe('inserted');
    await store.close();
  });
});

describe('the schema by itself', () => {
  test('refuses to change or delete what happened', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'orderkeeper-schema-'));
    const path = join(directory, 'keeper.db');
    const store = openOrThrow({ path });
    await store.insert(changeSample(orderSample('o1'), { events: ['order.closed'] }));
    await store.close();
    const connection = openConnection(path);
    const forbidden: readonly (readonly [string, string])[] = [
      ["UPDATE timeline SET summary = 'nothing happened'", 'an entry of the timeline never changes'],
      ['DELETE FROM timeline', 'an entry of the timeline is never deleted'],
      ["UPDATE events SET type = 'order.paid'", 'an event never changes'],
      ['DELETE FROM events', 'an event is never deleted'],
      ['DELETE FROM orders', 'an order is never deleted'],
      ['UPDATE orders SET version = version + 2', 'one version at a time'],
      [
        'INSERT INTO timeline SELECT order_no, 7, at_ms, source, summary, observation, evidence, alarms FROM timeline',
        'one entry',
      ],
    ];
    for (const [sql, sentence] of forbidden) expect(() => connection.execute(sql)).toThrow(sentence);
    connection.close();
    rmSync(directory, { recursive: true });
  });
});
