import { moveOrder } from '../../core/trade-state.ts';
import type { SimOrder } from '../../ledger/order.ts';
import { CLOSE_AGE_MS_MIN } from '../../operations/closeorder.ts';
import type { V3Desk, V3Operation, V3Party } from '../operation.ts';
import { V3_EMPTY, v3Done, v3Failed, type V3Outcome } from '../outcome.ts';
import { ownerOf, ownerRules } from '../parties.ts';
import { paidV3 } from './placement.ts';

const ONLY_REVERSE = '该订单不支持关单，请使用撤销接口';

function close(desk: V3Desk, party: V3Party): V3Outcome {
  const owner = ownerOf(desk, desk.body, party);
  if ('kind' in owner) return owner;
  const order = desk.ledger.order(owner.mchid, desk.params['out_trade_no'] ?? '');
  if (order === undefined) {
    return desk.world.switches.v3CloseUnknown === '204' ? V3_EMPTY : v3Failed('ORDER_NOT_EXIST', '订单不存在');
  }
  if (order.subMchid !== owner.subMchid) return v3Failed('INVALID_REQUEST', '商户号和订单信息不匹配');
  switch (order.state) {
    case 'SUCCESS':
    case 'REFUND':
      return paidV3(desk);
    case 'CLOSED':
      return V3_EMPTY;
    case 'REVOKED':
    case 'PAYERROR':
    case 'USERPAYING':
      return v3Failed('TRADE_ERROR', ONLY_REVERSE);
    case 'NOTPAY':
      if (order.combine !== undefined) return v3Failed('INVALID_REQUEST', '合单子单请使用合单关单接口');
      return closeUnpaid(desk, [order]);
  }
}

/** Closes orders that are unpaid, all of them or none. */
export function closeUnpaid(desk: V3Desk, orders: readonly SimOrder[]): V3Outcome {
  const { switches, settings } = desk.world;
  const isYoung = orders.some(({ placedAtMs }) => desk.nowMs - placedAtMs < CLOSE_AGE_MS_MIN);
  if (isYoung && switches.v3EarlyClose !== 'allowed') {
    return v3Failed('INVALID_REQUEST', '订单生成后不能马上调用关单接口，最短调用时间间隔为5分钟');
  }
  const isBusy = orders.some(
    ({ cashierSinceMs }) => cashierSinceMs !== undefined && desk.nowMs - cashierSinceMs < settings.cashierBusyMs,
  );
  if (isBusy && switches.v3CloseWhilePaying === 'FREQUENCY_LIMITED') {
    return v3Failed('FREQUENCY_LIMITED', '用户支付中，请稍后再试');
  }
  if (isBusy && switches.v3CloseWhilePaying === 'USERPAYING') {
    return v3Done({ code: 'USERPAYING', message: '用户支付中' }, 202);
  }
  for (const order of orders) {
    const closed = moveOrder(order, 'close', 'closed-by-merchant', desk.nowMs);
    if (closed === undefined) throw new Error('the table lets an unpaid order be closed');
    desk.ledger.putOrder(closed);
  }
  return V3_EMPTY;
}

const rowOf = (party: V3Party, base: string): V3Operation => ({
  name: 'v3/close',
  method: 'POST',
  path: `${base}/out-trade-no/{out_trade_no}/close`,
  refusals: 'pay',
  query: {},
  body: () => ownerRules(party),
  run: (desk) => close(desk, party),
});

/**
 * 关闭订单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791860
 */
export const CLOSE_ORDER: readonly V3Operation[] = [
  rowOf('ordinary', '/v3/pay/transactions'),
  rowOf('partner', '/v3/pay/partner/transactions'),
];
