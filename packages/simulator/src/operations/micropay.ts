import { endUserpayingWhenOld } from '../actions/age-order.ts';
import { failPayment, payOrder } from '../actions/pay-order.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { AuthCodePlan } from '../world.ts';
import { openidOfCode, planOf, REFUSED_CODE_TEXTS, refuseCode } from './auth-codes.ts';
import { AMOUNT, checkFields, type FieldRule, MOMENT, OUT_TRADE_NO, text } from './check-fields.ts';
import { type Desk, done, failed, ORDINARY, type Outcome, refused, type SimOperation, textOf } from './operation.ts';
import { amountFields, numberFields, payerFields } from './payment-fields.ts';
import { checkExpiry, closedNumber, differingField, orderFrom, repeatedNumber } from './place-order.ts';

const EXPIRY_MS_MIN = 60_000;
const USERPAYING = failed('USERPAYING', '需要用户输入支付密码');

const RULES: Readonly<Record<string, FieldRule>> = {
  body: text(128, 'required'),
  out_trade_no: OUT_TRADE_NO,
  total_fee: AMOUNT,
  spbill_create_ip: text(64, 'required'),
  auth_code: text(128, 'required'),
  detail: text(6144),
  attach: text(127),
  fee_type: { need: 'optional', lengthMax: 16, pattern: /^CNY$/ },
  time_start: MOMENT,
  time_expire: MOMENT,
  goods_tag: text(32),
  limit_pay: { need: 'optional', lengthMax: 32, pattern: /^no_credit$/ },
  device_info: text(32),
};

function run(desk: Desk): Outcome {
  if (desk.merchant.disabledProducts?.has('MICROPAY') === true) {
    return refused('商户号该产品权限未开通，请前往商户平台>产品中心检查后重试');
  }
  const fault = checkFields(RULES, desk.fields) ?? checkExpiry(desk, EXPIRY_MS_MIN);
  if (fault !== undefined) return fault;
  const known = desk.ledger.order(desk.merchant.mchid, textOf(desk, 'out_trade_no'));
  return known === undefined ? charge(desk) : again(desk, known);
}

/** A number that is in the book. The same request again never charges twice. */
function again(desk: Desk, order: SimOrder): Outcome {
  if (order.state === 'CLOSED') return closedNumber(desk, order);
  if (order.state === 'SUCCESS' || order.state === 'REFUND') return failed('ORDERPAID', '该订单已支付');
  if (order.state === 'REVOKED') {
    return desk.world.switches.revokedReuse === 'ORDERREVERSED'
      ? failed('ORDERREVERSED', '订单已撤销')
      : repeatedNumber(desk);
  }
  if (order.tradeType !== 'MICROPAY' || differingField(order, desk) !== undefined) return repeatedNumber(desk);
  return order.state === 'PAYERROR' ? failed('TRADE_ERROR', '用户没有输入支付密码') : USERPAYING;
}

function charge(desk: Desk): Outcome {
  const authCode = textOf(desk, 'auth_code');
  const unusable = refuseCode(desk.world, authCode);
  if (unusable !== undefined) return unusable;
  return follow(desk, planOf(desk.world, authCode, Number(textOf(desk, 'total_fee'))));
}

/** Does what the payer's code stands for. */
export function follow(desk: Desk, plan: AuthCodePlan): Outcome {
  switch (plan.ending) {
    case 'refused':
      if (plan.code === 'NOTENOUGH' || plan.code === 'NOTSUPORTCARD' || plan.code === 'TRADE_ERROR') failAtOnce(desk);
      return failed(plan.code, REFUSED_CODE_TEXTS[plan.code]);
    case 'pays':
      return payAtOnce(desk);
    case 'asks-password':
      askPassword(desk, plan);
      return USERPAYING;
    case 'code':
      if (plan.truth === 'paid') payAtOnce(desk);
      else if (plan.truth === 'not-paid') failAtOnce(desk);
      else askPassword(desk, { ending: 'asks-password', then: 'nothing', afterMs: 0 });
      return failed(plan.code, plan.code === 'BANKERROR' ? '银行系统异常' : ORDINARY.systemErrorText);
  }
}

function place(desk: Desk): SimOrder {
  const order = { ...orderFrom(desk, 'MICROPAY', 'USERPAYING'), cashierSinceMs: desk.nowMs };
  desk.ledger.putOrder(order);
  desk.world.usedAuthCodes.add(order.authCode);
  return order;
}

const failAtOnce = (desk: Desk): unknown => failPayment(desk.world, desk.ledger, place(desk));

function payAtOnce(desk: Desk): Outcome {
  const placed = place(desk);
  const paid = payOrder(desk.world, desk.ledger, placed, { openid: openidOfCode(placed.appid, placed.authCode) });
  if (!paid.ok || paid.value.payment === undefined) throw new Error('a fresh micropay without coupons can be paid');
  const { value: order } = paid;
  return done([
    ...payerFields(order, paid.value.payment),
    ['trade_type', 'MICROPAY'],
    ['bank_type', paid.value.payment.bankType],
    ...amountFields(order, paid.value.payment),
    ...numberFields(order, paid.value.payment),
  ]);
}

function askPassword(desk: Desk, plan: Extract<AuthCodePlan, { ending: 'asks-password' }>): void {
  const { world, ledger } = desk;
  const order = place(desk);
  endUserpayingWhenOld(world, ledger, order);
  if (plan.then === 'nothing') return;
  world.schedule(plan.afterMs, () => {
    const present = ledger.order(order.mchid, order.outTradeNo);
    if (present?.state !== 'USERPAYING') return;
    if (plan.then === 'pays') payOrder(world, ledger, present, { openid: openidOfCode(order.appid, order.authCode) });
    else failPayment(world, ledger, present);
  });
}

/**
 * 付款码支付: charges the code that the payer shows.
 * @see https://pay.weixin.qq.com/wiki/doc/api/micropay.php?chapter=9_10
 */
export const micropay: SimOperation = { ...ORDINARY, name: 'micropay', path: '/pay/micropay', run };
