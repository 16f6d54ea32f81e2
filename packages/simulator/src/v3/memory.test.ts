import { expect, test } from 'vitest';
import { createMemory } from './memory.ts';

test('a memory keeps the latest of each topic, and finds the latest of another', () => {
  const memory = createMemory<string>();
  memory.keep('query', 'A', 'a1');
  memory.keep('query', 'B', 'b1');
  memory.keep('query', 'A', 'a2');
  memory.keep('close', 'C', 'c1');
  expect([memory.ofSame('query', 'A'), memory.ofOther('query', 'A'), memory.ofOther('query', 'B')]).toEqual([
    'a2',
    'b1',
    'a2',
  ]);
  expect([memory.ofSame('close', 'A'), memory.ofOther('close', 'C')]).toEqual([undefined, undefined]);
});

test('a memory forgets the oldest, and everything when it is told to', () => {
  const memory = createMemory<number>();
  for (let index = 0; index < 600; index++) memory.keep('query', String(index), index);
  expect([memory.ofSame('query', '99'), memory.ofSame('query', '100')]).toEqual([undefined, 100]);
  memory.clear();
  expect(memory.ofOther('query', '1')).toBeUndefined();
});
