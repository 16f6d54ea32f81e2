import type { Random } from './random.ts';

/**
 * Creates a {@link Random} that repeats itself for the same 32-bit `seed` (algorithm: splitmix32).
 * For simulation and tests only: its bytes can be guessed.
 */
export function createSeededRandom(seed: number): Random {
  let state = seed | 0;
  const nextUint32 = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return {
    fraction: () => nextUint32() / 4_294_967_296,
    bytes: (byteCount) => Uint8Array.from({ length: byteCount }, () => nextUint32() & 0xff),
  };
}
