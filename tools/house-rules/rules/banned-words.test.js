import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { bannedWords } from './banned-words.js';

const check = (text, path = 'packages/client/src/a.ts') => bannedWords.check(projectOf({ [path]: text }));

test.each([
  ['const a = Date.now();', 'Date.now'],
  ['const a = globalThis.Date.now();', 'Date.now'],
  ['const now = Date.now;', 'Date.now'],
  ['const a = performance.now();', 'performance.now'],
  ['const a = Math.random();', 'Math.random'],
  ['setTimeout(f, 10);', 'setTimeout'],
  ["import { setTimeout } from 'node:timers/promises';", 'setTimeout'],
  ["import { randomBytes } from 'node:crypto';", 'randomBytes'],
  ['const { A } = process.env;', 'process.env'],
])('the world is not touched by a side door: %s', (text, word) => {
  expect(check(text)).toMatchObject([{ line: 1, message: expect.stringContaining(`\`${word}\` is banned here`) }]);
});

test('the machine’s clock cannot be asked by new Date() either, while formatting an instant is fine', () => {
  expect(check('const a = new Date();')).toHaveLength(1);
  expect(check('const a = new Date(atMs);')).toEqual([]);
});

test('words in texts, comments and names of other things pass', () => {
  expect(
    check("// Date.now is banned\nconst a = 'setTimeout'; clock.setTimeout(1); const b = { setTimeout: 1 };"),
  ).toEqual([]);
});

test('the real implementations of ports and the server may use them', () => {
  expect(check('Date.now();', 'packages/ports/src/system-clock.ts')).toEqual([]);
  expect(check('process.env;', 'packages/server/src/main.ts')).toEqual([]);
  expect(check('Date.now();', 'packages/ports/src/virtual-clock.ts')).toHaveLength(1);
});

test.each(['TODO later', 'FIXME', '@ts-ignore', 'oxlint-disable-next-line'])('a comment may not say %s', (words) => {
  expect(check(`const a = 1;\n// ${words}\n`)).toMatchObject([{ line: 2 }]);
  expect(check(`f(a, /* ${words} */ b);`)).toMatchObject([{ line: 1 }]);
  expect(check(`const a = '// ${words}';`)).toEqual([]);
});

test('only a test may expect a type error', () => {
  expect(check('// @ts-expect-error a float\nfen(1.5);')).toHaveLength(1);
  expect(check('// @ts-expect-error a float\nfen(1.5);', 'packages/client/src/a.test.ts')).toEqual([]);
});

test('a test may hand its environment on to a process it starts, and still has no clock of its own', () => {
  expect(check('spawn(node, { env: process.env });', 'packages/client/src/a.test.ts')).toEqual([]);
  expect(check('setTimeout(f, 10);', 'packages/client/src/a.test.ts')).toHaveLength(1);
});

test.each(['test.only', 'describe.skip', 'it.todo', 'test.concurrent.only', 'test.fails'])(
  '%s is refused, because every test runs and passes',
  (word) => {
    expect(check(`${word}('an order is paid', f);`, 'packages/client/src/a.test.ts')).toHaveLength(1);
  },
);

test('SQL gets its instants as parameters', () => {
  const sql = '-- now() is banned\nSELECT 1 WHERE a < CURRENT_TIMESTAMP;\nSELECT now();';
  expect(check(sql, 'packages/keeper/src/store/a.sql')).toMatchObject([{ line: 2 }, { line: 3 }]);
});
