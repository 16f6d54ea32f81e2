import type { Fen } from '../values/fen.ts';
import type { OutTradeNo } from '../values/numbers.ts';
import { beijingTime, oneOf, optional, outTradeNo, positiveFen, text } from './field-kinds.ts';
import type { SentTable } from './field-table.ts';
import { type GoodsDetail, goodsDetail } from './goods-detail.ts';

/** What an order says whichever way it is paid; unifiedorder and micropay have it in common. */
export interface OrderContent {
  readonly outTradeNo: OutTradeNo;
  /** Shown to the payer, at most 127 UTF-8 bytes: `merchant-category`, such as `天虹南山店-超市`. */
  readonly body: string;
  /** Above zero. */
  readonly totalFen: Fen;
  /** JSAPI, APP and MWEB: the payer's address; NATIVE and micropay: that of the calling machine. IPv4 or IPv6. */
  readonly spbillCreateIp: string;
  readonly detail?: GoodsDetail;
  /** Returned unchanged by queries and notices, at most 127 UTF-8 bytes. */
  readonly attach?: string;
  /** ISO 4217; default CNY, and merchants on the mainland have no other. */
  readonly feeType?: string;
  /** UTC milliseconds. */
  readonly startAtMs?: number;
  /**
   * Until when the order can be paid, UTC milliseconds: more than five minutes ahead (micropay one minute). It cannot
   * be changed under the same number, and it does not close the order.
   */
  readonly expireAtMs?: number;
  readonly goodsTag?: string;
  /** Forbids credit cards. */
  readonly limitPay?: 'no_credit';
  /** Opens the entry to an electronic invoice. */
  readonly receipt?: 'Y';
  readonly profitSharing?: 'Y' | 'N';
  /** The terminal or the shop. */
  readonly deviceInfo?: string;
  /** With single-item discounts. */
  readonly version?: '1.0';
}

/** The fields of {@link OrderContent}. */
export const ORDER_CONTENT: SentTable<OrderContent> = {
  outTradeNo: outTradeNo('out_trade_no'),
  body: text(127)('body'),
  totalFen: positiveFen('total_fee'),
  spbillCreateIp: text(64)('spbill_create_ip'),
  detail: optional(goodsDetail)('detail'),
  attach: optional(text(127))('attach'),
  feeType: optional(text(16))('fee_type'),
  startAtMs: optional(beijingTime)('time_start'),
  expireAtMs: optional(beijingTime)('time_expire'),
  goodsTag: optional(text(32))('goods_tag'),
  limitPay: optional(oneOf('no_credit'))('limit_pay'),
  receipt: optional(oneOf('Y'))('receipt'),
  profitSharing: optional(oneOf('Y', 'N'))('profit_sharing'),
  deviceInfo: optional(text(32))('device_info'),
  version: optional(oneOf('1.0'))('version'),
};
