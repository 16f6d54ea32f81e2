import type { OrderPlan } from './plan.ts';

/** APIv3 takes no shorter number; the keeper gives the attempt's part of it zeros. */
const V3_LENGTH_MIN = 6;

/** The number of an order's first attempt at WeChat Pay. */
export function firstNumberOf({ id, protocol }: Pick<OrderPlan, 'id' | 'protocol'>): string {
  const digitsMin = protocol === 'v3' ? V3_LENGTH_MIN - id.length - 1 : 1;
  return `${id}-${'1'.padStart(digitsMin, '0')}`;
}
