import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { manifests } from './manifests.js';

const ROOT = { license: 'MIT', engines: { node: '>=20.19' } };
const GOOD = {
  ...ROOT,
  type: 'module',
  files: ['dist', 'src', '!**/*.test.*', '!**/*.suite.*', '!**/testing', '!**/.tsbuildinfo'],
  exports: { '.': { 'orderkeeper-source': './src/index.ts', default: './dist/index.js' } },
  dependencies: { undici: '7.30.2' },
};

const check = (manifest, more = { 'packages/ports/LICENSE': 'MIT' }) =>
  manifests
    .check(
      projectOf({
        'package.json': JSON.stringify(ROOT),
        'packages/ports/package.json': JSON.stringify(manifest),
        ...more,
      }),
    )
    .map(({ message }) => message);

test('a package that says the same as the others passes', () => {
  expect(check(GOOD)).toEqual([]);
});

test.each([
  [{ license: 'ISC' }, 'the license is MIT'],
  [{ engines: { node: '>=18' } }, 'engines.node is >=20.19'],
  [{ type: 'commonjs' }, 'the type is module'],
  [{ files: ['dist'] }, 'files is'],
  [{ exports: { '.': { default: './dist/index.js' } } }, 'no condition orderkeeper-source'],
  [{ dependencies: { undici: '^7.30.2' } }, 'undici is ^7.30.2: name one exact version'],
  [{ devDependencies: { undici: 'latest' } }, 'undici is latest: name one exact version'],
])('a package with %j is refused', (change, message) => {
  expect(check({ ...GOOD, ...change })).toEqual([expect.stringContaining(message)]);
});

test('a package without its licence text is refused', () => {
  expect(check(GOOD, {})).toEqual([expect.stringContaining('no LICENSE file')]);
});
