import { type Draft, attemptOf, refuse, unchanged } from './draft.ts';
import type { Moment } from './moment.ts';
import { moveRefund } from './move-refund.ts';
import type { Order, Refund } from './order.ts';
import { leftFen, partsOf } from './refund-sums.ts';

/** The merchant wants money to go back (R12): within what was paid, in at most fifty parts, each number once. */
export function wantRefund(order: Order, wanted: Refund, moment: Moment): Draft {
  const known = order.refunds.find((refund) => refund.outRefundNo === wanted.outRefundNo);
  if (known !== undefined) return wantAgain(order, known, wanted, moment);
  const attempt = attemptOf(order, wanted.outTradeNo);
  if (attempt === undefined) return refuse(order, 'no-such-attempt', `the order has no attempt ${wanted.outTradeNo}`);
  if (attempt.payment === undefined || attempt.state !== 'paid') {
    return refuse(order, 'not-paid', `${wanted.outTradeNo} is ${attempt.state}: there is no payment to refund`);
  }
  if (wanted.refundFen <= 0) return refuse(order, 'nothing-to-refund', 'refundFen must be at least 1');
  const tooMuch = refuseTooMuch(order, wanted, moment);
  if (tooMuch !== undefined) return tooMuch;
  const { outRefundNo, outTradeNo, refundFen, reason, note } = wanted;
  const base = {
    outRefundNo,
    outTradeNo,
    refundFen,
    reason,
    state: 'asked',
    askedAtMs: moment.nowMs,
    looksMade: 0,
  } as const;
  const refund: Refund = note === undefined ? base : { ...base, note };
  const summary = `refund ${outRefundNo} of ${refundFen} fen is asked for`;
  return unchanged({ ...order, refunds: [...order.refunds, refund] }, summary);
}

/** The same number again: the same content is the same refund, other content is a mistake. */
function wantAgain(order: Order, known: Refund, wanted: Refund, moment: Moment): Draft {
  const { outRefundNo, outTradeNo, refundFen } = known;
  if (outTradeNo !== wanted.outTradeNo || refundFen !== wanted.refundFen) {
    const message = `refund number ${outRefundNo} is used for ${refundFen} fen of ${outTradeNo}; take a new number`;
    return refuse(order, 'out-refund-no-used', message);
  }
  const tooMuch = known.state === 'rejected' ? refuseTooMuch(order, wanted, moment) : undefined;
  return tooMuch ?? moveRefund(order, known, { fact: 'wanted-again' }, moment);
}

function refuseTooMuch(order: Order, wanted: Refund, { rules }: Moment): Draft | undefined {
  const left = leftFen(order, wanted.outTradeNo);
  if (wanted.refundFen > left) {
    const message = `${wanted.refundFen} fen are wanted, ${left} fen of the payment are left to refund`;
    return refuse(order, 'more-than-paid', message);
  }
  if (partsOf(order, wanted.outTradeNo) < rules.refundPartsMax) return undefined;
  return refuse(order, 'too-many-parts', `a payment is refunded in at most ${rules.refundPartsMax} parts`);
}
