import type { Order, StoredEvent } from '@orderkeeper/keeper';
import type { Check, Violation } from './violation.ts';

/** Each event is heard, exactly once per id after dropping duplicates, in order per order (R13); goods go out once (R5). */
export const eventsAreTold: Check = ({ orders, heard }) => {
  const events = withoutDuplicates(heard);
  return orders.flatMap((order) =>
    storyOf(
      order,
      events.filter(({ orderId }) => orderId === order.orderId),
    ),
  );
};

function withoutDuplicates(heard: readonly StoredEvent[]): readonly StoredEvent[] {
  const first = new Map<string, StoredEvent>();
  for (const event of heard) if (!first.has(event.eventId)) first.set(event.eventId, event);
  return [...first.values()];
}

function storyOf(order: Order, events: readonly StoredEvent[]): readonly Violation[] {
  const found = (rule: string, message: string): readonly Violation[] => [{ rule, about: order.orderId, message }];
  const heard = events.map(({ sequence }) => sequence).join(' ');
  const wanted = Array.from({ length: order.eventCount }, (_, index) => index + 1).join(' ');
  const goods = events.filter(isGoods).length;
  const isKept = order.state === 'paid' || order.state === 'refunded';
  const wasPaid = order.paidBy !== undefined;
  return [
    ...(heard === wanted ? [] : found('R13', `told ${heard || 'nothing'}, and stored ${wanted || 'nothing'}`)),
    ...(goods <= 1 ? [] : found('R5', `goods went out ${goods} times`)),
    ...(isKept && goods === 0 ? found('promise', 'is paid, and nobody was told') : []),
    ...(!wasPaid && goods > 0 ? found('R4', 'goods went out for an order that is not paid') : []),
    ...(isEnded(order) && !events.some(({ type }) => type === `order.${order.state}`)
      ? found('R13', `is ${order.state}, and nobody was told`)
      : []),
  ];
}

const isEnded = ({ state }: Order): boolean => state === 'closed' || state === 'reversed';

/** What makes a shop hand out its goods; it also follows `order.paid_after_close` where the order is opened again. */
const isGoods = ({ type }: StoredEvent): boolean => type === 'order.paid';

/** What cannot be taken back by telling the opposite later: goods were taken from the counter, or a payer was sent away. */
export const nothingFalseIsTold: Check = (end) =>
  withoutDuplicates(end.heard).flatMap((event) => {
    const { outTradeNo, outRefundNo } = numbersOf(event);
    const entry = end.ledger.find((candidate) => candidate.outTradeNo === outTradeNo);
    const refund = end.ledgerRefunds.find((candidate) => candidate.outRefundNo === outRefundNo);
    const isFalse =
      (event.type === 'attempt.failed' && entry?.payment !== undefined) ||
      (event.type === 'refund.rejected' && refund !== undefined && refund.requestedAtMs < event.atMs - MINUTE);
    return isFalse ? [{ rule: 'R4', about: event.orderId, message: `${event.type} was told, and it was not so` }] : [];
  });

const MINUTE = 60_000;

function numbersOf({ data }: StoredEvent): { readonly outTradeNo?: unknown; readonly outRefundNo?: unknown } {
  const numbers: unknown = JSON.parse(data);
  return typeof numbers === 'object' && numbers !== null ? numbers : {};
}
