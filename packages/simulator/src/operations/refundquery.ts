import { printDashedBeijingTime } from '@orderkeeper/protocol';
import { couponFen, settledFen } from '../core/coupons.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import { type Desk, done, failed, ORDINARY, type Outcome, refused, type SimOperation, textOf } from './operation.ts';
import { orderOf } from './orderquery.ts';

/** One answer holds this many refunds. */
export const REFUNDS_PER_PAGE = 10;

const NOT_FOUND = failed('REFUNDNOTEXIST', 'not exist');

/** What a call asks for: one refund by a number of its own, or all of an order. */
type Wish =
  | { readonly by: 'refund'; readonly refund: SimRefund | undefined }
  | { readonly by: 'order' }
  | { readonly by: 'nothing' };

function wishOf(desk: Desk): Wish {
  const { mchid } = desk.merchant;
  const [refundId, outRefundNo] = [textOf(desk, 'refund_id'), textOf(desk, 'out_refund_no')];
  if (refundId !== '') return { by: 'refund', refund: desk.ledger.refundById(mchid, refundId) };
  if (outRefundNo !== '') return { by: 'refund', refund: desk.ledger.refund(mchid, outRefundNo) };
  const hasOrder = textOf(desk, 'transaction_id') !== '' || textOf(desk, 'out_trade_no') !== '';
  return { by: hasOrder ? 'order' : 'nothing' };
}

function run(desk: Desk): Outcome {
  const wish = wishOf(desk);
  if (wish.by === 'nothing') return refused('缺少参数');
  if (wish.by === 'order') return ofOrder(desk, orderOf(desk));
  const { refund } = wish;
  const order = refund && desk.ledger.order(refund.mchid, refund.outTradeNo);
  return refund === undefined || order === undefined ? NOT_FOUND : page(desk, order, [refund], []);
}

function runByRefundOnly(desk: Desk): Outcome {
  return wishOf(desk).by === 'refund' ? run(desk) : refused('缺少参数');
}

function ofOrder(desk: Desk, order: SimOrder | undefined): Outcome {
  const refunds = order === undefined ? [] : desk.ledger.refundsOf(order);
  if (order === undefined || refunds.length === 0) return NOT_FOUND;
  const offsetText = textOf(desk, 'offset');
  if (!/^[0-9]*$/.test(offsetText)) return failed('PARAM_ERROR', 'offset参数格式错误');
  const offset = Number(offsetText);
  if (offset >= refunds.length) return failed('PARAM_ERROR', 'offset超过退款总笔数');
  const total =
    refunds.length > REFUNDS_PER_PAGE || offsetText !== ''
      ? [['total_refund_count', String(refunds.length)] as const]
      : [];
  return page(desk, order, refunds.slice(offset, offset + REFUNDS_PER_PAGE), total);
}

type Entry = readonly [name: string, value: string];

function page(desk: Desk, order: SimOrder, refunds: readonly SimRefund[], total: readonly Entry[]): Outcome {
  const { payment } = order;
  if (payment === undefined) throw new Error('an order with refunds was paid');
  const settlementFen = settledFen(order.totalFen, payment.coupons);
  const fees = refunds.map(({ refundFen }) => refundFen);
  const fee = desk.world.switches.refundQueryFee === 'sum' ? fees.reduce((sum, fen) => sum + fen, 0) : (fees[0] ?? 0);
  return done([
    ['transaction_id', payment.transactionId],
    ['out_trade_no', order.outTradeNo],
    ['total_fee', String(order.totalFen)],
    ...(settlementFen === order.totalFen ? [] : [['settlement_total_fee', String(settlementFen)] as const]),
    ['cash_fee', String(payment.cashFen)],
    ...total,
    ['refund_count', String(refunds.length)],
    ['refund_fee', String(fee)],
    ...refunds.flatMap((refund, index) => refundFields(refund, index)),
  ]);
}

function refundFields(refund: SimRefund, index: number): Entry[] {
  const { coupons } = refund;
  const fields: Entry[] = [
    [`out_refund_no_${index}`, refund.outRefundNo],
    [`refund_id_${index}`, refund.refundId],
    [`refund_channel_${index}`, refund.channel],
    [`refund_fee_${index}`, String(refund.refundFen)],
    [`refund_status_${index}`, refund.state],
    [`refund_account_${index}`, refund.account],
    [`refund_recv_accout_${index}`, refund.receivedBy],
  ];
  if (refund.successAtMs !== undefined)
    fields.push([`refund_success_time_${index}`, printDashedBeijingTime(refund.successAtMs)]);
  if (coupons.length === 0) return fields;
  fields.push(
    [`settlement_refund_fee_${index}`, String(settledFen(refund.refundFen, coupons))],
    [`coupon_refund_fee_${index}`, String(couponFen(coupons))],
    [`coupon_refund_count_${index}`, String(coupons.length)],
  );
  for (const [part, coupon] of coupons.entries()) {
    fields.push(
      [`coupon_type_${index}_${part}`, coupon.kind],
      [`coupon_refund_id_${index}_${part}`, coupon.couponId],
      [`coupon_refund_fee_${index}_${part}`, String(coupon.fen)],
    );
  }
  return fields;
}

/**
 * 查询退款.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_5
 */
export const refundquery: SimOperation = {
  ...ORDINARY,
  name: 'refundquery',
  path: '/pay/refundquery',
  shape: {
    order: 'alphabetical',
    bare: /^(?:total_refund_count|refund_count|refund_fee(?:_[0-9]+)?)$/,
    extras: new Set(['unknown-field']),
  },
  run,
};

/** The same by the numbers of a refund only. */
export const refundqueryv2: SimOperation = {
  ...refundquery,
  name: 'refundqueryv2',
  path: '/pay/refundqueryv2',
  run: runByRefundOnly,
};
