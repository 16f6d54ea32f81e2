import type { Random } from '@orderkeeper/ports';

const NONCE_BYTES = 16;

/** A fresh `nonce_str`: 32 hexadecimal digits, the longest that WeChat Pay takes, in either protocol. */
export function createNonce(random: Random): string {
  const { buffer, byteOffset, byteLength } = random.bytes(NONCE_BYTES);
  return Buffer.from(buffer, byteOffset, byteLength).toString('hex');
}
