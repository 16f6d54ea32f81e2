import { closeWhenOld } from '../../actions/age-order.ts';
import type { Prepay, SimOrder } from '../../ledger/order.ts';
import { type JsonObject, textAt } from '../json.ts';
import type { V3Desk, V3Operation, V3Party } from '../operation.ts';
import { v3Done, v3Failed, type V3Failure, type V3Outcome } from '../outcome.ts';
import { ownerOf } from '../parties.ts';
import { orderRules, type V3TradeType } from './order-rules.ts';
import { closedV3, isSamePlacement, orderFromV3, paidV3, repeatedV3 } from './placement.ts';

/** Which path places which order. */
export const PRODUCTS = { jsapi: 'JSAPI', app: 'APP', native: 'NATIVE', h5: 'MWEB' } as const;
/** What is said of a product that the merchant has not applied for. */
export const DISABLED = '商户号该产品权限未开通，请前往商户平台>产品中心检查后重试';
const H5_TYPES: readonly string[] = ['Wap', 'iOS', 'Android'];

function place(desk: V3Desk, party: V3Party, tradeType: V3TradeType): V3Outcome {
  const owner = ownerOf(desk, desk.body, party);
  if ('kind' in owner) return owner;
  const refusal = refuse(desk, party, tradeType);
  if (refusal !== undefined) return refusal;
  const known = desk.ledger.order(owner.mchid, textAt(desk.body, 'out_trade_no'));
  if (known !== undefined) return again(desk, known, tradeType);
  const order = orderFromV3(desk, owner, tradeType);
  closeWhenOld(desk.world, desk.ledger, order);
  return prepare(desk, order, tradeType);
}

function refuse(desk: V3Desk, party: V3Party, tradeType: V3TradeType): V3Failure | undefined {
  const { merchant, body, world } = desk;
  const appid = textAt(body, party === 'ordinary' ? 'appid' : 'sp_appid');
  if (!merchant.appids.has(appid)) return v3Failed('APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配，请检查后再试');
  if (merchant.disabledProducts?.has(tradeType) === true) return v3Failed('NO_AUTH', DISABLED);
  if (tradeType === 'MWEB') return refuseScene(body);
  if (tradeType !== 'JSAPI') return undefined;
  const openid = textAt(body, party === 'ordinary' ? 'payer.openid' : 'payer.sp_openid');
  if (openid === '' && textAt(body, 'payer.sub_openid') === '') {
    return v3Failed('PARAM_ERROR', 'JSAPI支付必须传openid', { subCode: 268_501_013 });
  }
  const issuedTo = world.openids.get(openid);
  return issuedTo === undefined || issuedTo === appid ? undefined : v3Failed('PARAM_ERROR', 'appid与openid不匹配');
}

/** A page is opened on one of three kinds of phone. */
export function refuseScene(body: JsonObject): V3Failure | undefined {
  const value = textAt(body, 'scene_info.h5_info.type');
  if (H5_TYPES.includes(value)) return undefined;
  return v3Failed('PARAM_ERROR', '场景类型不正确', { detail: { location: 'body', value } });
}

function again(desk: V3Desk, order: SimOrder, tradeType: V3TradeType): V3Outcome {
  switch (order.state) {
    case 'SUCCESS':
    case 'REFUND':
      return paidV3(desk);
    case 'CLOSED':
      return closedV3(desk);
    case 'REVOKED':
    case 'PAYERROR':
    case 'USERPAYING':
      return repeatedV3(desk);
    case 'NOTPAY':
      return isSamePlacement(order, desk, tradeType) ? prepare(desk, order, tradeType) : repeatedV3(desk);
  }
}

function prepare(desk: V3Desk, order: SimOrder, tradeType: V3TradeType): V3Outcome {
  const prepay = prepayOf(desk, tradeType);
  desk.ledger.putOrder({ ...order, prepays: [...order.prepays, prepay] });
  return handleOf(prepay);
}

/** What a placed order is answered with. */
export function handleOf(prepay: Prepay): V3Outcome {
  if (prepay.codeUrl !== undefined) return v3Done({ code_url: prepay.codeUrl });
  return prepay.mwebUrl === undefined ? v3Done({ prepay_id: prepay.prepayId }) : v3Done({ h5_url: prepay.mwebUrl });
}

/** One way into the cashier, as the trade type has it. */
export function prepayOf({ world: { ids }, nowMs }: V3Desk, tradeType: V3TradeType): Prepay {
  const prepayId = ids.prepayId();
  const common = { prepayId, atMs: nowMs };
  switch (tradeType) {
    case 'JSAPI':
    case 'APP':
      return common;
    case 'NATIVE':
      return { ...common, codeUrl: `weixin://wxpay/bizpayurl/up?pr=${ids.token(9)}&groupid=00` };
    case 'MWEB': {
      const query = `prepay_id=${prepayId}&package=${ids.token(10)}`;
      return { ...common, mwebUrl: `https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?${query}` };
    }
  }
}

const operationOf = (party: V3Party, product: string, tradeType: V3TradeType): V3Operation => ({
  name: `v3/order-${product}`,
  method: 'POST',
  path: `/v3/pay/${party === 'partner' ? 'partner/' : ''}transactions/${product}`,
  refusals: 'pay',
  query: {},
  body: (world) => orderRules(party, tradeType, world),
  run: (desk) => place(desk, party, tradeType),
});

/**
 * 下单: by JSAPI, app, native and H5, for ordinary merchants and service providers.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791856
 */
export const PLACE_ORDER: readonly V3Operation[] = Object.entries(PRODUCTS).flatMap(([product, tradeType]) => [
  operationOf('ordinary', product, tradeType),
  operationOf('partner', product, tradeType),
]);
