import { moveOrder } from '../core/trade-state.ts';
import type { SimOrder } from '../ledger/order.ts';
import { checkFields, OUT_TRADE_NO } from './check-fields.ts';
import { type Desk, done, failed, ORDINARY, type Outcome, type SimOperation, textOf } from './operation.ts';

/** The documented age from which an order may be closed. */
export const CLOSE_AGE_MS_MIN = 5 * 60 * 1000;

const PAYING = failed('FREQUENCY_LIMITED', '你的操作过于频繁，请稍后再试。');

function run(desk: Desk): Outcome {
  const fault = checkFields({ out_trade_no: OUT_TRADE_NO }, desk.fields);
  if (fault !== undefined) return fault;
  const { switches } = desk.world;
  const order = desk.ledger.order(desk.merchant.mchid, textOf(desk, 'out_trade_no'));
  if (order === undefined)
    return switches.closeUnknown === 'SUCCESS' ? success(desk) : failed('ORDERNOTEXIST', 'order not exist');
  switch (order.state) {
    case 'SUCCESS':
    case 'REFUND':
      return failed('ORDERPAID', 'order paid');
    case 'CLOSED':
    case 'REVOKED':
      return switches.closeClosed === 'SUCCESS' ? success(desk) : failed('ORDERCLOSED', 'order closed');
    case 'PAYERROR':
      return failed('INVALID_REQUEST', '订单的支付场景不支持该请求');
    case 'USERPAYING':
      return PAYING;
    case 'NOTPAY':
      return order.combine === undefined ? close(desk, order) : failed('INVALID_REQUEST', '合单子单请使用合单关单接口');
  }
}

function close(desk: Desk, order: SimOrder): Outcome {
  const { switches, settings } = desk.world;
  if (desk.nowMs - order.placedAtMs < CLOSE_AGE_MS_MIN && switches.earlyClose !== 'allowed') {
    return failed(switches.earlyClose, '订单生成后不能马上调用关单接口，最短调用时间间隔为5分钟');
  }
  const isBusy = order.cashierSinceMs !== undefined && desk.nowMs - order.cashierSinceMs < settings.cashierBusyMs;
  if (isBusy && switches.closeWhilePaying === 'FREQUENCY_LIMITED') return PAYING;
  const closed = moveOrder(order, 'close', 'closed-by-merchant', desk.nowMs);
  if (closed === undefined) throw new Error('the table lets an unpaid order be closed');
  desk.ledger.putOrder(closed);
  return success(desk);
}

const success = (desk: Desk): Outcome =>
  done(desk.world.switches.closeResultMsg === 'OK' ? [['result_msg', 'OK']] : []);

/**
 * 关闭订单.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_3
 */
export const closeorder: SimOperation = {
  ...ORDINARY,
  name: 'closeorder',
  path: '/pay/closeorder',
  shape: { ...ORDINARY.shape, extras: new Set(['empty-sub-mch-id']) },
  systemErrorText: 'system error',
  run,
};
