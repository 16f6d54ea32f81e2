import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { importDirections } from './import-directions.js';

const manifest = (dependencies = [], exports = { '.': './src/index.ts' }) =>
  JSON.stringify({ exports, dependencies: Object.fromEntries(dependencies.map((name) => [name, '1.0.0'])) });

const WORLD = {
  'package.json': JSON.stringify({ devDependencies: { vitest: '4.1.12' } }),
  'packages/protocol/package.json': manifest(),
  'packages/protocol/src/index.ts': [
    "export { readXml } from './v2/xml/read-xml.ts';",
    "export { orderquery, type OrderqueryRequest } from './v2/operations/orderquery.ts';",
    "export { printRequest } from './v2/request.ts';",
  ].join('\n'),
  'packages/ports/package.json': manifest(['undici']),
  'packages/client/package.json': manifest(['@orderkeeper/protocol', 'node-forge']),
  'packages/simulator/package.json': manifest(['@orderkeeper/protocol', '@orderkeeper/ports', 'zod']),
  'packages/server/package.json': manifest(['@orderkeeper/client']),
};

const check = (path, text) =>
  importDirections.check(projectOf({ ...WORLD, [path]: text })).map(({ message }) => message);
const expectRefusal = (path, text, message) => expect(check(path, text)).toEqual([expect.stringContaining(message)]);

test('imports along the arrows, by public entries, between declared packages pass', () => {
  expect(
    check('packages/client/src/a.ts', "import { readXml } from '@orderkeeper/protocol';\nimport './b.ts';"),
  ).toEqual([]);
  expect(check('packages/server/src/a.ts', "export { createClient } from '@orderkeeper/client';")).toEqual([]);
});

test('an upward import is refused, also of a type and also in a test', () => {
  expectRefusal(
    'packages/protocol/src/a.ts',
    "import { b } from '@orderkeeper/client';",
    'protocol may not import client',
  );
  expectRefusal(
    'packages/simulator/src/a.ts',
    "import type { b } from '@orderkeeper/client';",
    'simulator may not import client',
  );
  expectRefusal(
    'packages/simulator/src/a.ts',
    "let a: import('@orderkeeper/client').A;",
    'simulator may not import client',
  );
  expectRefusal(
    'packages/simulator/src/a.test.ts',
    "import { b } from '@orderkeeper/client';",
    'simulator may not import client',
  );
});

test('the simulator may be imported by tests of the keeper, and only by them', () => {
  const text = "import { createSimulator } from '@orderkeeper/simulator';";
  const world = (path) => ({
    ...WORLD,
    'packages/keeper/package.json': JSON.stringify({ devDependencies: { '@orderkeeper/simulator': '1.0.0' } }),
    [path]: text,
  });
  const messages = (path) => importDirections.check(projectOf(world(path))).map(({ message }) => message);
  expect(messages('packages/keeper/src/work/a.test.ts')).toEqual([]);
  expect(messages('packages/keeper/src/work/a.ts')).toEqual([
    expect.stringContaining('keeper may not import simulator'),
  ]);
});

test('a package that the importing one does not declare is refused, ours or from the registry', () => {
  expectRefusal(
    'packages/client/src/a.ts',
    "import { b } from '@orderkeeper/ports';",
    'not declared by packages/client/package.json',
  );
  expectRefusal(
    'packages/client/src/a.ts',
    "import { z } from 'zod';",
    'zod is not declared by packages/client/package.json',
  );
  expect(check('packages/client/src/a.ts', "import forge from 'node-forge/lib/x.js';")).toEqual([]);
});

test('an import past the public entry is refused, by name or by path', () => {
  expectRefusal(
    'packages/client/src/a.ts',
    "import { b } from '@orderkeeper/protocol/src/v2/request.ts';",
    'not a public entry',
  );
  expectRefusal('packages/client/src/a.ts', "import { b } from '../../protocol/src/index.ts';", 'leaves the package');
});

test('a dynamic import is refused', () => {
  expectRefusal('packages/client/src/a.ts', "const a = await import('./b.ts');", 'dynamic import');
  expectRefusal('packages/client/src/a.ts', "const a = require('./b.ts');", 'dynamic import');
});

test('relative imports have a file ending and do not go through their own index.ts', () => {
  expectRefusal('packages/client/src/a.ts', "import { b } from './b';", 'write ./b.ts');
  expectRefusal('packages/client/src/a.ts', "import { b } from './index.ts';", 'does not import its own index.ts');
  expectRefusal('packages/client/src/a.ts', "import { b } from '@orderkeeper/client';", 'by relative paths');
});

test('protocol and client get the network passed in', () => {
  expectRefusal('packages/protocol/src/a.ts', "import fs from 'node:fs';", 'node:fs must be passed in');
  expectRefusal('packages/client/src/a.ts', "import http from 'node:http';", 'node:http must be passed in');
  expect(check('packages/client/src/a.test.ts', "import http from 'node:http';")).toEqual([]);
});

test('in ports only the real implementations reach for the world', () => {
  expectRefusal(
    'packages/ports/src/virtual-clock.ts',
    "import { a } from 'node:crypto';",
    'only system-*.ts and undici-*.ts',
  );
  expectRefusal('packages/ports/src/http.ts', "import { a } from 'undici';", 'only system-*.ts and undici-*.ts');
  expect(check('packages/ports/src/undici-http.ts', "import { a } from 'undici';\nimport 'node:tls';")).toEqual([]);
});

test('the simulator takes the wire formats of the protocol and not the client’s reading of the rules', () => {
  const from = (names) => `import { ${names} } from '@orderkeeper/protocol';`;
  expect(check('packages/simulator/src/a.ts', from('readXml'))).toEqual([]);
  expectRefusal(
    'packages/simulator/src/a.ts',
    from('readXml, orderquery'),
    'orderquery is the client’s reading'.replace('’', "'"),
  );
  expectRefusal('packages/simulator/src/a.ts', from('type OrderqueryRequest'), 'v2/operations/orderquery.ts');
  expectRefusal('packages/simulator/src/a.ts', from('printRequest'), 'v2/request.ts');
});

test('a test may import the test tools of the repository, other files may not', () => {
  expect(check('packages/client/src/a.test.ts', "import { test } from 'vitest';")).toEqual([]);
  expectRefusal('packages/client/src/a.ts', "import { test } from 'vitest';", 'vitest is not declared');
});

test('a new package needs a row in the table before it may import anything', () => {
  expectRefusal('packages/dashboard/src/a.ts', "import './b.ts';", 'package dashboard has no row');
});
