import type { TradeType } from '../../trade/trade-type.ts';
import type { Openid, PrepayId } from '../../values/numbers.ts';
import { ok, type Result } from '../../values/result.ts';
import { UNIFIEDORDER_CODES } from '../codes/unifiedorder.ts';
import { notifyUrl, oneOf, openid, optional, prepayId, text } from '../field-kinds.ts';
import { type FieldReason, type FieldTable, printFields, readFields, type SentTable } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { ORDER_CONTENT, type OrderContent } from '../order-content.ts';
import { requireOneOf } from '../order-number.ts';
import { type H5Scene, type SceneInfo, sceneInfo, type StoreScene } from '../scene-info.ts';

/** The trade types that are placed with unifiedorder. */
export type UnifiedorderTradeType = Exclude<TradeType, 'MICROPAY'>;

/** The identity that the payer must have (指定身份支付). */
export type PayerIdentityType =
  | 'IDCARD'
  | 'HONGKONG_MACAO'
  | 'HONGKONG_MACAO_RESIDENT'
  | 'TAIWAN_RESIDENT'
  | 'FOREIGN_RESIDENT'
  | 'OVERSEA_PASSPORT';

interface Placing extends OrderContent {
  /** Where the pay notice goes: an address without query that WeChat Pay can reach. */
  readonly notifyUrl: string;
  readonly userType?: PayerIdentityType;
  readonly userCreid?: string;
  readonly userTruename?: string;
}

/** Who pays a JSAPI order: under the caller's appid, or (service providers) under the sub-merchant's. */
type JsapiPayer =
  | { readonly openid: Openid; readonly subOpenid?: Openid }
  | { readonly subOpenid: Openid; readonly openid?: never };

/** Paid inside of WeChat: in an official account's page or in a mini program. */
export type JsapiOrder = Placing &
  JsapiPayer & {
    readonly tradeType: 'JSAPI';
    readonly productId?: string;
    readonly sceneInfo?: { readonly store: StoreScene };
  };

/** Paid by scanning a QR code. */
export interface NativeOrder extends Placing {
  readonly tradeType: 'NATIVE';
  /** The merchant's own number of what is sold. */
  readonly productId: string;
  readonly sceneInfo?: { readonly store: StoreScene };
}

/** Paid out of the merchant's app. */
export interface AppOrder extends Placing {
  readonly tradeType: 'APP';
  readonly sceneInfo?: { readonly store: StoreScene };
}

/** Paid out of a browser on a phone (H5). */
export interface MwebOrder extends Placing {
  readonly tradeType: 'MWEB';
  readonly sceneInfo: { readonly h5: H5Scene };
}

/** Places an order. */
export type UnifiedorderRequest = JsapiOrder | NativeOrder | AppOrder | MwebOrder;

/** The placed order, tagged by its trade type. */
export type UnifiedorderAnswer =
  /** `prepayId` opens the payment in the payer's client and is valid for two hours. */
  | { readonly tradeType: 'JSAPI' | 'APP'; readonly prepayId: PrepayId }
  /** `codeUrl` is the content of the QR code, valid for two hours; its form is not to be relied on. */
  | { readonly tradeType: 'NATIVE'; readonly prepayId: PrepayId; readonly codeUrl: string }
  /** `mwebUrl` is where the payer's browser is sent, valid for five minutes. */
  | { readonly tradeType: 'MWEB'; readonly prepayId: PrepayId; readonly mwebUrl: string };

/** All fields that any of the requests has. */
interface Sent extends Placing {
  readonly tradeType: UnifiedorderTradeType;
  readonly openid?: Openid;
  readonly subOpenid?: Openid;
  readonly productId?: string;
  readonly sceneInfo?: SceneInfo;
}

const REQUEST: SentTable<Sent> = {
  ...ORDER_CONTENT,
  notifyUrl: notifyUrl('notify_url'),
  tradeType: oneOf<UnifiedorderTradeType>('JSAPI', 'NATIVE', 'APP', 'MWEB')('trade_type'),
  openid: optional(openid)('openid'),
  subOpenid: optional(openid)('sub_openid'),
  productId: optional(text(32))('product_id'),
  sceneInfo: optional(sceneInfo)('scene_info'),
  userType: optional(text(32))('user_type'),
  userCreid: optional(text(32))('user_creid'),
  userTruename: optional(text(64))('user_truename'),
};

/** Of which fields each trade type needs at least one. The types say the same; this is for callers without them. */
const NEEDED: Readonly<Record<UnifiedorderTradeType, readonly string[]>> = {
  JSAPI: ['openid', 'sub_openid'],
  NATIVE: ['product_id'],
  APP: ['trade_type'],
  MWEB: ['scene_info'],
};

const PLACED: FieldTable<{ tradeType: UnifiedorderTradeType; prepayId: PrepayId }> = {
  tradeType: oneOf<UnifiedorderTradeType>('JSAPI', 'NATIVE', 'APP', 'MWEB')('trade_type'),
  prepayId: prepayId('prepay_id'),
};

const NATIVE: FieldTable<{ codeUrl: string }> = { codeUrl: text(64)('code_url') };

const MWEB: FieldTable<{ mwebUrl: string }> = { mwebUrl: text(64)('mweb_url') };

/**
 * Essential is what the payer needs to pay: an answer without it is as good as none, and the order is placed again
 * under the same number.
 */
function readAnswer(fields: Fields): Result<UnifiedorderAnswer, FieldReason> {
  const placed = readFields(PLACED, fields);
  if (!placed.ok) return placed;
  const { tradeType, prepayId: id } = placed.value;
  switch (tradeType) {
    case 'JSAPI':
    case 'APP':
      return ok({ tradeType, prepayId: id });
    case 'NATIVE': {
      const native = readFields(NATIVE, fields);
      return native.ok ? ok({ tradeType, prepayId: id, ...native.value }) : native;
    }
    case 'MWEB': {
      const mweb = readFields(MWEB, fields);
      return mweb.ok ? ok({ tradeType, prepayId: id, ...mweb.value }) : mweb;
    }
  }
}

/**
 * 统一下单: places an order. The same number with the same content may be sent again at any time, and brings a
 * `prepayId` again; with other content it is refused.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_1
 */
export const unifiedorder: Operation<UnifiedorderRequest, UnifiedorderAnswer> = {
  name: 'unifiedorder',
  path: '/pay/unifiedorder',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: UNIFIEDORDER_CODES,
  printRequest: (request) => requireOneOf(printFields<Sent>(REQUEST, request), NEEDED[request.tradeType]),
  readAnswer,
};
