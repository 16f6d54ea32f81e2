import { parseRfc3339 } from '@orderkeeper/protocol';
import type { SimOrder } from '../../ledger/order.ts';
import { isJsonObject, type JsonObject, numberAt, textAt } from '../json.ts';
import type { V3Desk } from '../operation.ts';
import { type V3Failure, v3Failed } from '../outcome.ts';
import type { V3Owner } from '../parties.ts';
import type { V3TradeType } from './order-rules.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const EXPIRY_DAYS_MAX = { '15-days': 15, '7-days': 7 } as const;
const KEY_MEMBERS = ['trade_type', 'description', 'amount.total', 'time_expire'] as const;

/** The book's record of a first request. */
export function orderFromV3(desk: V3Desk, owner: V3Owner, tradeType: V3TradeType): SimOrder {
  const { body, nowMs } = desk;
  const at = (path: string): string => textAt(body, path);
  const isPartner = owner.subMchid !== '';
  const expiresAtMs = expiryOf(desk, EXPIRY_DAYS_MAX[desk.world.switches.v3ExpiryCap]);
  return {
    ...owner,
    outTradeNo: at('out_trade_no'),
    apiVersion: 'v3',
    appid: isPartner ? at('sp_appid') : at('appid'),
    subAppid: at('sub_appid'),
    tradeType,
    totalFen: numberAt(body, 'amount.total'),
    feeType: 'CNY',
    body: at('description'),
    detail: '',
    attach: at('attach'),
    deviceInfo: at('scene_info.device_id'),
    productId: '',
    goodsTag: at('goods_tag'),
    openid: isPartner ? at('payer.sp_openid') : at('payer.openid'),
    subOpenid: at('payer.sub_openid'),
    payerIp: at('scene_info.payer_client_ip'),
    version: '',
    notifyUrl: at('notify_url'),
    nonce: desk.world.ids.token(32),
    signType: 'MD5',
    placedAtMs: nowMs,
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    authCode: '',
    reversesAsked: 0,
    placement: contentOf(body, tradeType),
    prepays: [],
    state: 'NOTPAY',
    history: [{ state: 'NOTPAY', atMs: nowMs, by: 'placed' }],
  };
}

/** Too early or too late an end is moved to the nearest that is allowed, without a word. */
export function expiryOf({ body, nowMs }: V3Desk, daysMax: number): number | undefined {
  const expiry = parseRfc3339(textAt(body, 'time_expire'));
  if (!expiry.ok) return undefined;
  return Math.min(Math.max(expiry.value, nowMs + MINUTE_MS), nowMs + daysMax * DAY_MS);
}

/** Every member of a request by its path. */
export function contentOf(body: JsonObject, tradeType: V3TradeType): Map<string, string> {
  const content = new Map<string, string>([['trade_type', tradeType]]);
  const collect = (value: unknown, path: string): void => {
    if (!isJsonObject(value)) content.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    else for (const [name, part] of Object.entries(value)) collect(part, path === '' ? name : `${path}.${name}`);
  };
  collect(body, '');
  return content;
}

/** Whether a repeated request has the content of the first one. */
export function isSamePlacement(order: SimOrder, { body, world }: V3Desk, tradeType: V3TradeType): boolean {
  const content = contentOf(body, tradeType);
  const names =
    world.switches.v3ComparedMembers === 'key-members'
      ? KEY_MEMBERS
      : [...new Set([...content.keys(), ...order.placement.keys()])];
  return names.every((name) => content.get(name) === order.placement.get(name));
}

/** The answer to a number that was used with other content. */
export const repeatedV3 = ({ world }: V3Desk): V3Failure =>
  v3Failed(world.switches.v3RepeatedOrder, '201 商户订单号重复', { subCode: 268_498_688 });

/** The answer to placing or closing an order that is paid. */
export function paidV3({ world }: V3Desk): V3Failure {
  const { v3Paid, v3PaidStatus } = world.switches;
  return { ...v3Failed('ORDER_PAID', '订单已支付', { status: Number(v3PaidStatus) }), code: v3Paid };
}

/** The answer to the number of a closed order. */
export const closedV3 = (desk: V3Desk): V3Failure =>
  desk.world.switches.v3ClosedReuse === 'ORDER_CLOSED' ? v3Failed('ORDER_CLOSED', '订单已关闭') : repeatedV3(desk);
