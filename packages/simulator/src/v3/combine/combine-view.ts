import { printRfc3339 } from '@orderkeeper/protocol';
import { couponFen } from '../../core/coupons.ts';
import type { SimCombine, SimOrder } from '../../ledger/order.ts';
import type { Switches } from '../../switches.ts';
import type { JsonObject } from '../json.ts';
import { couponView } from '../order-view.ts';

/** A combined order as its query and its notice tell of it. It has no state of its own: every part has one. */
export function combineView(
  { mchid, appid, outTradeNo }: SimCombine,
  parts: readonly SimOrder[],
  switches: Pick<Switches, 'v3AbsentMembers'>,
): JsonObject {
  const [first] = parts;
  const openid = first?.payment?.openid;
  const deviceId = first?.deviceInfo ?? '';
  return {
    combine_appid: appid,
    combine_mchid: mchid,
    combine_out_trade_no: outTradeNo,
    ...(deviceId === '' ? {} : { scene_info: { device_id: deviceId } }),
    sub_orders: parts.map((part) => partView(part, switches)),
    ...(openid === undefined ? {} : { combine_payer_info: { openid } }),
  };
}

function partView(order: SimOrder, switches: Pick<Switches, 'v3AbsentMembers'>): JsonObject {
  const { mchid, outTradeNo, state, attach, totalFen, feeType, payment } = order;
  const coupons = payment?.coupons.map(couponView) ?? [];
  const isTerse = switches.v3AbsentMembers === 'documented' && coupons.length === 0;
  const common = { mchid, out_trade_no: outTradeNo, trade_state: state, attach };
  const promotion = isTerse ? {} : { promotion_detail: coupons };
  const amount = { total_amount: totalFen, currency: feeType, payer_currency: feeType };
  if (payment === undefined) return { ...common, amount, ...promotion };
  return {
    ...common,
    trade_type: order.tradeType,
    bank_type: payment.bankType,
    success_time: printRfc3339(payment.paidAtMs),
    transaction_id: payment.transactionId,
    amount: { ...amount, payer_amount: totalFen - couponFen(payment.coupons) },
    ...promotion,
  };
}
