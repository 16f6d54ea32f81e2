import { closeWhenOld } from '../../actions/age-order.ts';
import type { SimCombine, SimOrder } from '../../ledger/order.ts';
import { type JsonObject, numberAt, objectsAt, textAt } from '../json.ts';
import type { V3Desk, V3Operation } from '../operation.ts';
import type { V3TradeType } from '../operations/order-rules.ts';
import { DISABLED, handleOf, prepayOf, PRODUCTS, refuseScene } from '../operations/place-order.ts';
import { closedV3, contentOf, expiryOf, isSamePlacement, paidV3, repeatedV3 } from '../operations/placement.ts';
import { v3Failed, type V3Failure, type V3Outcome } from '../outcome.ts';
import { refusePlacer } from './combine-parties.ts';
import { combineRules } from './combine-rules.ts';

/** A later end is moved here. */
const EXPIRY_DAYS_MAX = 7;

function place(desk: V3Desk, tradeType: V3TradeType): V3Outcome {
  const refusal = refusePlacer(desk) ?? refuse(desk, tradeType);
  if (refusal !== undefined) return refusal;
  const known = desk.ledger.combined(desk.merchant.mchid, textAt(desk.body, 'combine_out_trade_no'));
  if (known.length > 0) return again(desk, known, tradeType);
  const orders = ordersOf(desk, tradeType);
  if (orders.some(({ mchid, outTradeNo }) => desk.ledger.order(mchid, outTradeNo) !== undefined)) {
    return repeatedV3(desk);
  }
  for (const order of orders) closeWhenOld(desk.world, desk.ledger, order);
  return prepare(desk, orders, tradeType);
}

function refuse({ merchant, body, world }: V3Desk, tradeType: V3TradeType): V3Failure | undefined {
  if (merchant.disabledProducts?.has(tradeType) === true) return v3Failed('NO_AUTH', DISABLED);
  const parts = objectsAt(body, 'sub_orders');
  if (parts.some((part) => !world.merchants.has(textAt(part, 'mchid')))) {
    return v3Failed('MCH_NOT_EXISTS', '子单商户号不存在');
  }
  const names = new Set(parts.map((part) => `${textAt(part, 'mchid')} ${textAt(part, 'out_trade_no')}`));
  if (names.size < parts.length) return v3Failed('INVALID_REQUEST', '子单商户订单号重复');
  if (tradeType === 'MWEB') return refuseScene(body);
  if (tradeType !== 'JSAPI') return undefined;
  const issuedTo = world.openids.get(textAt(body, 'combine_payer_info.openid'));
  return issuedTo === undefined || issuedTo === textAt(body, 'combine_appid')
    ? undefined
    : v3Failed('OPENID_MISMATCH', 'appid与openid不匹配');
}

/** The parts stand and fall together, so the first tells the state of all; refunded ones were paid. */
function again(desk: V3Desk, parts: readonly SimOrder[], tradeType: V3TradeType): V3Outcome {
  const [first] = parts;
  if (first === undefined || parts.some(({ payment }) => payment !== undefined)) return paidV3(desk);
  if (first.state !== 'NOTPAY') return closedV3(desk);
  return isSamePlacement(first, desk, tradeType) ? prepare(desk, parts, tradeType) : repeatedV3(desk);
}

/** One way into the cashier for all of them. */
function prepare(desk: V3Desk, orders: readonly SimOrder[], tradeType: V3TradeType): V3Outcome {
  const prepay = prepayOf(desk, tradeType);
  for (const order of orders) desk.ledger.putOrder({ ...order, prepays: [...order.prepays, prepay] });
  return handleOf(prepay);
}

function ordersOf(desk: V3Desk, tradeType: V3TradeType): SimOrder[] {
  const { body } = desk;
  const parts = objectsAt(body, 'sub_orders');
  const combine: SimCombine = {
    mchid: textAt(body, 'combine_mchid'),
    outTradeNo: textAt(body, 'combine_out_trade_no'),
    appid: textAt(body, 'combine_appid'),
    totalFen: parts.reduce((sum, part) => sum + numberAt(part, 'amount.total_amount'), 0),
    parts: parts.map((part) => ({
      mchid: textAt(part, 'mchid'),
      outTradeNo: textAt(part, 'out_trade_no'),
      totalFen: numberAt(part, 'amount.total_amount'),
    })),
  };
  const expiresAtMs = expiryOf(desk, EXPIRY_DAYS_MAX);
  const placement = contentOf(body, tradeType);
  return parts.map((part) => ({
    ...orderOf(desk, part, tradeType),
    ...(expiresAtMs === undefined ? {} : { expiresAtMs }),
    placement,
    combine,
  }));
}

function orderOf({ body, nowMs, world }: V3Desk, part: JsonObject, tradeType: V3TradeType): SimOrder {
  return {
    mchid: textAt(part, 'mchid'),
    subMchid: '',
    outTradeNo: textAt(part, 'out_trade_no'),
    apiVersion: 'v3',
    appid: textAt(body, 'combine_appid'),
    subAppid: '',
    tradeType,
    totalFen: numberAt(part, 'amount.total_amount'),
    feeType: 'CNY',
    body: textAt(part, 'description'),
    detail: '',
    attach: textAt(part, 'attach'),
    deviceInfo: textAt(body, 'scene_info.device_id'),
    productId: '',
    goodsTag: textAt(part, 'goods_tag'),
    openid: textAt(body, 'combine_payer_info.openid'),
    subOpenid: '',
    payerIp: textAt(body, 'scene_info.payer_client_ip'),
    version: '',
    notifyUrl: textAt(body, 'notify_url'),
    nonce: world.ids.token(32),
    signType: 'MD5',
    placedAtMs: nowMs,
    authCode: '',
    reversesAsked: 0,
    placement: new Map(),
    prepays: [],
    state: 'NOTPAY',
    history: [{ state: 'NOTPAY', atMs: nowMs, by: 'placed' }],
  };
}

/**
 * 合单下单: orders of several merchants that are paid together, by JSAPI, app, native and H5.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012556926
 */
export const COMBINE_PLACE: readonly V3Operation[] = Object.entries(PRODUCTS).map(([product, tradeType]) => ({
  name: `v3/combine-${product}`,
  method: 'POST',
  path: `/v3/combine-transactions/${product}`,
  refusals: 'pay',
  spelling: 'of-combine',
  query: {},
  body: (world) => combineRules(tradeType, world),
  run: (desk) => place(desk, tradeType),
}));
