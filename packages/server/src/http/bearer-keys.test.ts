import { createSecret } from '@orderkeeper/protocol';
import { expect, test } from 'vitest';
import { createBearerKeys } from './bearer-keys.ts';

const holderOf = createBearerKeys([
  { name: 'shop', key: createSecret('a'.repeat(24)) },
  { name: 'till', key: createSecret('b'.repeat(24)) },
]);

test('a key tells whose it is, with the scheme in any case', () => {
  expect(holderOf(`Bearer ${'a'.repeat(24)}`)).toBe('shop');
  expect(holderOf(`bearer ${'b'.repeat(24)}`)).toBe('till');
});

test.each([
  '',
  'Bearer',
  'Bearer ',
  `Basic ${'a'.repeat(24)}`,
  `Bearer ${'a'.repeat(23)}`,
  `Bearer x ${'a'.repeat(24)}`,
])('anything else is nobody’s: %s', (authorization) => {
  expect(holderOf(authorization)).toBeUndefined();
});

test('without keys nobody is let in, not even with an empty one', () => {
  expect(createBearerKeys([])('Bearer ')).toBeUndefined();
});
