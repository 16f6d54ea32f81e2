import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { folderNames } from './folder-names.js';

const check = (...paths) => folderNames.check(projectOf(Object.fromEntries(paths.map((path) => [path, '']))));

test('names that say what is inside pass', () => {
  expect(check('packages/client/src/close-order.ts', 'packages/client/src/close-order.test.ts')).toEqual([]);
});

test('a folder or a file called utils, helpers or common is refused', () => {
  const paths = ['packages/client/src/utils/a.ts', 'packages/client/src/helpers.ts', 'tools/common/b.js'];
  expect(check(...paths).map(({ path }) => path)).toEqual(paths);
});

test('a file name that is not in kebab-case is refused', () => {
  expect(check('packages/client/src/closeOrder.ts')[0].message).toContain('`closeOrder` is not in kebab-case');
});
