import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { pureCore } from './pure-core.js';

const check = (text, path = 'packages/simulator/src/core/a.ts') => pureCore.check(projectOf({ [path]: text }));

test.each([
  'export async function f() {}',
  'const f = async () => 1;',
  'type A = Promise<number>;',
  'function f(clock: Clock) {}',
  'function f(random: Random) {}',
])('nothing in core waits or asks: %s', (text) => {
  expect(check(text)).toHaveLength(1);
  expect(check(text, 'packages/simulator/src/gateway/a.ts')).toEqual([]);
});

test.each(['@orderkeeper/ports', 'node:crypto', '../ledger/order.ts', '../../src/clock/a.ts', 'zod'])(
  'core takes no values from %s',
  (from) => {
    expect(check(`import { a } from '${from}';`)).toMatchObject([{ line: 1, message: expect.stringContaining(from) }]);
  },
);

test('core takes values from core and from the protocol, and types from anywhere', () => {
  const lines = [
    "import { a } from './b.ts';",
    "import { fen } from '@orderkeeper/protocol';",
    "import type { Order } from '../ledger/order.ts';",
    "import { type Call } from '../world.ts';",
  ];
  expect(check(lines.join('\n'))).toEqual([]);
});

test('tests of core may use what they need', () => {
  expect(check("import { test } from 'vitest';", 'packages/simulator/src/core/a.test.ts')).toEqual([]);
});
