import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { documentedExports } from './documented-exports.js';

const check = (text, path = 'packages/client/src/a.ts') => documentedExports.check(projectOf({ [path]: text }));

test.each(['function f() {}', 'const f = 1;', 'type f = 1;', 'interface f {}', 'class f {}', 'async function f() {}'])(
  'an export needs a doc comment: %s',
  (declaration) => {
    expect(check(`/** Says it. */\nexport ${declaration}\n`)).toEqual([]);
    expect(check(`\n// says nothing to an editor\nexport ${declaration}\n`)).toMatchObject([
      { line: 3, message: expect.stringContaining('`f` has no doc comment') },
    ]);
  },
);

test('what is not exported, and what only tests use, needs none', () => {
  expect(check('function f() {}')).toEqual([]);
  expect(check('export const f = 1;', 'packages/client/src/a.suite.ts')).toEqual([]);
});

test('an empty doc comment is none', () => {
  expect(check('/** */\nexport const a = 1;')).toHaveLength(1);
});

test('one comment serves all overloads of a function', () => {
  const overloads = 'export function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport function f(a) {}';
  expect(check(`/** Says it. */\n${overloads}`)).toEqual([]);
  expect(check(overloads)).toHaveLength(1);
});

test('an index.ts with code of its own, or with a star, is refused', () => {
  const index = 'packages/client/src/index.ts';
  expect(check("export { a, type B } from './a.ts';\nexport {};", index)).toEqual([]);
  expect(check('/** Says it. */\nexport const a = 1;', index)[0].message).toContain('nothing else');
  expect(check("export * from './a.ts';", index)[0].message).toContain('name each export');
});
