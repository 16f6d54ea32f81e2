import type { SimOrder, SimPayment, SimTradeState } from '../ledger/order.ts';
import { type Desk, done, failed, ORDINARY, type Outcome, refused, type SimOperation, textOf } from './operation.ts';
import { amountFields, numberFields, payerFields } from './payment-fields.ts';

/** The texts beside the trade states, as captured; REVOKED only ever seen in test data. */
const STATE_TEXTS: Readonly<Record<SimTradeState, string>> = {
  SUCCESS: '支付成功',
  REFUND: '订单发生过退款，退款详情请查询退款单',
  NOTPAY: '订单未支付',
  CLOSED: '订单已关闭',
  REVOKED: '订单已撤销',
  USERPAYING: '需要用户输入支付密码',
  PAYERROR: '支付失败，请撤销订单',
};

/** Finds the order of a call; the transaction_id wins over the out_trade_no. */
export function orderOf(desk: Desk): SimOrder | undefined {
  const transactionId = textOf(desk, 'transaction_id');
  const { mchid } = desk.merchant;
  return transactionId === ''
    ? desk.ledger.order(mchid, textOf(desk, 'out_trade_no'))
    : desk.ledger.orderByTransaction(mchid, transactionId);
}

function run(desk: Desk): Outcome {
  if (textOf(desk, 'transaction_id') === '' && textOf(desk, 'out_trade_no') === '') return refused('缺少参数');
  const order = orderOf(desk);
  if (order === undefined) return failed('ORDERNOTEXIST', 'order not exist');
  const { payment } = order;
  const isPaid = order.state === 'SUCCESS' || order.state === 'REFUND';
  return isPaid && payment !== undefined ? paid(order, payment) : unpaid(order, desk.world.switches.notpayFields);
}

function paid(order: SimOrder, payment: SimPayment): Outcome {
  return done([
    ...deviceOf(order),
    ...payerFields(order, payment),
    ['trade_type', order.tradeType],
    ['trade_state', order.state],
    ['bank_type', payment.bankType],
    ...amountFields(order, payment),
    ...numberFields(order, payment),
    ['trade_state_desc', STATE_TEXTS[order.state]],
  ]);
}

function unpaid(order: SimOrder, notpayFields: 'with-total' | 'bare'): Outcome {
  const desc = ['trade_state_desc', STATE_TEXTS[order.state]] as const;
  const number = ['out_trade_no', order.outTradeNo] as const;
  const state = ['trade_state', order.state] as const;
  if (order.state !== 'NOTPAY') return done([number, ['attach', order.attach], state, desc]);
  if (notpayFields === 'bare') return done([number, state, desc]);
  return done([['device_info', order.deviceInfo], state, ['total_fee', String(order.totalFen)], number, desc]);
}

const deviceOf = (order: SimOrder): [string, string][] =>
  order.deviceInfo === '' ? [] : [['device_info', order.deviceInfo]];

/**
 * 查询订单.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_2
 */
export const orderquery: SimOperation = {
  ...ORDINARY,
  name: 'orderquery',
  path: '/pay/orderquery',
  shape: { ...ORDINARY.shape, extras: new Set(['unknown-field']) },
  run,
};
