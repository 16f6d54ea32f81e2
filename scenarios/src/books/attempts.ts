import type { AttemptState } from '@orderkeeper/keeper';
import type { SimTradeState } from '@orderkeeper/simulator';
import type { Check, Violation } from './violation.ts';
import { isLeftToTheBill, type Pair, pairsOf } from './index-of.ts';

/** What an attempt may be in the keeper's book when WeChat Pay's says this. An order without an end there is no row. */
const EQUAL: Readonly<Record<SimTradeState | 'none', readonly AttemptState[]>> = {
  none: ['rejected', 'closed', 'failed'],
  // Placed by a call that came too late for everyone: nobody was given anything to pay it with.
  NOTPAY: ['rejected', 'closed'],
  USERPAYING: [],
  SUCCESS: ['paid'],
  REFUND: ['paid'],
  CLOSED: ['closed'],
  REVOKED: ['reversed'],
  // A charge that was refused outright is in WeChat Pay's book as a payment that failed.
  PAYERROR: ['failed', 'rejected'],
};

/** Every attempt has its end, and the same one in both books; payments are equal to the fen. */
export const attemptsAreEqual: Check = (end) =>
  pairsOf(end).flatMap((pair) => {
    const isBillable = pair.attempt.state !== 'paid' && pair.entry !== undefined && isLeftToTheBill(end, pair.entry);
    return isBillable ? [] : differencesOf(pair);
  });

function differencesOf({ attempt, entry, isHandedOut }: Pair): readonly Violation[] {
  const { outTradeNo, state, payment } = attempt;
  const truth = entry?.state ?? 'none';
  const found = (message: string): Violation => ({ rule: 'R17', about: outTradeNo, message });
  if (!EQUAL[truth].includes(state)) return [found(`is ${state} for the keeper and ${truth} at WeChat Pay`)];
  if (truth === 'NOTPAY' && isHandedOut) return [found(`is ${state} for the keeper, and a payer can still pay it`)];
  const paid = entry?.payment;
  if (paid === undefined || state !== 'paid') return [];
  if (payment?.transactionId === paid.transactionId && payment.totalFen === entry?.totalFen) return [];
  return [found(`was paid by ${paid.transactionId} and the keeper knows ${payment?.transactionId}`)];
}

/** Every order has its one final state, and no work is left. */
export const ordersAreFinal: Check = ({ orders, duties, rest, tookMs }) => [
  ...(rest === 'at-rest' ? [] : [{ rule: 'promise', about: 'the world', message: `has no rest after ${tookMs} ms` }]),
  ...orders.flatMap(({ orderId, state, refunds }) => {
    const left = duties.get(orderId) ?? [];
    const open = refunds.filter((refund) => refund.state === 'asked' || refund.state === 'processing');
    return [
      ...(state === 'open'
        ? [{ rule: 'promise', about: orderId, message: `is still open; left: ${left.join(', ')}` }]
        : []),
      ...open.map((refund) => ({ rule: 'R12', about: refund.outRefundNo, message: `is still ${refund.state}` })),
    ];
  }),
];

/** Nothing is at WeChat Pay that was not in the store before (R1). */
export const nothingIsUnknown: Check = (end) => {
  const known = new Set(pairsOf(end).map(({ attempt }) => String(attempt.outTradeNo)));
  const refunds = new Set(end.orders.flatMap((order) => order.refunds.map(({ outRefundNo }) => String(outRefundNo))));
  const strangers = end.ledger.filter(({ outTradeNo }) => !known.has(outTradeNo)).map(({ outTradeNo }) => outTradeNo);
  const strange = end.ledgerRefunds.filter(({ outRefundNo }) => !refunds.has(outRefundNo));
  return [...strangers, ...strange.map(({ outRefundNo }) => outRefundNo)].map((about) => ({
    rule: 'R1',
    about,
    message: 'is at WeChat Pay and not in the store',
  }));
};
