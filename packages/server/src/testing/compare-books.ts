import { z } from 'zod';
import { type OrderView, orderSchema } from '../contract/order-view.ts';
import type { ReceivedEvent } from './event-receiver.ts';

const ledgerSchema = z.object({
  orders: z.array(
    z.object({
      outTradeNo: z.string(),
      state: z.string(),
      totalFen: z.int(),
      refundedFen: z.int(),
      payment: z.object({ transactionId: z.string() }).optional(),
    }),
  ),
});

/** The books of both sides and what the merchant's systems were told. */
export interface Books {
  readonly orders: readonly OrderView[];
  /** `GET /ledger` of the simulator. */
  readonly ledger: unknown;
  readonly events: readonly ReceivedEvent[];
}

/** What an attempt must be for each state of WeChat Pay's; others are not final. */
const FINAL: ReadonlyMap<string, readonly string[]> = new Map([
  ['SUCCESS', ['paid']],
  ['REFUND', ['paid']],
  ['CLOSED', ['closed']],
  ['REVOKED', ['reversed']],
  ['PAYERROR', ['failed', 'rejected', 'reversed', 'closed']],
]);

/** What the keeper may say of a number that WeChat Pay has never seen. */
const NEVER_SEEN: readonly string[] = ['rejected', 'failed', 'closed', 'reversed'];

/** Every difference, in words; none when every order is final and equal on both sides, and told once. */
export function compareBooks({ orders, ledger, events }: Books): readonly string[] {
  const book = new Map(ledgerSchema.parse(ledger).orders.map((order) => [order.outTradeNo, order]));
  const known = new Set(orders.flatMap(({ attempts }) => attempts.map(({ outTradeNo }) => outTradeNo)));
  return [
    ...[...book.keys()].filter((outTradeNo) => !known.has(outTradeNo)).map((no) => `${no} is not in the keeper's book`),
    ...orders.flatMap((order) => [...orderDifferences(order, book)]),
    ...orders.flatMap((order) => [
      ...eventDifferences(
        order,
        events.filter(({ orderId }) => orderId === order.orderId),
      ),
    ]),
  ];
}

type Book = ReadonlyMap<string, z.output<typeof ledgerSchema>['orders'][number]>;

function* orderDifferences(order: OrderView, book: Book): Iterable<string> {
  if (order.state === 'open') yield `${order.orderId} is still open`;
  for (const { outTradeNo, state, payment } of order.attempts) {
    const truth = book.get(outTradeNo);
    const allowed = truth === undefined ? NEVER_SEEN : (FINAL.get(truth.state) ?? []);
    if (!allowed.includes(state)) yield `${outTradeNo} is ${state}, at WeChat Pay ${truth?.state ?? 'unknown'}`;
    // A charge that was taken back may have been paid for a moment, without anybody here having seen it.
    const paidFor = truth?.state === 'REVOKED' ? payment?.transactionId : truth?.payment?.transactionId;
    if (payment?.transactionId !== paidFor) yield `${outTradeNo} was paid by another payment`;
    const refunds = order.refunds.filter((refund) => refund.outTradeNo === outTradeNo);
    const backFen = refunds.reduce((sum, { state: end, refundFen }) => sum + (end === 'succeeded' ? refundFen : 0), 0);
    if (backFen !== (truth?.refundedFen ?? 0))
      yield `${outTradeNo}: ${backFen} fen went back, at WeChat Pay ${truth?.refundedFen}`;
    for (const refund of refunds) if (refund.state !== 'succeeded') yield `${refund.outRefundNo} is ${refund.state}`;
  }
}

function* eventDifferences(order: OrderView, events: readonly ReceivedEvent[]): Iterable<string> {
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  const wanted = [
    ['order.paid', order.state === 'paid' || order.state === 'refunded' ? 1 : 0],
    ['order.closed', order.state === 'closed' ? 1 : 0],
    ['order.reversed', order.state === 'reversed' ? 1 : 0],
    ['refund.succeeded', order.refunds.filter(({ state }) => state === 'succeeded').length],
  ] as const;
  for (const [type, times] of wanted)
    if (count(type) !== times) yield `${order.orderId}: ${type} was told ${count(type)} times, not ${times}`;
  const sequences = events.map(({ sequence }) => sequence);
  const inOrder = sequences.every((sequence, index) => sequence === index + 1);
  if (!inOrder) yield `${order.orderId}: events came as ${sequences.join(', ')}`;
}

/** Reads an order's view as an answer brought it. */
export const readOrders = (page: unknown) =>
  z.object({ orders: z.array(orderSchema), nextCursor: z.string().optional() }).parse(page);
