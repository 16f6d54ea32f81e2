import type { Fen } from '../values/fen.ts';
import type { OutTradeNo } from '../values/numbers.ts';
import type { FieldReason } from '../v2/field-table.ts';
import type { Result } from '../values/result.ts';
import type { StoreScene } from '../v2/scene-info.ts';
import { goodsDetail, storeInfo, type V3GoodsDetail } from './goods-detail.ts';
import {
  flag,
  instant,
  notifyUrl,
  oneOf,
  optional,
  outTradeNo,
  positiveFen,
  sentObject,
  text,
} from './json/json-kinds.ts';
import { type JsonDraft, printJson, type SentJsonTable } from './json/json-table.ts';

/** Where an order is paid. Once any of it is said, WeChat Pay asks for the address. */
export interface V3Scene {
  /** IPv4 or IPv6 of the payer's device. */
  readonly payerClientIp: string;
  /** The terminal or the shop; queries return it. */
  readonly deviceInfo?: string;
  readonly store?: StoreScene;
}

/** What an order says whichever way it is paid. */
export interface V3OrderContent {
  /** 6 to 32 characters; unique per merchant over all products, v2 included, for ever. */
  readonly outTradeNo: OutTradeNo;
  /** Shown to the payer, at most 127 UTF-8 bytes. */
  readonly description: string;
  /** Above zero. */
  readonly totalFen: Fen;
  /** Where the pay notice goes: an https address without query that WeChat Pay can reach. */
  readonly notifyUrl: string;
  /**
   * Until when the order can be paid, UTC milliseconds; default seven days. It does not close the order, and it is part
   * of the content: keep the first value, a new one is another order.
   */
  readonly expireAtMs?: number;
  /** Returned by queries, notices and bills, at most 128 UTF-8 bytes. */
  readonly attach?: string;
  readonly goodsTag?: string;
  /** Opens the entry to an electronic invoice. */
  readonly supportFapiao?: boolean;
  readonly detail?: V3GoodsDetail;
  /** Freezes the money for sharing it out (分账). */
  readonly profitSharing?: boolean;
  readonly scene?: V3Scene;
}

/** Where a payment in a browser outside of WeChat comes from. */
export interface V3H5Info {
  readonly type: 'Wap' | 'iOS' | 'Android';
  readonly appName?: string;
  readonly appUrl?: string;
  /** iOS. */
  readonly bundleId?: string;
  /** Android. */
  readonly packageName?: string;
}

/** Where an H5 order is paid; unlike for other products all of it is needed. */
export interface V3H5Scene extends V3Scene {
  readonly h5: V3H5Info;
}

const SCENE: SentJsonTable<V3Scene> = {
  payerClientIp: text(45)('payer_client_ip'),
  deviceInfo: optional(text(32))('device_id'),
  store: optional(storeInfo)('store_info'),
};

const H5_INFO: SentJsonTable<V3H5Info> = {
  type: oneOf<V3H5Info['type']>('Wap', 'iOS', 'Android')('type'),
  appName: optional(text(64))('app_name'),
  appUrl: optional(text(128))('app_url'),
  bundleId: optional(text(128))('bundle_id'),
  packageName: optional(text(128))('package_name'),
};

const H5_SCENE: SentJsonTable<V3H5Scene> = { ...SCENE, h5: sentObject(H5_INFO)('h5_info') };

/** `scene_info` of H5 orders, single and combined. */
export const h5Scene = sentObject(H5_SCENE);

/** The one currency there is; always sent, as some operations ask for it. */
export interface Currency {
  readonly currency: 'CNY';
}

/** Chinese yuan. */
export const CNY: Currency = { currency: 'CNY' };

/** The member of {@link Currency}. */
export const currency = oneOf<'CNY'>('CNY');

/** In the order of the documentation. */
const ORDER: SentJsonTable<V3OrderContent & Currency> = {
  description: text(127)('description'),
  outTradeNo: outTradeNo('out_trade_no'),
  expireAtMs: optional(instant)('time_expire'),
  attach: optional(text(128))('attach'),
  notifyUrl: notifyUrl(255)('notify_url'),
  goodsTag: optional(text(32))('goods_tag'),
  supportFapiao: optional(flag)('support_fapiao'),
  totalFen: positiveFen('amount.total'),
  currency: currency('amount.currency'),
  detail: optional(goodsDetail)('detail'),
  scene: optional(sentObject(SCENE))('scene_info'),
  profitSharing: optional(flag)('settle_info.profit_sharing'),
};

const H5_ORDER: SentJsonTable<V3OrderContent & Currency & { readonly scene: V3H5Scene }> = {
  ...ORDER,
  scene: h5Scene('scene_info'),
};

/** Prints what JSAPI, app and native orders have in common. */
export const printOrder = (content: V3OrderContent): Result<JsonDraft, FieldReason> =>
  printJson(ORDER, { ...content, ...CNY });

/** Prints an H5 order. */
export const printH5Order = (content: V3OrderContent & { readonly scene: V3H5Scene }): Result<JsonDraft, FieldReason> =>
  printJson(H5_ORDER, { ...content, ...CNY });
