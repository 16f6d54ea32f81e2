import type { SimCombine, SimOrder } from './order.ts';
import type { SimRefund } from './refund.ts';

/** Orders and refunds of all merchants. Records never change: a new version takes the place of the old one. */
export interface Ledger {
  readonly order: (mchid: string, outTradeNo: string) => SimOrder | undefined;
  readonly orderByTransaction: (mchid: string, transactionId: string) => SimOrder | undefined;
  /** Orders of any merchant with this number. */
  readonly ordersNamed: (outTradeNo: string) => readonly SimOrder[];
  /** The order that a code_url, mweb_url or prepay_id leads to. */
  readonly orderByEntry: (codeUrlOrPrepayId: string) => SimOrder | undefined;
  /** The parts of a combined order; empty when there is none. */
  readonly combined: (mchid: string, combineOutTradeNo: string) => readonly SimOrder[];
  /** Combined orders of any merchant with this number, each as its parts. */
  readonly combinedNamed: (combineOutTradeNo: string) => readonly (readonly SimOrder[])[];
  /** The order and all that are paid together with it, in their order; itself alone when it is single. */
  readonly partsOf: (order: SimOrder) => readonly SimOrder[];
  /** In the order of placing. */
  readonly orders: () => readonly SimOrder[];
  readonly putOrder: (order: SimOrder) => void;
  readonly refund: (mchid: string, outRefundNo: string) => SimRefund | undefined;
  readonly refundById: (mchid: string, refundId: string) => SimRefund | undefined;
  /** Refunds of one order, oldest first. */
  readonly refundsOf: (order: SimOrder) => readonly SimRefund[];
  /** In the order of asking. */
  readonly refunds: () => readonly SimRefund[];
  readonly putRefund: (refund: SimRefund) => void;
  readonly clear: () => void;
}

/** No name contains a blank, so a blank joins two of them without doubt. */
const keyOf = (mchid: string, name: string): string => `${mchid} ${name}`;

/** Creates an empty book. */
export function createLedger(): Ledger {
  const orders = new Map<string, SimOrder>();
  const orderKeysByNumber = new Map<string, string[]>();
  const orderKeysByTransaction = new Map<string, string>();
  const orderKeysByEntry = new Map<string, string>();
  const combines = new Map<string, SimCombine>();
  const refunds = new Map<string, SimRefund>();
  const refundKeysById = new Map<string, string>();
  const refundKeysByOrder = new Map<string, string[]>();

  const partsOf = ({ parts }: SimCombine): SimOrder[] =>
    recordsOf(
      orders,
      parts.map(({ mchid, outTradeNo }) => keyOf(mchid, outTradeNo)),
    );

  return {
    order: (mchid, outTradeNo) => orders.get(keyOf(mchid, outTradeNo)),
    orderByTransaction: (mchid, transactionId) =>
      orders.get(orderKeysByTransaction.get(keyOf(mchid, transactionId)) ?? ''),
    ordersNamed: (outTradeNo) => recordsOf(orders, orderKeysByNumber.get(outTradeNo)),
    orderByEntry: (entry) => orders.get(orderKeysByEntry.get(entry) ?? ''),
    combined: (mchid, combineOutTradeNo) => {
      const combine = combines.get(keyOf(mchid, combineOutTradeNo));
      return combine === undefined ? [] : partsOf(combine);
    },
    combinedNamed: (combineOutTradeNo) =>
      [...combines.values()].filter(({ outTradeNo }) => outTradeNo === combineOutTradeNo).map(partsOf),
    partsOf: (order) => (order.combine === undefined ? [order] : partsOf(order.combine)),
    orders: () => [...orders.values()],
    putOrder: (order) => {
      const key = keyOf(order.mchid, order.outTradeNo);
      if (!orders.has(key)) append(orderKeysByNumber, order.outTradeNo, key);
      orders.set(key, order);
      if (order.combine !== undefined)
        combines.set(keyOf(order.combine.mchid, order.combine.outTradeNo), order.combine);
      if (order.payment !== undefined) orderKeysByTransaction.set(keyOf(order.mchid, order.payment.transactionId), key);
      for (const { prepayId, codeUrl, mwebUrl } of order.prepays) {
        for (const entry of [prepayId, codeUrl, mwebUrl]) if (entry !== undefined) orderKeysByEntry.set(entry, key);
      }
    },
    refund: (mchid, outRefundNo) => refunds.get(keyOf(mchid, outRefundNo)),
    refundById: (mchid, refundId) => refunds.get(refundKeysById.get(keyOf(mchid, refundId)) ?? ''),
    refundsOf: (order) => recordsOf(refunds, refundKeysByOrder.get(keyOf(order.mchid, order.outTradeNo))),
    refunds: () => [...refunds.values()],
    putRefund: (refund) => {
      const key = keyOf(refund.mchid, refund.outRefundNo);
      if (!refunds.has(key)) append(refundKeysByOrder, keyOf(refund.mchid, refund.outTradeNo), key);
      refunds.set(key, refund);
      refundKeysById.set(keyOf(refund.mchid, refund.refundId), key);
    },
    clear: () => {
      for (const book of [orders, orderKeysByNumber, orderKeysByTransaction, orderKeysByEntry]) book.clear();
      combines.clear();
      for (const book of [refunds, refundKeysById, refundKeysByOrder]) book.clear();
    },
  };
}

function append(index: Map<string, string[]>, name: string, key: string): void {
  const keys = index.get(name);
  if (keys === undefined) index.set(name, [key]);
  else keys.push(key);
}

function recordsOf<Value>(book: ReadonlyMap<string, Value>, keys: readonly string[] = []): Value[] {
  return keys.flatMap((key) => book.get(key) ?? []);
}
