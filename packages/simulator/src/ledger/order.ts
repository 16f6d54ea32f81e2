/** How an order is paid; `MICROPAY` is made by scanning the payer's code, the others by unifiedorder. */
export type SimTradeType = 'JSAPI' | 'NATIVE' | 'APP' | 'MWEB' | 'MICROPAY';

/** WeChat Pay's word for where an order is. */
export type SimTradeState = 'NOTPAY' | 'USERPAYING' | 'SUCCESS' | 'REFUND' | 'CLOSED' | 'REVOKED' | 'PAYERROR';

/** Who or what moved an order. */
export type StateCause =
  | 'placed'
  | 'payer-paid'
  | 'money-came-late'
  | 'payer-failed'
  | 'payer-gone'
  | 'closed-by-merchant'
  | 'closed-by-age'
  | 'reversed-by-merchant'
  | 'reversed-by-age'
  | 'refunded';

/** One entry of an order's history. */
export interface StateChange {
  readonly state: SimTradeState;
  readonly atMs: number;
  readonly by: StateCause;
}

/** `CASH` coupons were paid for by the merchant in advance and are settled; `NO_CASH` ones are not. */
export type CouponKind = 'CASH' | 'NO_CASH';

/** A coupon spent on an order, or the part of it that a refund gives back. */
export interface SimCoupon {
  readonly couponId: string;
  readonly kind: CouponKind;
  readonly fen: number;
}

/** What the payer did. `cashFen` and the coupons add up to the order's total. */
export interface SimPayment {
  readonly transactionId: string;
  readonly paidAtMs: number;
  /** The payer under the order's appid. */
  readonly openid: string;
  /** The payer under the order's sub_appid; empty without one. */
  readonly subOpenid: string;
  readonly isSubscribe: 'Y' | 'N';
  readonly bankType: string;
  readonly cashFen: number;
  readonly coupons: readonly SimCoupon[];
}

/** One way into the cashier, handed out by one unifiedorder call and valid for two hours. */
export interface Prepay {
  readonly prepayId: string;
  readonly atMs: number;
  /** Content of the QR code, NATIVE only. */
  readonly codeUrl?: string;
  /** Page for the phone's browser, MWEB only; valid for five minutes. */
  readonly mwebUrl?: string;
}

/** Orders that are placed, paid and closed together (合单). Every one of them carries the same record. */
export interface SimCombine {
  /** Who placed them; `mchid` and `outTradeNo` together name the whole. */
  readonly mchid: string;
  readonly outTradeNo: string;
  readonly appid: string;
  readonly totalFen: number;
  /** In the order of the request. */
  readonly parts: readonly { readonly mchid: string; readonly outTradeNo: string; readonly totalFen: number }[];
}

/**
 * One order in the book. Free of any wire format, so that every version of the API reads and writes the same book.
 * Texts that were not sent are empty.
 */
export interface SimOrder {
  /** `mchid` and `outTradeNo` together name an order. */
  readonly mchid: string;
  readonly outTradeNo: string;
  readonly apiVersion: 'v2' | 'v3';
  readonly appid: string;
  readonly subMchid: string;
  readonly subAppid: string;
  readonly tradeType: SimTradeType;
  readonly totalFen: number;
  readonly feeType: string;
  readonly body: string;
  readonly detail: string;
  readonly attach: string;
  readonly deviceInfo: string;
  readonly productId: string;
  readonly goodsTag: string;
  /** Whom the order is for (JSAPI); empty where anybody may pay. */
  readonly openid: string;
  readonly subOpenid: string;
  readonly payerIp: string;
  /** `1.0` when the order takes part in single-item discounts. */
  readonly version: string;
  /** Where the pay notice goes; empty for micropay. */
  readonly notifyUrl: string;
  /** The nonce of the order request: pay notices repeat it. */
  readonly nonce: string;
  readonly signType: 'MD5' | 'HMAC-SHA256';
  readonly placedAtMs: number;
  readonly expiresAtMs?: number;
  /** The payer's code, micropay only. */
  readonly authCode: string;
  /** How often reverse was asked for. */
  readonly reversesAsked: number;
  /** Every content field of the first request, by its wire name: a repeated number is compared with these. */
  readonly placement: ReadonlyMap<string, string>;
  readonly prepays: readonly Prepay[];
  readonly state: SimTradeState;
  readonly history: readonly StateChange[];
  /** Since when the payer has been looking at the cashier; absent when nobody does. */
  readonly cashierSinceMs?: number;
  /** What the order is a part of; absent for single orders. */
  readonly combine?: SimCombine;
  readonly payment?: SimPayment;
}
