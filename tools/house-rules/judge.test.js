import { expect, test } from 'vitest';
import { judge } from './judge.js';

const problem = (path, line) => ({ path, line, message: 'too long' });
const rule = (...problems) => ({ name: 'sizes', check: () => problems });
const allow = (path, count) => ({ rule: 'sizes', path, count, reason: 'a table' });

test('problems come with their rule, in the order of files and lines', () => {
  const found = judge({}, [rule(problem('b.ts', 1), problem('a.ts', 9), problem('a.ts', 2))], []);
  expect(found.map(({ path, line }) => `${path}:${line}`)).toEqual(['a.ts:2', 'a.ts:9', 'b.ts:1']);
  expect(found[0].rule).toBe('sizes');
});

test('an exception takes off as many problems of its file as it names', () => {
  expect(judge({}, [rule(problem('a.ts', 1), problem('b.ts', 1))], [allow('a.ts', 1)])).toMatchObject([
    { path: 'b.ts' },
  ]);
});

test('one problem more than allowed shows all of the file', () => {
  expect(judge({}, [rule(problem('a.ts', 1), problem('a.ts', 2))], [allow('a.ts', 1)])).toHaveLength(2);
});

test('an exception that allows more than is left must be lowered', () => {
  const found = judge({}, [rule(problem('a.ts', 1))], [allow('a.ts', 2)]);
  expect(found).toMatchObject([
    { path: 'tools/house-rules/exceptions.js', message: expect.stringContaining('allows 2 and 1 are left') },
  ]);
});

test('an exception for another rule allows nothing', () => {
  expect(judge({}, [rule(problem('a.ts', 1))], [{ ...allow('a.ts', 0), rule: 'assertions', count: 0 }])).toHaveLength(
    1,
  );
});
