import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { sizes } from './sizes.js';

const check = (text, path = 'packages/client/src/a.ts') => sizes.check(projectOf({ [path]: text }));
const body = (lines) => 'x();\n'.repeat(lines);

test('a file of 500 lines passes and one of 501 does not', () => {
  expect(check(body(500))).toEqual([]);
  expect(check(body(501))).toEqual([
    {
      path: 'packages/client/src/a.ts',
      line: 500,
      message: 'the file has 501 lines, at most 500: split it by subject',
    },
  ]);
});

test('a function of 70 lines passes and one of 71 is named with its line', () => {
  expect(check(`function f() {\n${body(68)}}\n`)).toEqual([]);
  const [problem] = check(`\nfunction f() {\n${body(69)}}\n`);
  expect(problem).toMatchObject({ line: 2, message: expect.stringContaining('`f` has 71 lines') });
});

test('a long arrow function is named after its variable', () => {
  expect(check(`const g = () => {\n${body(80)}};\n`)[0].message).toContain('`g` has 82 lines');
});

test('a doc comment does not count towards the length of its function', () => {
  expect(check(`/**\n${' * x\n'.repeat(30)} */\nfunction f() {\n${body(60)}}\n`)).toEqual([]);
});

test('the body of a describe may be long, the body of a test may not', () => {
  expect(check(`describe('a', () => {\n${body(90)}});\n`)).toEqual([]);
  expect(check(`test('a', () => {\n${body(90)}});\n`)).toHaveLength(1);
});

test('the function that describes a shared suite may be long, but only in a suite', () => {
  const text = `export function describeStore() {\n${body(90)}}\n`;
  expect(check(text, 'packages/keeper/src/store.suite.ts')).toEqual([]);
  expect(check(text, 'packages/keeper/src/store.ts')).toHaveLength(1);
});
