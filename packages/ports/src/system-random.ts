import { randomFillSync } from 'node:crypto';
import type { Random } from './random.ts';

/** One large draw serves many small ones: a call to the generator costs far more than the bytes. */
const POOL_BYTES = 4096;

let pool = new Uint8Array(0);
let poolUsedBytes = 0;

/** The operating system's generator. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  bytes: (byteCount) => {
    if (byteCount > POOL_BYTES) return randomFillSync(new Uint8Array(byteCount));
    if (poolUsedBytes + byteCount > pool.length) {
      // A fresh pool, not the old one filled anew: what was handed out are views, each byte goes to one caller only.
      pool = randomFillSync(new Uint8Array(POOL_BYTES));
      poolUsedBytes = 0;
    }
    poolUsedBytes += byteCount;
    return pool.subarray(poolUsedBytes - byteCount, poolUsedBytes);
  },
};
