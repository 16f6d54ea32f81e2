import { gunzip } from 'node:zlib';
import { failure, ok, type Result } from '../../values/result.ts';

/** Why a packed bill cannot be unpacked. */
export type GunzipReason = 'not-gzip' | 'too-large';

/** The largest bill unpacked by default: about half a million rows. */
export const BILL_BYTES_MAX = 268_435_456;

/**
 * Unpacks a bill that was asked for with `tar_type` GZIP, off the main thread. It stops at `bytesMax` bytes, so that a
 * small body cannot fill the memory.
 */
export function gunzipBill(
  body: Uint8Array,
  options: { readonly bytesMax?: number } = {},
): Promise<Result<Uint8Array, GunzipReason>> {
  const { bytesMax = BILL_BYTES_MAX } = options;
  return new Promise((resolve) => {
    gunzip(body, { maxOutputLength: bytesMax }, (error, unpacked) => {
      if (error === null) resolve(ok(unpacked));
      else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
        resolve(failure('too-large', `the bill unpacks to more than ${bytesMax} bytes`));
      } else resolve(failure('not-gzip', 'the body is no complete gzip stream'));
    });
  });
}
