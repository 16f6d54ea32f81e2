import type { OutTradeNo } from '@orderkeeper/protocol';
import type { Alarm, EventType, Refusal, RefusalReason } from './decision.ts';
import type { Attempt, Order } from './order.ts';

/** An event before it has its number. */
export interface News {
  readonly type: EventType;
  /** JSON-safe, and free of when and by which way we learned it: the same facts in any order tell the same. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** A decision in the making: what changed so far, and what is to be told. State, duties and numbers come at the end. */
export interface Draft {
  readonly order: Order;
  readonly news: readonly News[];
  readonly alarms: readonly Alarm[];
  readonly summary: string;
  readonly refused?: Refusal;
}

/** Nothing changed; the sentence says why. */
export const unchanged = (order: Order, summary: string): Draft => ({ order, news: [], alarms: [], summary });

/** A wish that the rules forbid now. */
export function refuse(order: Order, reason: RefusalReason, message: string): Draft {
  return { ...unchanged(order, message), refused: { reason, message } };
}

/** Adds an event, to be told after those there are. */
export const tell = (draft: Draft, news: News): Draft => ({ ...draft, news: [...draft.news, news] });

/** Adds something that a person should look at. */
export const alarm = (draft: Draft, raised: Alarm): Draft => ({ ...draft, alarms: [...draft.alarms, raised] });

/** The attempt under a number. */
export const attemptOf = (order: Order, outTradeNo: OutTradeNo): Attempt | undefined =>
  order.attempts.find((attempt) => attempt.outTradeNo === outTradeNo);

/** Puts a changed attempt in the place of the old one; the same order when it is the same attempt. */
export function withAttempt(order: Order, changed: Attempt): Order {
  if (order.attempts.includes(changed)) return order;
  const attempts = order.attempts.map((attempt) => (attempt.outTradeNo === changed.outTradeNo ? changed : attempt));
  return { ...order, attempts };
}
