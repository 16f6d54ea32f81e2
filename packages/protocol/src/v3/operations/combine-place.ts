import type { Fen } from '../../values/fen.ts';
import type { Mchid, Openid, OutTradeNo } from '../../values/numbers.ts';
import { COMBINE_PLACE_CODES } from '../codes/others.ts';
import { COMBINE_PATH } from '../combined-order.ts';
import {
  flag,
  instant,
  mchid,
  notifyUrl,
  openid,
  optional,
  outTradeNo,
  positiveFen,
  sentList,
  sentObject,
  text,
} from '../json/json-kinds.ts';
import { printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation, V3OperationRow } from '../operation.ts';
import { CNY, type Currency, currency, h5Scene, type V3H5Scene } from '../order-content.ts';
import {
  type CodeUrlAnswer,
  type H5UrlAnswer,
  PLACING,
  type PrepaidAnswer,
  readCodeUrl,
  readH5Url,
  readPrepaid,
} from '../place.ts';
import { printV3Request } from '../request.ts';

/** One of the orders that are paid together. Amounts and names differ a little from single orders. */
export interface SubOrder {
  readonly mchid: Mchid;
  readonly outTradeNo: OutTradeNo;
  readonly description: string;
  readonly totalFen: Fen;
  /** Unlike in single orders it is required. */
  readonly attach: string;
  readonly goodsTag?: string;
  readonly profitSharing?: boolean;
}

/** Where a combined order is paid. */
export interface CombineScene {
  readonly payerClientIp: string;
  readonly deviceInfo?: string;
}

/** Places 2 to 10 orders of several merchants that are paid together. */
export interface CombineContent {
  readonly combineOutTradeNo: OutTradeNo;
  readonly subOrders: readonly SubOrder[];
  readonly notifyUrl: string;
  /** Until when the order can be paid, UTC milliseconds: one minute to seven days ahead. */
  readonly expireAtMs?: number;
  readonly scene?: CombineScene;
}

/** Inside of WeChat. */
export interface CombineJsapiRequest extends CombineContent {
  readonly openid: Openid;
}

/** Out of a browser on a phone. */
export interface CombineH5Request extends CombineContent {
  readonly scene: V3H5Scene;
}

const SUB_ORDER: SentJsonTable<SubOrder & Currency> = {
  mchid: mchid('mchid'),
  attach: text(128)('attach'),
  totalFen: positiveFen('amount.total_amount'),
  currency: currency('amount.currency'),
  outTradeNo: outTradeNo('out_trade_no'),
  description: text(127)('description'),
  goodsTag: optional(text(32))('goods_tag'),
  profitSharing: optional(flag)('settle_info.profit_sharing'),
};

const SCENE: SentJsonTable<CombineScene> = {
  payerClientIp: text(45)('payer_client_ip'),
  deviceInfo: optional(text(16))('device_id'),
};

type Sent<Content extends CombineContent> = Omit<Content, 'subOrders'> & {
  readonly subOrders: readonly (SubOrder & Currency)[];
};

const CONTENT: SentJsonTable<Sent<CombineContent>> = {
  combineOutTradeNo: outTradeNo('combine_out_trade_no'),
  scene: optional(sentObject(SCENE))('scene_info'),
  subOrders: sentList(SUB_ORDER, { countMin: 2, countMax: 10 })('sub_orders'),
  expireAtMs: optional(instant)('time_expire'),
  notifyUrl: notifyUrl(255)('notify_url'),
};

const JSAPI_CONTENT: SentJsonTable<Sent<CombineJsapiRequest>> = {
  ...CONTENT,
  openid: openid('combine_payer_info.openid'),
};

const H5_CONTENT: SentJsonTable<Sent<CombineH5Request>> = { ...CONTENT, scene: h5Scene('scene_info') };

const withCurrency = <Content extends CombineContent>({ subOrders, ...content }: Content) => ({
  ...content,
  subOrders: subOrders.map((order) => ({ ...order, ...CNY })),
});

const PLACE_ROW = {
  ...PLACING,
  sender: 'combine-appid-and-mchid',
  codes: COMBINE_PLACE_CODES,
} as const satisfies Partial<V3OperationRow>;

const JSAPI_ROW = { ...PLACE_ROW, name: 'combine-jsapi', paths: { merchant: `${COMBINE_PATH}/jsapi` } } as const;
const APP_ROW = { ...PLACE_ROW, name: 'combine-app', paths: { merchant: `${COMBINE_PATH}/app` } } as const;
const NATIVE_ROW = { ...PLACE_ROW, name: 'combine-native', paths: { merchant: `${COMBINE_PATH}/native` } } as const;
const H5_ROW = { ...PLACE_ROW, name: 'combine-h5', paths: { merchant: `${COMBINE_PATH}/h5` } } as const;

/**
 * 合单JSAPI下单. Refunds go to the sub-orders; the combined number has none.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012556926
 */
export const v3CombineJsapi: V3Operation<CombineJsapiRequest, PrepaidAnswer> = {
  ...JSAPI_ROW,
  printRequest: (request, sender) =>
    printV3Request(JSAPI_ROW, sender, { body: printJson(JSAPI_CONTENT, withCurrency(request)) }),
  readAnswer: readPrepaid,
};

/**
 * 合单APP下单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012556926
 */
export const v3CombineApp: V3Operation<CombineContent, PrepaidAnswer> = {
  ...APP_ROW,
  printRequest: (request, sender) =>
    printV3Request(APP_ROW, sender, { body: printJson(CONTENT, withCurrency(request)) }),
  readAnswer: readPrepaid,
};

/**
 * 合单Native下单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012556926
 */
export const v3CombineNative: V3Operation<CombineContent, CodeUrlAnswer> = {
  ...NATIVE_ROW,
  printRequest: (request, sender) =>
    printV3Request(NATIVE_ROW, sender, { body: printJson(CONTENT, withCurrency(request)) }),
  readAnswer: readCodeUrl,
};

/**
 * 合单H5下单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012556926
 */
export const v3CombineH5: V3Operation<CombineH5Request, H5UrlAnswer> = {
  ...H5_ROW,
  printRequest: (request, sender) =>
    printV3Request(H5_ROW, sender, { body: printJson(H5_CONTENT, withCurrency(request)) }),
  readAnswer: readH5Url,
};
