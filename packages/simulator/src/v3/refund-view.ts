import { printRfc3339 } from '@orderkeeper/protocol';
import { couponFen, settledFen } from '../core/coupons.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund, SimRefundState } from '../ledger/refund.ts';
import type { Switches } from '../switches.ts';
import type { JsonObject } from './json.ts';

/** The states of a refund as APIv3 calls them. */
export const REFUND_STATUS: Readonly<Record<SimRefundState, string>> = {
  PROCESSING: 'PROCESSING',
  SUCCESS: 'SUCCESS',
  CHANGE: 'ABNORMAL',
  REFUNDCLOSE: 'CLOSED',
};

/** The same account has another name in v2. */
const receivedBy = ({ receivedBy: account }: SimRefund): string =>
  account === '支付用户的零钱' ? '支付用户零钱' : account;

/** A refund as the answer to asking for it and for its state. */
export function refundView(
  refund: SimRefund,
  order: SimOrder,
  switches: Pick<Switches, 'v3AbsentMembers'>,
): JsonObject {
  const isTerse = switches.v3AbsentMembers === 'documented';
  const paidCoupons = order.payment?.coupons ?? [];
  const coupons = refund.coupons.map(({ couponId, kind, fen }) => ({
    promotion_id: couponId,
    scope: 'GLOBAL',
    type: kind === 'CASH' ? 'CASH' : 'NOCASH',
    amount: paidCoupons.find((coupon) => coupon.couponId === couponId)?.fen ?? fen,
    refund_amount: fen,
  }));
  return {
    refund_id: refund.refundId,
    out_refund_no: refund.outRefundNo,
    transaction_id: refund.transactionId,
    out_trade_no: refund.outTradeNo,
    channel: refund.channel,
    user_received_account: receivedBy(refund),
    success_time: refund.successAtMs === undefined ? undefined : printRfc3339(refund.successAtMs),
    create_time: printRfc3339(refund.requestedAtMs),
    status: REFUND_STATUS[refund.state],
    funds_account: refund.account === 'REFUND_SOURCE_RECHARGE_FUNDS' ? 'AVAILABLE' : 'UNSETTLED',
    amount: {
      total: order.totalFen,
      refund: refund.refundFen,
      from: isTerse ? undefined : [],
      payer_total: order.payment?.cashFen ?? 0,
      payer_refund: refund.cashFen,
      settlement_refund: settledFen(refund.refundFen, refund.coupons),
      settlement_total: settledFen(order.totalFen, paidCoupons),
      discount_refund: couponFen(refund.coupons),
      currency: order.feeType,
      refund_fee: 0,
    },
    promotion_detail: isTerse && coupons.length === 0 ? undefined : coupons,
  };
}

/** The plain text of a refund notice. */
export function refundNoticeView(refund: SimRefund, order: SimOrder): JsonObject {
  const { mchid, subMchid } = order;
  return {
    ...(subMchid === '' ? { mchid } : { sp_mchid: mchid, sub_mchid: subMchid }),
    out_trade_no: refund.outTradeNo,
    transaction_id: refund.transactionId,
    out_refund_no: refund.outRefundNo,
    refund_id: refund.refundId,
    refund_status: REFUND_STATUS[refund.state],
    ...(refund.successAtMs === undefined ? {} : { success_time: printRfc3339(refund.successAtMs) }),
    amount: {
      total: order.totalFen,
      refund: refund.refundFen,
      payer_total: order.payment?.cashFen ?? 0,
      payer_refund: refund.cashFen,
    },
    user_received_account: receivedBy(refund),
  };
}
