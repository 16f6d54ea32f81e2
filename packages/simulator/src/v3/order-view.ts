import { printRfc3339 } from '@orderkeeper/protocol';
import { couponFen } from '../core/coupons.ts';
import type { CouponKind, SimCoupon, SimOrder, SimPayment, SimTradeState } from '../ledger/order.ts';
import type { Switches } from '../switches.ts';
import type { JsonObject } from './json.ts';

/** The texts beside the trade states; seen were those of NOTPAY and SUCCESS. */
const STATE_TEXTS: Readonly<Record<SimTradeState, string>> = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
  REVOKED: '订单已撤销',
  USERPAYING: '用户支付中',
  PAYERROR: '支付失败',
};

const COUPON_TYPES: Readonly<Record<CouponKind, string>> = { CASH: 'CASH', NO_CASH: 'NOCASH' };

/** An order as queries answer it. */
export function orderView(order: SimOrder, switches: Pick<Switches, 'v3AbsentMembers'>): JsonObject {
  const isPaid = order.state === 'SUCCESS' || order.state === 'REFUND';
  const isTerse = switches.v3AbsentMembers === 'documented';
  const state = { trade_state: order.state, trade_state_desc: STATE_TEXTS[order.state] };
  const common = { ...partyView(order), out_trade_no: order.outTradeNo, ...state };
  if (!isPaid || order.payment === undefined) {
    return {
      ...common,
      amount: { payer_currency: order.feeType, total: order.totalFen },
      ...(isTerse ? {} : { promotion_detail: [] }),
      ...(isTerse && order.deviceInfo === '' ? {} : { scene_info: { device_id: order.deviceInfo } }),
      ...(order.attach === '' ? {} : { attach: order.attach }),
    };
  }
  const coupons = order.payment.coupons.map(couponView);
  return {
    ...common,
    ...paymentView(order, order.payment, switches),
    ...(isTerse && coupons.length === 0 ? {} : { promotion_detail: coupons }),
    ...(order.deviceInfo === '' ? {} : { scene_info: { device_id: order.deviceInfo } }),
  };
}

/** The plain text of a pay notice, in the order of members that captures show. */
export function payNoticeView(order: SimOrder, switches: Pick<Switches, 'v3AbsentMembers'>): JsonObject {
  const { payment } = order;
  if (payment === undefined) throw new Error(`the order ${order.outTradeNo} is announced as paid and has no payment`);
  const { trade_type, transaction_id, ...rest } = paymentView(order, payment, switches);
  return {
    ...partyView(order),
    out_trade_no: order.outTradeNo,
    transaction_id,
    trade_type,
    trade_state: 'SUCCESS',
    trade_state_desc: STATE_TEXTS.SUCCESS,
    ...rest,
    ...(payment.coupons.length === 0 ? {} : { promotion_detail: payment.coupons.map(couponView) }),
    ...(order.deviceInfo === '' ? {} : { scene_info: { device_id: order.deviceInfo } }),
  };
}

/** Whose order it is, under either side's names. */
export function partyView({ mchid, appid, subMchid, subAppid }: SimOrder): JsonObject {
  if (subMchid === '') return { mchid, appid };
  return { sp_mchid: mchid, sp_appid: appid, sub_mchid: subMchid, ...(subAppid === '' ? {} : { sub_appid: subAppid }) };
}

function paymentView(order: SimOrder, payment: SimPayment, switches: Pick<Switches, 'v3AbsentMembers'>): JsonObject {
  const isAttachShown = order.attach !== '' || switches.v3AbsentMembers === 'observed';
  return {
    transaction_id: payment.transactionId,
    trade_type: order.tradeType,
    bank_type: payment.bankType,
    ...(isAttachShown ? { attach: order.attach } : {}),
    success_time: printRfc3339(payment.paidAtMs),
    payer: payerView(order, payment),
    amount: {
      total: order.totalFen,
      payer_total: order.totalFen - couponFen(payment.coupons),
      currency: order.feeType,
      payer_currency: order.feeType,
    },
  };
}

function payerView(order: SimOrder, payment: SimPayment): JsonObject {
  if (order.subMchid === '') return { openid: payment.openid };
  return { sp_openid: payment.openid, ...(order.subAppid === '' ? {} : { sub_openid: payment.subOpenid }) };
}

/** A coupon as queries and pay notices tell of it. */
export function couponView({ couponId, kind, fen }: SimCoupon): JsonObject {
  return {
    coupon_id: couponId,
    name: '代金券',
    scope: 'GLOBAL',
    type: COUPON_TYPES[kind],
    amount: fen,
    wechatpay_contribute: 0,
    merchant_contribute: fen,
    other_contribute: 0,
    currency: 'CNY',
  };
}
