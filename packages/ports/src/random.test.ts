import { describe, expect, test } from 'vitest';
import type { Random } from './random.ts';
import { createSeededRandom } from './seeded-random.ts';
import { systemRandom } from './system-random.ts';

describe.each<[string, () => Random]>([
  ['a seeded random', () => createSeededRandom(7)],
  ['the system random', () => systemRandom],
])('%s', (_, create) => {
  test('gives fractions at or above 0 and below 1, and not always the same', () => {
    const random = create();
    const fractions = Array.from({ length: 1_000 }, () => random.fraction());
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...fractions)).toBeLessThan(1);
    expect(new Set(fractions).size).toBeGreaterThan(990);
  });

  test.each([0, 1, 16, 4_096, 10_000])('gives %i bytes when asked for so many', (byteCount) => {
    expect(create().bytes(byteCount)).toHaveLength(byteCount);
  });

  test('never hands out the same sixteen bytes twice, nor changes bytes that it has handed out', () => {
    const random = create();
    const drawn = Array.from({ length: 2_000 }, () => {
      const bytes = random.bytes(16);
      return { bytes, text: Buffer.from(bytes).toString('hex') };
    });
    expect(new Set(drawn.map(({ text }) => text)).size).toBe(2_000);
    for (const { bytes, text } of drawn) expect(Buffer.from(bytes).toString('hex')).toBe(text);
  });
});

describe('seeds', () => {
  const draw = (seed: number): unknown => {
    const random = createSeededRandom(seed);
    return [random.fraction(), Buffer.from(random.bytes(8)).toString('hex'), random.fraction()];
  };

  test('repeat the same draws for the same seed', () => {
    expect(draw(42)).toEqual(draw(42));
  });

  test('differ from each other, also neighbours', () => {
    expect(draw(42)).not.toEqual(draw(43));
  });
});
