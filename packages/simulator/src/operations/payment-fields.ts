import { printBeijingTime } from '@orderkeeper/protocol';
import { couponFen, settledFen } from '../core/coupons.ts';
import type { SimOrder, SimPayment } from '../ledger/order.ts';

type Entry = readonly [name: string, value: string];

/** Who has paid. */
export function payerFields(order: SimOrder, payment: SimPayment): Entry[] {
  const fields: Entry[] = [
    ['openid', payment.openid],
    ['is_subscribe', payment.isSubscribe],
  ];
  if (order.subAppid !== '') fields.push(['sub_openid', payment.subOpenid], ['sub_is_subscribe', 'N']);
  return fields;
}

/** What was paid: total, settlement where it differs, cash, and the coupons by index where there are any. */
export function amountFields(order: SimOrder, payment: SimPayment): Entry[] {
  const { coupons } = payment;
  const settlementFen = settledFen(order.totalFen, coupons);
  const fields: Entry[] = [['total_fee', String(order.totalFen)]];
  if (settlementFen !== order.totalFen) fields.push(['settlement_total_fee', String(settlementFen)]);
  fields.push(['fee_type', order.feeType], ['cash_fee', String(payment.cashFen)], ['cash_fee_type', order.feeType]);
  if (coupons.length === 0) return fields;
  fields.push(['coupon_fee', String(couponFen(coupons))], ['coupon_count', String(coupons.length)]);
  for (const [index, coupon] of coupons.entries()) {
    fields.push(
      [`coupon_type_${index}`, coupon.kind],
      [`coupon_id_${index}`, coupon.couponId],
      [`coupon_fee_${index}`, String(coupon.fen)],
    );
  }
  return fields;
}

/** The numbers and the moment of a payment. */
export function numberFields(order: SimOrder, payment: SimPayment): Entry[] {
  return [
    ['transaction_id', payment.transactionId],
    ['out_trade_no', order.outTradeNo],
    ['attach', order.attach],
    ['time_end', printBeijingTime(payment.paidAtMs)],
  ];
}
