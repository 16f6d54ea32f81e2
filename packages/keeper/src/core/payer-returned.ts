import { isLive } from './attempt-transitions.ts';
import { type Draft, unchanged, withAttempt } from './draft.ts';
import type { Moment } from './moment.ts';
import type { Order } from './order.ts';
import { askNow } from './query-schedule.ts';

/** The payer's client came back and wants to know: WeChat Pay is asked at once, at most once per two seconds (R6). */
export function payerReturned(order: Order, { nowMs }: Moment): Draft {
  const live = order.attempts.find(isLive);
  if (live === undefined) return unchanged(order, `the order is ${order.state}: there is nothing to ask`);
  const asked = askNow(live, 'payer-returned', nowMs);
  const summary = asked === live ? 'a query is on its way already' : `${live.outTradeNo} is asked about now`;
  return unchanged(withAttempt(order, asked), summary);
}
