import { randomFillSync } from 'node:crypto';
import type { Random } from './random.ts';

/** One large draw serves many small ones: a call to the generator costs far more than the bytes. */
const POOL_BYTES = 4096;

const pool = new Uint8Array(POOL_BYTES);
let poolUsedBytes = POOL_BYTES;

/** The operating system's generator. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  bytes: (byteCount) => {
    if (byteCount > POOL_BYTES) return randomFillSync(new Uint8Array(byteCount));
    if (poolUsedBytes + byteCount > POOL_BYTES) {
      randomFillSync(pool);
      poolUsedBytes = 0;
    }
    poolUsedBytes += byteCount;
    return pool.slice(poolUsedBytes - byteCount, poolUsedBytes);
  },
};
