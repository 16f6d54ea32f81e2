import { moveOrder } from '../core/trade-state.ts';
import type { SimOrder } from '../ledger/order.ts';
import { type Desk, done, failed, ORDINARY, type Outcome, refused, type SimOperation, textOf } from './operation.ts';
import { orderOf } from './orderquery.ts';

/** The documented age from which a micropay may be reversed. */
export const REVERSE_AGE_MS_MIN = 15_000;
/** A payment can be reversed this long. */
export const REVERSE_AGE_MS_MAX = 7 * 24 * 60 * 60 * 1000;

const WRONG_SCENE = '订单的支付场景不支持该请求';
const REVERSED = done([['recall', 'N']]);

function run(desk: Desk): Outcome {
  const { switches } = desk.world;
  const transactionId = textOf(desk, 'transaction_id');
  if (transactionId === '' && textOf(desk, 'out_trade_no') === '') return refused('缺少参数');
  const order = orderOf(desk);
  if (order === undefined) {
    return transactionId === ''
      ? failed(switches.reverseUnknown, '订单不存在')
      : failed('INVALID_TRANSACTIONID', '无效transaction_id');
  }
  if (order.tradeType !== 'MICROPAY') return failed(switches.reverseWrongScene, WRONG_SCENE);
  if (order.state === 'REVOKED') return REVERSED;
  const refusal = refuse(desk, order);
  if (refusal !== undefined) return refusal;
  if (switches.reverseRecall === 'Y-first' && order.reversesAsked === 0) {
    desk.ledger.putOrder({ ...order, reversesAsked: 1 });
    return done([['recall', 'Y']]);
  }
  const reversed = moveOrder(order, 'reverse', 'reversed-by-merchant', desk.nowMs);
  if (reversed === undefined) return failed('TRADE_ERROR', '订单已发起退款，不能撤销');
  desk.ledger.putOrder({ ...reversed, reversesAsked: order.reversesAsked + 1 });
  return REVERSED;
}

function refuse(desk: Desk, order: SimOrder): Outcome | undefined {
  if (order.payment !== undefined && desk.nowMs - order.payment.paidAtMs > REVERSE_AGE_MS_MAX) {
    return failed('REVERSE_EXPIRE', '订单无法撤销');
  }
  const isEarly = order.state === 'USERPAYING' && desk.nowMs - order.placedAtMs < REVERSE_AGE_MS_MIN;
  const { earlyReverse } = desk.world.switches;
  return isEarly && earlyReverse !== 'allowed' ? failed(earlyReverse, '正在支付中不能发起撤销') : undefined;
}

/**
 * 撤销订单: gives the money back, or makes an unpaid micropay unpayable.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_11
 */
export const reverse: SimOperation = {
  ...ORDINARY,
  name: 'reverse',
  path: '/secapi/pay/reverse',
  certificate: 'needed',
  run,
};
