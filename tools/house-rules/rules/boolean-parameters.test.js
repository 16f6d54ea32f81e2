import { expect, test } from 'vitest';
import { projectOf } from '../project.js';
import { booleanParameters } from './boolean-parameters.js';

const check = (text) => booleanParameters.check(projectOf({ 'packages/client/src/a.ts': text }));

test.each([
  'function f(force: boolean) {}',
  'function f(force = false) {}',
  'const f = (force?: boolean) => force;',
  'function f(force: boolean | undefined) {}',
  'function f(force: true) {}',
  'type F = (force: boolean) => void;',
  'interface A { close(force: (boolean)): void }',
])('a boolean parameter is refused in %s', (text) => {
  expect(check(text)).toMatchObject([{ line: 1, message: expect.stringContaining('`force`') }]);
});

test.each([
  'function f(because: "expired" | "asked"): boolean { return true; }',
  'interface A { readonly closed: boolean }',
  'const isOpen = (one: Order): one is Open => true;',
  'const f = (options: { readonly json: "json" | "text" }) => options;',
])('booleans as results and properties pass in %s', (text) => {
  expect(check(text)).toEqual([]);
});
