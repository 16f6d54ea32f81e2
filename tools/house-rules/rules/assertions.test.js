import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { assertions } from './assertions.js';

const check = (text) => assertions.check(projectOf({ 'packages/client/src/a.ts': text }));

test.each(['const a = b as Fen;', 'const a = <Fen>b;', 'const a = b!;', 'let a: any;', 'f(b as unknown as Fen);'])(
  'a claim that nobody checked is refused: %s',
  (text) => {
    expect(check(text).length).toBeGreaterThan(0);
  },
);

test.each([
  "const a = ['x'] as const;",
  "import { a as b } from './a.ts';",
  'const a = { b: 1 } satisfies Record<string, number>;',
  'const company = "as any";',
  'if (!a) f();',
])('what only looks like one passes: %s', (text) => {
  expect(check(text)).toEqual([]);
});
