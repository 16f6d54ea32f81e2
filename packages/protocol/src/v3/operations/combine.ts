import type { Fen } from '../../values/fen.ts';
import type { Mchid, Openid, OutTradeNo } from '../../values/numbers.ts';
import { ok } from '../../values/result.ts';
import { answerReader } from '../answer.ts';
import { COMBINE_CLOSE_CODES, COMBINE_PLACE_CODES, COMBINE_QUERY_CODES } from '../codes/others.ts';
import { type CombinedOrderReport, readCombinedOrder } from '../combined-order.ts';
import {
  anyOutTradeNo,
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
import type { V3CloseAnswer } from './close.ts';

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

const PATH = '/v3/combine-transactions';

const PLACE_ROW = {
  ...PLACING,
  sender: 'combine-appid-and-mchid',
  codes: COMBINE_PLACE_CODES,
} as const satisfies Partial<V3OperationRow>;

const JSAPI_ROW = { ...PLACE_ROW, name: 'combine-jsapi', paths: { merchant: `${PATH}/jsapi` } } as const;
const APP_ROW = { ...PLACE_ROW, name: 'combine-app', paths: { merchant: `${PATH}/app` } } as const;
const NATIVE_ROW = { ...PLACE_ROW, name: 'combine-native', paths: { merchant: `${PATH}/native` } } as const;
const H5_ROW = { ...PLACE_ROW, name: 'combine-h5', paths: { merchant: `${PATH}/h5` } } as const;

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

/** Which combined order is meant. */
export interface CombineNumber {
  readonly combineOutTradeNo: OutTradeNo;
}

const NUMBER: SentJsonTable<CombineNumber> = { combineOutTradeNo: anyOutTradeNo('combine_out_trade_no') };

const QUERY_ROW = {
  name: 'combine-query',
  method: 'GET',
  paths: { merchant: `${PATH}/out-trade-no/{combine_out_trade_no}` },
  sender: 'none',
  success: [200],
  answer: 'signed',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: COMBINE_QUERY_CODES,
} as const;

/**
 * 查询合单订单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013421222
 */
export const v3CombineQuery: V3Operation<CombineNumber, CombinedOrderReport> = {
  ...QUERY_ROW,
  printRequest: (request, sender) => printV3Request(QUERY_ROW, sender, { path: printJson(NUMBER, request) }),
  readAnswer: answerReader(readCombinedOrder),
};

/** Closes a combined order; names exactly its sub-orders. */
export interface CombineCloseRequest extends CombineNumber {
  readonly subOrders: readonly Pick<SubOrder, 'mchid' | 'outTradeNo'>[];
}

const CLOSED: SentJsonTable<Pick<CombineCloseRequest, 'subOrders'>> = {
  subOrders: sentList<Pick<SubOrder, 'mchid' | 'outTradeNo'>>(
    { mchid: mchid('mchid'), outTradeNo: anyOutTradeNo('out_trade_no') },
    { countMin: 2, countMax: 10 },
  )('sub_orders'),
};

const CLOSE_ROW = {
  name: 'combine-close',
  method: 'POST',
  paths: { merchant: `${PATH}/out-trade-no/{combine_out_trade_no}/close` },
  sender: 'combine-appid',
  success: [204],
  answer: 'signed',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: COMBINE_CLOSE_CODES,
} as const;

/**
 * 关闭合单订单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013421225
 */
export const v3CombineClose: V3Operation<CombineCloseRequest, V3CloseAnswer> = {
  ...CLOSE_ROW,
  printRequest: (request, sender) =>
    printV3Request(CLOSE_ROW, sender, { path: printJson(NUMBER, request), body: printJson(CLOSED, request) }),
  readAnswer: () => ok({}),
};
