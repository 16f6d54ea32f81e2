import { type Appid, failure, type Fen, type Mchid, ok, type OutTradeNo, type Result } from '@orderkeeper/protocol';
import type { Decision } from './decision.ts';
import { finishDecision } from './finish-decision.ts';
import type { Moment } from './moment.ts';
import type { Attempt, AttemptContent, LatePaymentPolicy, Order, OrderId, ProtocolVersion } from './order.ts';

/** What the merchant wants to be paid for, and the number and kind of its first attempt. */
export interface OrderWish {
  readonly orderId: OrderId;
  readonly mchid: Mchid;
  readonly appid: Appid;
  readonly totalFen: Fen;
  readonly description: string;
  readonly expiresAtMs: number;
  /** Absent: as the rules say. */
  readonly latePayment?: LatePaymentPolicy;
  readonly outTradeNo: OutTradeNo;
  readonly protocol: ProtocolVersion;
  /** The rest of the attempt; amount, description and expiry are the order's. */
  readonly attempt: Omit<AttemptContent, 'totalFen' | 'description' | 'expiresAtMs'>;
}

/** Why an order cannot be opened. */
export type OpenOrderReason = 'nothing-to-pay' | 'expired-already';

/** The first decision of an order (R1): the intent to place its first attempt, to be committed before any call leaves. */
export function openOrder(wish: OrderWish, { nowMs, rules }: Moment): Result<Decision, OpenOrderReason> {
  const { orderId, mchid, appid, totalFen, description, expiresAtMs, outTradeNo, protocol } = wish;
  if (totalFen <= 0) return failure('nothing-to-pay', 'totalFen must be at least 1');
  if (expiresAtMs <= nowMs) return failure('expired-already', 'expiresAtMs must be in the future');
  const content: AttemptContent = { ...wish.attempt, totalFen, description, expiresAtMs };
  const attempt: Attempt = { outTradeNo, protocol, content, state: 'creating', openedAtMs: nowMs, queriesMade: 0 };
  const latePayment = wish.latePayment ?? rules.latePayment;
  const base = { orderId, mchid, appid, totalFen, description, createdAtMs: nowMs, expiresAtMs, latePayment } as const;
  const empty: Order = { ...base, state: 'open', attempts: [], refunds: [], eventCount: 0 };
  const summary = `order opened; attempt ${outTradeNo} is to be placed`;
  const draft = { order: { ...empty, attempts: [attempt] }, news: [], alarms: [], summary };
  return ok(finishDecision(empty, draft, { nowMs, rules }, 'changed'));
}
