import type { Order, Refund, RefundState } from '@orderkeeper/keeper';
import type { SimRefund, SimRefundState } from '@orderkeeper/simulator';
import type { WorldEnd } from '../world/world-end.ts';
import { isOfKind } from '../call-kinds.ts';
import { isLeftToTheBill } from './index-of.ts';
import type { Check, Violation } from './violation.ts';

const EQUAL: Readonly<Record<SimRefundState | 'none', readonly RefundState[]>> = {
  none: ['rejected'],
  PROCESSING: [],
  SUCCESS: ['succeeded'],
  CHANGE: ['abnormal'],
  REFUNDCLOSE: ['closed'],
};

/** Every refund has the same end and amount in both books (R12). */
export const refundsAreEqual: Check = ({ orders, ledgerRefunds }) => {
  const entries = new Map(ledgerRefunds.map((entry) => [entry.outRefundNo, entry]));
  return orders.flatMap((order) =>
    order.refunds.flatMap((refund) => differencesOf(refund, entries.get(refund.outRefundNo))),
  );
};

function differencesOf({ outRefundNo, state, refundFen }: Refund, entry: SimRefund | undefined): readonly Violation[] {
  const truth = entry?.state ?? 'none';
  const found = (message: string): Violation => ({ rule: 'R12', about: outRefundNo, message });
  if (!EQUAL[truth].includes(state)) return [found(`is ${state} for the keeper and ${truth} at WeChat Pay`)];
  if (entry === undefined || entry.refundFen === refundFen) return [];
  return [found(`is ${refundFen} fen for the keeper and ${entry.refundFen} at WeChat Pay`)];
}

/** What the merchant has kept of an order is what its state says: nothing of an order that is not paid, one payment of one that is. */
export const moneyIsConserved: Check = (end) => end.orders.flatMap((order) => moneyOf(end, order));

function moneyOf(end: WorldEnd, order: Order): readonly Violation[] {
  return order.attempts.flatMap(({ outTradeNo, payment }) => {
    const entry = end.ledger.find((candidate) => candidate.outTradeNo === outTradeNo);
    if (entry?.payment === undefined || entry.state === 'REVOKED') return [];
    const refunds = end.ledgerRefunds.filter((refund) => refund.outTradeNo === outTradeNo);
    const backFen = refunds
      .filter(({ state }) => state === 'SUCCESS')
      .reduce((sum, { refundFen }) => sum + refundFen, 0);
    const keptFen = entry.totalFen - backFen;
    const isPayer = order.paidBy === outTradeNo;
    const found = (message: string): readonly Violation[] => [{ rule: 'R10', about: outTradeNo, message }];
    if (payment === undefined && isLeftToTheBill(end, entry)) return [];
    if (payment === undefined) return found(`was paid ${entry.totalFen} fen that the keeper does not know`);
    if (backFen > entry.totalFen) return found(`was paid ${entry.totalFen} fen and ${backFen} went back`);
    if (isPayer)
      return (keptFen === 0) === (order.state === 'refunded')
        ? []
        : found(`${keptFen} fen are kept of an order that is ${order.state}`);
    // A refund that ended without reaching the payer, or was refused, was told and is a person's business.
    const isTold = refunds.some(({ state }) => state === 'CHANGE' || state === 'REFUNDCLOSE');
    if (wasRefusedUnsigned(end, outTradeNo)) return [];
    return keptFen === 0 || isTold ? [] : found(`${keptFen} fen are kept of a payment that nobody wanted`);
  });
}

/** Whether a call for a refund was refused before anybody was authenticated: such refusals are believed, for they are true. */
const wasRefusedUnsigned = ({ calls }: WorldEnd, outTradeNo: string): boolean =>
  calls.some((call) => call.outTradeNo === outTradeNo && isOfKind('refund')(call) && call.answerStatus === 401);
