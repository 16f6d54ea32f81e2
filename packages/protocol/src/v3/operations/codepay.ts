import { ok, type Result } from '../../values/result.ts';
import { CODEPAY_CODES } from '../codes/payments.ts';
import { codepayGoodsDetail } from '../goods-detail.ts';
import {
  anyOutTradeNo,
  flag,
  type MakeSentMember,
  optional,
  outTradeNo,
  positiveFen,
  sentObject,
  text,
} from '../json/json-kinds.ts';
import { type JsonTable, printJson, readJson, type SentJsonTable } from '../json/json-table.ts';
import { type JsonObject, readJsonText } from '../json/json-value.ts';
import type { OutTradeNo } from '../../values/numbers.ts';
import type { V3Answer, V3AnswerReason, V3Operation } from '../operation.ts';
import { CNY, type Currency, currency, type V3OrderContent } from '../order-content.ts';
import { transactionPaths } from '../place.ts';
import { printV3Request } from '../request.ts';
import { readOrder, type V3QueryAnswer } from './query.ts';

/** Where a payment by code is taken. */
export interface CodepayScene {
  /** The merchant's own number of the shop. */
  readonly storeId?: string;
  /** WeChat Pay's number of the shop. */
  readonly storeOutId?: string;
  readonly deviceInfo?: string;
  /** The address of the terminal. */
  readonly deviceIp?: string;
}

/** Charges the code that the payer shows. A new code needs a new `outTradeNo`. */
export interface V3CodepayRequest extends Omit<V3OrderContent, 'notifyUrl' | 'expireAtMs' | 'scene'> {
  /** 18 digits that begin with 10 to 15; good for one use and about a minute. */
  readonly authCode: string;
  readonly scene: CodepayScene;
}

/** The order after the call. */
export type V3CodepayAnswer =
  | V3QueryAnswer
  /** The payer has to enter the password: query until that is over. Of the order little more is said (HTTP 202). */
  | { readonly tradeState: 'USERPAYING'; readonly outTradeNo?: OutTradeNo };

interface Store {
  readonly storeId?: string;
  readonly storeOutId?: string;
}

const STORE: SentJsonTable<Store> = {
  storeId: optional(text(32))('id'),
  storeOutId: optional(text(32))('out_id'),
};

/** The shop is required, but nothing in it is: an empty object is sent where nothing is known. */
const SCENE: SentJsonTable<{ readonly store: Store; readonly deviceInfo?: string; readonly deviceIp?: string }> = {
  store: sentObject(STORE)('store_info'),
  deviceInfo: optional(text(32))('device_id'),
  deviceIp: optional(text(45))('device_ip'),
};

const scene: MakeSentMember<CodepayScene> = (wire) => ({
  wire,
  need: 'required',
  print: ({ storeId, storeOutId, ...device }) =>
    printJson(SCENE, {
      ...device,
      store: { ...(storeId === undefined ? {} : { storeId }), ...(storeOutId === undefined ? {} : { storeOutId }) },
    }),
});

const REQUEST: SentJsonTable<V3CodepayRequest & Currency> = {
  description: text(127)('description'),
  outTradeNo: outTradeNo('out_trade_no'),
  attach: optional(text(128))('attach'),
  goodsTag: optional(text(32))('goods_tag'),
  supportFapiao: optional(flag)('support_fapiao'),
  authCode: text(32)('payer.auth_code'),
  totalFen: positiveFen('amount.total'),
  currency: currency('amount.currency'),
  scene: scene('scene_info'),
  detail: optional(codepayGoodsDetail)('detail'),
  profitSharing: optional(flag)('settle_info.profit_sharing'),
};

const ACCEPTED = 202;

const NUMBER: JsonTable<{ readonly outTradeNo?: OutTradeNo }> = { outTradeNo: optional(anyOutTradeNo)('out_trade_no') };

function readAnswer({ status, body }: V3Answer): Result<V3CodepayAnswer, V3AnswerReason> {
  const object = readJsonText(body);
  if (!object.ok) return object;
  return status === ACCEPTED ? readAccepted(object.value) : readOrder(object.value);
}

/** 202 means that it is not over, whatever the body leaves out. */
function readAccepted(object: JsonObject): Result<V3CodepayAnswer, V3AnswerReason> {
  const number = readJson(NUMBER, object);
  return number.ok ? ok({ tradeState: 'USERPAYING', ...number.value }) : number;
}

const ROW = {
  name: 'codepay',
  method: 'POST',
  paths: transactionPaths('codepay'),
  sender: 'appid-and-mchid',
  success: [200, ACCEPTED],
  answer: 'signed',
  effect: 'changes',
  afterUnknown: 'query',
  codes: CODEPAY_CODES,
} as const;

/**
 * 付款码支付. Official texts contradict each other on whether APIv3 has it: pages and SDKs do, a list of products does
 * not. There is no notice: the result is the answer, or what a query says. After any doubt query, and reverse when
 * nothing helps; never send it twice.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012382150
 */
export const v3Codepay: V3Operation<V3CodepayRequest, V3CodepayAnswer> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { body: printJson(REQUEST, { ...request, ...CNY }) }),
  readAnswer,
};
