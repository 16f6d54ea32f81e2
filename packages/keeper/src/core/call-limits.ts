/** How many calls a merchant may make: so many at once, and so many per second in the long run. */
export interface CallLimits {
  readonly callsPerSecond: number;
  readonly burst: number;
}

/**
 * Far below what WeChat Pay was seen to allow (hundreds per second and merchant, 150 for refunds), because several
 * processes may work for one merchant and other systems of the merchant call too.
 */
export const CALL_LIMITS_DEFAULT: CallLimits = { callsPerSecond: 50, burst: 100 };
