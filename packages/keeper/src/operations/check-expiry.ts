import { failure, ok, type Result } from '@orderkeeper/protocol';

const DAY_MS = 24 * 60 * 60_000;

/**
 * After seven days WeChat Pay closes an unpaid order by itself.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
const ORDER_LIFETIME_MS_MAX = 7 * DAY_MS;

/** Refuses an expiry that cannot be kept. */
export function checkExpiry(expiresAtMs: number, nowMs: number): Result<void, 'invalid-request'> {
  if (!Number.isSafeInteger(expiresAtMs))
    return failure('invalid-request', `expiresAtMs must be UTC milliseconds, a whole number, not ${expiresAtMs}`);
  if (expiresAtMs <= nowMs || expiresAtMs - nowMs > ORDER_LIFETIME_MS_MAX)
    return failure('invalid-request', 'expiresAtMs must be in the future, at most seven days ahead');
  return ok(undefined);
}
