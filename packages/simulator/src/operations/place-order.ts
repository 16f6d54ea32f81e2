import { parseBeijingTime } from '@orderkeeper/protocol';
import type { SimOrder, SimTradeState, SimTradeType } from '../ledger/order.ts';
import { type Desk, failed, type Outcome, refused, textOf } from './operation.ts';

/** Fields that are not content: they differ in every request. */
const NOT_CONTENT: ReadonlySet<string> = new Set(['sign', 'nonce_str', 'sign_type', 'time_start']);

/** A number may be used again only with the same values of these. */
const KEY_FIELDS = ['body', 'total_fee', 'trade_type', 'time_expire', 'sub_mch_id', 'auth_code'] as const;

/** The book's record of a first request. */
export function orderFrom(
  desk: Desk,
  tradeType: SimTradeType,
  state: Extract<SimTradeState, 'NOTPAY' | 'USERPAYING'>,
): SimOrder {
  const text = (name: string): string => textOf(desk, name);
  const expiry = parseBeijingTime(text('time_expire'));
  return {
    mchid: desk.merchant.mchid,
    outTradeNo: text('out_trade_no'),
    apiVersion: 'v2',
    appid: text('appid'),
    subMchid: text('sub_mch_id'),
    subAppid: text('sub_appid'),
    tradeType,
    totalFen: Number(text('total_fee')),
    feeType: text('fee_type') === '' ? 'CNY' : text('fee_type'),
    body: text('body'),
    detail: text('detail'),
    attach: text('attach'),
    deviceInfo: text('device_info'),
    productId: text('product_id'),
    goodsTag: text('goods_tag'),
    openid: text('openid'),
    subOpenid: text('sub_openid'),
    payerIp: text('spbill_create_ip'),
    version: text('version'),
    notifyUrl: text('notify_url'),
    nonce: text('nonce_str'),
    signType: desk.signType,
    placedAtMs: desk.nowMs,
    ...(expiry.ok ? { expiresAtMs: expiry.value } : {}),
    authCode: text('auth_code'),
    reversesAsked: 0,
    placement: contentOf(desk),
    prepays: [],
    state,
    history: [{ state, atMs: desk.nowMs, by: 'placed' }],
  };
}

const contentOf = (desk: Desk): Map<string, string> =>
  new Map([...desk.fields].filter(([name, value]) => value !== '' && !NOT_CONTENT.has(name)));

/** The first content field in which a repeated request differs from the first one. */
export function differingField(order: SimOrder, desk: Desk): string | undefined {
  const content = contentOf(desk);
  const names =
    desk.world.switches.comparedFields === 'key-fields'
      ? KEY_FIELDS
      : [...new Set([...content.keys(), ...order.placement.keys()])];
  return names.find((name) => content.get(name) !== order.placement.get(name));
}

/** The answer to a number that was used with other content. */
export const repeatedNumber = (desk: Desk): Outcome =>
  desk.world.switches.repeatedOrder === 'OUT_TRADE_NO_USED'
    ? failed('OUT_TRADE_NO_USED', '商户订单号重复')
    : failed('INVALID_REQUEST', '201 商户订单号重复');

/** The answer to the number of a closed order; how it was closed matters. */
export function closedNumber(desk: Desk, order: SimOrder): Outcome {
  const byAge = order.history.at(-1)?.by === 'closed-by-age';
  const code = byAge ? desk.world.switches.agedReuse : desk.world.switches.closedReuse;
  return code === 'ORDERCLOSED' ? failed('ORDERCLOSED', '订单已关闭') : repeatedNumber(desk);
}

/** Checks time_expire against the gateway's clock; exactly the least distance is too short, as observed. */
export function checkExpiry(desk: Desk, leastMs: number): Outcome | undefined {
  const expire = textOf(desk, 'time_expire');
  if (expire === '') return undefined;
  const expiry = parseBeijingTime(expire);
  if (!expiry.ok) return failed('PARAM_ERROR', 'time_expire参数格式错误');
  return expiry.value - desk.nowMs <= leastMs ? refused('time_expire时间过短，刷卡至少1分钟，其他5分钟') : undefined;
}
