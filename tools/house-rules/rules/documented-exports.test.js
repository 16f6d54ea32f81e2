import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { documentedExports } from './documented-exports.js';

const check = (index, files = {}) =>
  documentedExports.check(projectOf({ 'packages/client/src/index.ts': index, ...files }));

test('a public name with a doc comment passes, by whatever kind of declaration', () => {
  const text = ['function f() {}', 'const c = 1;', 'type T = 1;', 'interface I {}', 'class C {}']
    .map((one) => `/** Says it. */\nexport ${one}\n`)
    .join('');
  expect(check("export { f, c, type T, type I, C } from './a.ts';", { 'packages/client/src/a.ts': text })).toEqual([]);
});

test('a public name without a doc comment is reported where it is declared', () => {
  const text = '/** Says it. */\nexport const a = 1;\n// says nothing\nexport const b = 2;\n';
  expect(check("export { a, b as c } from './a.ts';", { 'packages/client/src/a.ts': text })).toMatchObject([
    { path: 'packages/client/src/a.ts', line: 4, message: expect.stringContaining('`b` is public') },
  ]);
});

test('an empty doc comment is none', () => {
  expect(
    check("export { a } from './a.ts';", { 'packages/client/src/a.ts': '/** */\nexport const a = 1;' }),
  ).toHaveLength(1);
});

test('a name that is exported by way of another file is followed', () => {
  const files = {
    'packages/client/src/a/list.ts': "export { one as two } from './one.ts';",
    'packages/client/src/a/one.ts': 'export const one = 1;',
  };
  expect(check("export { two } from './a/list.ts';", files)).toMatchObject([{ path: 'packages/client/src/a/one.ts' }]);
});

test('one comment serves all overloads of a function', () => {
  const text = '/** Says it. */\nexport function f(a: 1): 1;\nexport function f(a: 2): 2;\nexport function f(a) {}';
  expect(check("export { f } from './a.ts';", { 'packages/client/src/a.ts': text })).toEqual([]);
});

test('an index.ts with code of its own, or with a star, is refused', () => {
  expect(check('export const a = 1;')[0].message).toContain('nothing else');
  expect(check("export * from './a.ts';")[0].message).toContain('name each export');
  expect(check('export {};')).toEqual([]);
});
