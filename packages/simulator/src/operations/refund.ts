import { endRefundLater } from '../actions/refund-end.ts';
import { couponFen, settledFen } from '../core/coupons.ts';
import { judgeRefund, REFUND_INTERVAL_MS, type RefundGrant, type RefundRefusal } from '../core/judge-refund.ts';
import { moveOrder } from '../core/trade-state.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import { AMOUNT, checkFields, type FieldRule, OUT_REFUND_NO, text } from './check-fields.ts';
import { type Desk, done, failed, ORDINARY, type Outcome, refused, type SimOperation, textOf } from './operation.ts';
import { orderOf } from './orderquery.ts';

const RULES: Readonly<Record<string, FieldRule>> = {
  out_refund_no: OUT_REFUND_NO,
  total_fee: AMOUNT,
  refund_fee: AMOUNT,
  refund_fee_type: { need: 'optional', lengthMax: 8, pattern: /^CNY$/ },
  refund_desc: text(80),
  refund_account: { need: 'optional', lengthMax: 30, pattern: /^REFUND_SOURCE_(?:UNSETTLED|RECHARGE)_FUNDS$/ },
  notify_url: { need: 'optional', lengthMax: 256, pattern: /^https?:\/\/[^/\s]+/ },
};

/** The code of each refusal; `too-large` follows a switch. */
const REFUSAL_CODES: Readonly<Record<Exclude<RefundRefusal, 'too-large'>, string>> = {
  'not-paid': 'ORDERNOTEXIST',
  closed: 'ERROR',
  revoked: 'ERROR',
  'total-differs': 'INVALID_REQUEST',
  'all-refunded': 'ERROR',
  'too-many': 'INVALID_REQUEST',
  'too-old': 'TRADE_OVERDUE',
  'too-soon': 'FREQUENCY_LIMITED',
  'no-money': 'NOTENOUGH',
};

function run(desk: Desk): Outcome {
  const transactionId = textOf(desk, 'transaction_id');
  if (transactionId === '' && textOf(desk, 'out_trade_no') === '') return refused('缺少参数');
  const fault = checkFields(RULES, desk.fields);
  if (fault !== undefined) return fault;
  const order = orderOf(desk);
  if (order === undefined) {
    const isById = transactionId !== '' && desk.world.switches.refundUnknown === 'INVALID_TRANSACTIONID';
    return isById ? failed('INVALID_TRANSACTIONID', '无效transaction_id') : failed('ORDERNOTEXIST', '订单不存在');
  }
  const known = desk.ledger.refund(desk.merchant.mchid, textOf(desk, 'out_refund_no'));
  return known === undefined ? grant(desk, order) : again(desk, order, known);
}

/** A number is refunded once: the same request gets the same answer, another one is refused. */
function again(desk: Desk, order: SimOrder, known: SimRefund): Outcome {
  if (known.outTradeNo !== order.outTradeNo) return failed('INVALID_REQUEST', '商户退款单号已用于其他订单');
  const isSame =
    known.totalFen === Number(textOf(desk, 'total_fee')) && known.refundFen === Number(textOf(desk, 'refund_fee'));
  return isSame
    ? accepted(order, known)
    : failed('REFUND_FEE_MISMATCH', '订单金额或退款金额与之前请求不一致，请核实后再试');
}

function grant(desk: Desk, order: SimOrder): Outcome {
  const { switches, settings } = desk.world;
  const judged = judgeRefund(
    order,
    desk.ledger.refundsOf(order),
    { totalFen: Number(textOf(desk, 'total_fee')), refundFen: Number(textOf(desk, 'refund_fee')) },
    {
      nowMs: desk.nowMs,
      intervalMs: switches.refundInterval === 'free' ? 0 : REFUND_INTERVAL_MS,
      refundableFen: settings.refundableFen,
    },
  );
  if (!judged.ok) {
    const code = judged.reason === 'too-large' ? switches.refundTooLarge : REFUSAL_CODES[judged.reason];
    return failed(code, judged.message);
  }
  const refund = refundFrom(desk, order, judged.value);
  const moved = moveOrder(order, 'refund', 'refunded', desk.nowMs);
  if (moved === undefined) throw new Error('the table lets a paid order be refunded');
  desk.ledger.putOrder(moved);
  desk.ledger.putRefund(refund);
  if (settings.refundableFen >= 0) settings.refundableFen -= refund.cashFen;
  endRefundLater(desk.world, desk.ledger, refund);
  return accepted(moved, refund);
}

function refundFrom(desk: Desk, order: SimOrder, { payment, cashFen, coupons }: RefundGrant): SimRefund {
  const account = textOf(desk, 'refund_account');
  const notifyUrl = textOf(desk, 'notify_url');
  return {
    mchid: order.mchid,
    outRefundNo: textOf(desk, 'out_refund_no'),
    apiVersion: 'v2',
    refundId: desk.world.ids.refundId(),
    outTradeNo: order.outTradeNo,
    transactionId: payment.transactionId,
    appid: textOf(desk, 'appid'),
    nonce: textOf(desk, 'nonce_str'),
    requestedAtMs: desk.nowMs,
    totalFen: order.totalFen,
    refundFen: Number(textOf(desk, 'refund_fee')),
    cashFen,
    coupons,
    account: account === '' ? 'REFUND_SOURCE_UNSETTLED_FUNDS' : account,
    channel: 'ORIGINAL',
    receivedBy: '支付用户的零钱',
    description: textOf(desk, 'refund_desc'),
    notifyUrl: notifyUrl === '' ? (desk.merchant.refundNotifyUrl ?? '') : notifyUrl,
    state: 'PROCESSING',
    history: [{ state: 'PROCESSING', atMs: desk.nowMs }],
  };
}

function accepted(order: SimOrder, refund: SimRefund): Outcome {
  const paidCoupons = order.payment?.coupons ?? [];
  const hasFree = couponFen(paidCoupons, 'NO_CASH') > 0;
  return done([
    ['transaction_id', refund.transactionId],
    ['out_trade_no', refund.outTradeNo],
    ['out_refund_no', refund.outRefundNo],
    ['refund_id', refund.refundId],
    ['refund_channel', ''],
    ['refund_fee', String(refund.refundFen)],
    ...(hasFree ? [['settlement_refund_fee', String(settledFen(refund.refundFen, refund.coupons))] as const] : []),
    ['coupon_refund_fee', String(couponFen(refund.coupons))],
    ['total_fee', String(order.totalFen)],
    ...(hasFree ? [['settlement_total_fee', String(settledFen(order.totalFen, paidCoupons))] as const] : []),
    ['cash_fee', String(order.payment?.cashFen ?? 0)],
    ['coupon_refund_count', String(refund.coupons.length)],
    ...refund.coupons.flatMap((coupon, index): [string, string][] => [
      [`coupon_type_${index}`, coupon.kind],
      [`coupon_refund_id_${index}`, coupon.couponId],
      [`coupon_refund_fee_${index}`, String(coupon.fen)],
    ]),
    ['cash_refund_fee', String(refund.cashFen)],
  ]);
}

/**
 * 申请退款.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_4
 */
export const refund: SimOperation = {
  ...ORDINARY,
  name: 'refund',
  path: '/secapi/pay/refund',
  certificate: 'needed',
  run,
};

/** The same for orders with single-item discounts, of which this simulator grants none. */
export const refundv2: SimOperation = { ...refund, name: 'refundv2', path: '/secapi/pay/refundv2' };
