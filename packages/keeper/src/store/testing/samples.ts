import {
  type Appid,
  type Fen,
  fen,
  type Mchid,
  type OutRefundNo,
  type OutTradeNo,
  parseAppid,
  parseMchid,
  parseOutRefundNo,
  parseOutTradeNo,
  parseTransactionId,
  type Result,
} from '@orderkeeper/protocol';
import type { DutyChange, DutyKind, EventType } from '../../core/decision.ts';
import type { Attempt, AttemptState, LearnedBy, Order, OrderId, Refund } from '../../core/order.ts';
import { parseOrderId } from '../../core/order-id.ts';
import type { Change, ReceivedNotice } from '../store.ts';

/** Noon of a day in 2027; every sample happens around it. */
export const NOON_MS = 1_804_000_000_000;

const MINUTE_MS = 60_000;

function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** A merchant by number. */
export const mchid = (text: string): Mchid => given(parseMchid(text));
/** The merchant of every sample that names no other. */
export const MERCHANT = mchid('1900000109');
const APPID: Appid = given(parseAppid('wxd678efh567hg6787'));

/** An order id. */
export const orderId = (text: string): OrderId => given(parseOrderId(text));
/** The number of an attempt. */
export const outTradeNo = (text: string): OutTradeNo => given(parseOutTradeNo(text));
/** The number of a refund. */
export const outRefundNo = (text: string): OutRefundNo => given(parseOutRefundNo(text));

/** An attempt over 19.90 CNY that waits for its payer. */
export function attemptSample(number: string, changes: Partial<Attempt> = {}): Attempt {
  return {
    outTradeNo: outTradeNo(number),
    protocol: 'v2',
    content: {
      totalFen: fen(1990),
      description: 'a kettle',
      tradeType: 'NATIVE',
      expiresAtMs: NOON_MS + 30 * MINUTE_MS,
      payerIp: '203.0.113.7',
    },
    state: 'open',
    openedAtMs: NOON_MS,
    queriesMade: 0,
    ...changes,
  };
}

/** An open order over 19.90 CNY with one attempt, whose number is the order's id with an `a` before it. */
export function orderSample(id: string, changes: Partial<Order> = {}): Order {
  const expiresAtMs = changes.expiresAtMs ?? NOON_MS + 30 * MINUTE_MS;
  const { content, ...attempt } = attemptSample(`a${id}`);
  return {
    orderId: orderId(id),
    mchid: MERCHANT,
    appid: APPID,
    totalFen: fen(1990),
    description: 'a kettle',
    createdAtMs: NOON_MS,
    expiresAtMs,
    latePayment: 'refund',
    state: 'open',
    attempts: [{ ...attempt, content: { ...content, expiresAtMs } }],
    refunds: [],
    eventCount: 0,
    ...changes,
  };
}

/** What a change may add to a decision that only saves `order`. */
export interface ChangeParts {
  readonly events?: readonly EventType[];
  readonly duties?: readonly DutyChange[];
  readonly alarms?: Change['decision']['alarms'];
  readonly summary?: string;
  readonly entry?: Partial<Change['entry']>;
  readonly settles?: Change['settles'];
  readonly notice?: ReceivedNotice;
}

/** A change that saves `order`, and tells `events` with the next numbers. */
export function changeSample(order: Order, parts: ChangeParts = {}): Change {
  const { events = [], duties = [], alarms = [], summary = 'something happened', entry, settles, notice } = parts;
  const drafts = events.map((type, index) => ({
    type,
    sequence: order.eventCount + index + 1,
    atMs: NOON_MS,
    data: { orderId: order.orderId, totalFen: order.totalFen },
  }));
  const counted = { ...order, eventCount: order.eventCount + events.length };
  return {
    decision: { order: counted, events: drafts, duties, alarms, summary },
    entry: { atMs: NOON_MS, source: 'merchant', observation: '{"kind":"sample"}', ...entry },
    ...(settles !== undefined && { settles }),
    ...(notice !== undefined && { notice }),
  };
}

/** The order with its last attempt in another state. */
export function withAttempt(order: Order, state: AttemptState, changes: Partial<Attempt> = {}): Order {
  const last = order.attempts.at(-1);
  if (last === undefined) throw new Error(`order ${order.orderId} has no attempt`);
  return { ...order, attempts: [...order.attempts.slice(0, -1), { ...last, state, ...changes }] };
}

/** The order, paid by its last attempt. */
export function paid(order: Order, learned: { readonly by?: LearnedBy; readonly atMs?: number } = {}): Order {
  const { by = 'notice', atMs = NOON_MS + MINUTE_MS } = learned;
  const payment = {
    transactionId: given(parseTransactionId('4200000001202711241234567890')),
    totalFen: order.totalFen,
    cashFen: order.totalFen,
    bankType: 'OTHERS',
    paidAtMs: NOON_MS + MINUTE_MS,
    learnedBy: by,
    learnedAtMs: atMs,
  };
  const settled = withAttempt(order, 'paid', { payment });
  const paidBy = settled.attempts.at(-1)?.outTradeNo;
  return { ...settled, state: 'paid', ...(paidBy !== undefined && { paidBy }) };
}

/** The order with one more refund of its last attempt, on its way. */
export function withRefund(order: Order, number: string, refundFen: Fen): Order {
  const last = order.attempts.at(-1);
  if (last === undefined) throw new Error(`order ${order.orderId} has no attempt`);
  const refund: Refund = {
    outRefundNo: outRefundNo(number),
    outTradeNo: last.outTradeNo,
    refundFen,
    reason: 'asked',
    state: 'processing',
    askedAtMs: NOON_MS,
    looksMade: 0,
  };
  return { ...order, refunds: [...order.refunds, refund] };
}

/** One more scheduled query was made: a change that can be counted. */
export function countQuery(order: Order): Change {
  const queriesMade = (order.attempts.at(-1)?.queriesMade ?? 0) + 1;
  return changeSample(withAttempt(order, 'open', { queriesMade }), { summary: `query ${queriesMade}` });
}

/** Schedules a duty of the order's first attempt. */
export function schedule(
  order: Order,
  kind: DutyKind,
  dueAtMs: number,
  priority: 'payer-waits' | 'close' | 'sweep' = 'sweep',
): DutyChange {
  return { change: 'schedule', kind, subject: order.attempts[0]?.outTradeNo ?? order.orderId, dueAtMs, priority };
}

/** A message about the order `id`. */
export function noticeSample(noticeId: string, changes: Partial<ReceivedNotice> = {}): ReceivedNotice {
  return {
    noticeId,
    mchid: MERCHANT,
    atMs: NOON_MS,
    body: new TextEncoder().encode(`<xml><id>${noticeId}</id></xml>`),
    verdict: 'set aside: no such order',
    ...changes,
  };
}
