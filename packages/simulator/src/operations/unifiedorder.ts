import { isIP } from 'node:net';
import { closeWhenOld } from '../actions/age-order.ts';
import type { Prepay, SimOrder, SimTradeType } from '../ledger/order.ts';
import { AMOUNT, checkFields, type FieldRule, MOMENT, OUT_TRADE_NO, text } from './check-fields.ts';
import { type Desk, done, failed, ORDINARY, type Outcome, refused, type SimOperation, textOf } from './operation.ts';
import { checkExpiry, closedNumber, differingField, orderFrom, repeatedNumber } from './place-order.ts';

type UnifiedTradeType = Exclude<SimTradeType, 'MICROPAY'>;

const TRADE_TYPES: readonly UnifiedTradeType[] = ['JSAPI', 'NATIVE', 'APP', 'MWEB'];
const EXPIRY_MS_MIN = 5 * 60 * 1000;
const DISABLED = '商户号该产品权限未开通，请前往商户平台>产品中心检查后重试';

const RULES: Readonly<Record<string, FieldRule>> = {
  body: text(128, 'required'),
  out_trade_no: OUT_TRADE_NO,
  total_fee: AMOUNT,
  spbill_create_ip: text(64, 'required'),
  notify_url: { need: 'required', lengthMax: 256, pattern: /^https?:\/\/[^/\s]+/ },
  detail: text(6144),
  attach: text(127),
  fee_type: { need: 'optional', lengthMax: 16, pattern: /^CNY$/ },
  time_start: MOMENT,
  time_expire: MOMENT,
  goods_tag: text(32),
  product_id: text(32),
  limit_pay: { need: 'optional', lengthMax: 32, pattern: /^no_credit$/ },
  openid: text(128),
  sub_openid: text(128),
  receipt: text(8),
  profit_sharing: { need: 'optional', lengthMax: 16, pattern: /^[YN]$/ },
  scene_info: text(256),
  device_info: text(32),
  sub_appid: text(32),
  sub_mch_id: text(32),
};

function run(desk: Desk): Outcome {
  const tradeType = TRADE_TYPES.find((type) => type === textOf(desk, 'trade_type'));
  if (tradeType === undefined) return failed('PARAM_ERROR', 'trade_type参数格式错误');
  if (desk.merchant.disabledProducts?.has(tradeType) === true) return refused(DISABLED);
  const fault = checkFields(RULES, desk.fields) ?? checkScene(desk, tradeType) ?? checkExpiry(desk, EXPIRY_MS_MIN);
  if (fault !== undefined) return fault;
  const known = desk.ledger.order(desk.merchant.mchid, textOf(desk, 'out_trade_no'));
  if (known === undefined) {
    const order = orderFrom(desk, tradeType, 'NOTPAY');
    closeWhenOld(desk.world, desk.ledger, order);
    return prepare(desk, order, tradeType);
  }
  return again(desk, known, tradeType);
}

/** What the trade types ask for. */
function checkScene(desk: Desk, tradeType: UnifiedTradeType): Outcome | undefined {
  const openid = textOf(desk, 'openid');
  if (tradeType === 'JSAPI') {
    if (openid === '' && textOf(desk, 'sub_openid') === '') return refused('JSAPI支付必须传openid');
    if (openid !== '' && !/^[0-9A-Za-z_-]+$/.test(openid)) return failed('PARAM_ERROR', '无效的openid');
    const issuedTo = desk.world.openids.get(openid);
    if (issuedTo !== undefined && issuedTo !== textOf(desk, 'appid'))
      return failed('PARAM_ERROR', 'appid和openid不匹配');
  }
  if (isIP(textOf(desk, 'spbill_create_ip')) === 0) return failed('PARAM_ERROR', 'spbill_create_ip参数格式错误');
  const needed = { NATIVE: 'product_id', MWEB: 'scene_info', JSAPI: 'body', APP: 'body' }[tradeType];
  const isLacking = desk.world.switches.conditionalFields === 'required' && textOf(desk, needed) === '';
  return isLacking ? refused(`${needed}参数长度有误`) : undefined;
}

/** A number that is in the book: repeating it is fine as long as nothing has happened and nothing differs. */
function again(desk: Desk, order: SimOrder, tradeType: UnifiedTradeType): Outcome {
  switch (order.state) {
    case 'SUCCESS':
    case 'REFUND':
      return failed('ORDERPAID', '该订单已支付');
    case 'CLOSED':
      return closedNumber(desk, order);
    case 'REVOKED':
    case 'PAYERROR':
    case 'USERPAYING':
      return repeatedNumber(desk);
    case 'NOTPAY':
      return differingField(order, desk) === undefined ? prepare(desk, order, tradeType) : repeatedNumber(desk);
  }
}

function prepare(desk: Desk, order: SimOrder, tradeType: UnifiedTradeType): Outcome {
  const prepay = prepayOf(desk, tradeType);
  desk.ledger.putOrder({ ...order, prepays: [...order.prepays, prepay] });
  const { prepayId, codeUrl, mwebUrl } = prepay;
  return done([
    ['prepay_id', prepayId],
    ['trade_type', tradeType],
    ...(codeUrl === undefined ? [] : [['code_url', codeUrl] as const]),
    ...(mwebUrl === undefined ? [] : [['mweb_url', mwebUrl] as const]),
  ]);
}

function prepayOf(desk: Desk, tradeType: UnifiedTradeType): Prepay {
  const { ids } = desk.world;
  const prepayId = ids.prepayId();
  const common = { prepayId, atMs: desk.nowMs };
  switch (tradeType) {
    case 'JSAPI':
    case 'APP':
      return common;
    case 'NATIVE':
      return { ...common, codeUrl: `weixin://wxpay/bizpayurl?pr=${ids.token(9)}` };
    case 'MWEB': {
      const query = `prepay_id=${prepayId}&package=${ids.token(10)}`;
      return { ...common, mwebUrl: `https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?${query}` };
    }
  }
}

/**
 * 统一下单.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export const unifiedorder: SimOperation = {
  ...ORDINARY,
  name: 'unifiedorder',
  path: '/pay/unifiedorder',
  demands: { ...ORDINARY.demands, trade_type: 16 },
  shape: { ...ORDINARY.shape, order: 'nonce-first' },
  run,
};
