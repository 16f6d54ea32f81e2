import type { KeyObject } from 'node:crypto';
import type { Appid, Mchid, PrepayId } from '../../values/numbers.ts';
import { printTimestamp } from './message.ts';
import { signMessage } from './rsa.ts';

/** What every signature for a payer's client needs beside the order. */
export interface V3FrontEndSeal {
  /** Of the merchant who placed the order; for service providers the provider's. */
  readonly privateKey: KeyObject;
  /** At most 32 letters and digits, fresh for every signature. */
  readonly nonce: string;
  /** Now, in UTC milliseconds; parts of a second are cut off. */
  readonly atMs: number;
}

/** What is to be paid, and where: the appid under which the payer's client runs, for service providers either one's. */
export interface V3FrontEndRequest {
  readonly appid: Appid;
  readonly prepayId: PrepayId;
}

/** The parameters of `WeixinJSBridge.invoke('getBrandWCPayRequest', …)`, ready to be sent to the page as JSON. */
export interface V3JsapiPayment {
  readonly appId: string;
  /** Seconds since 1970, as text. */
  readonly timeStamp: string;
  readonly nonceStr: string;
  /** `prepay_id=` and the prepay id. */
  readonly package: string;
  /** Not among what is signed. */
  readonly signType: 'RSA';
  readonly paySign: string;
}

/** The parameters of a mini program's `wx.requestPayment`: the appid is signed but not passed. */
export type V3MiniProgramPayment = Omit<V3JsapiPayment, 'appId'>;

/** The parameters of the app SDK's `PayReq`; on iOS `packageValue` is called `package`. */
export interface V3AppPayment {
  readonly appId: string;
  readonly partnerId: string;
  readonly prepayId: string;
  readonly packageValue: 'Sign=WXPay';
  readonly nonceStr: string;
  readonly timeStamp: string;
  readonly sign: string;
}

const messageOf = (appid: Appid, { nonce, atMs }: V3FrontEndSeal, order: string): string =>
  `${appid}\n${printTimestamp(atMs)}\n${nonce}\n${order}\n`;

/**
 * Signs a payment for a page in the WeChat browser. Its callback `get_brand_wcpay_request:ok` is no proof of payment:
 * query the order.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365339
 */
export function signV3JsapiPayment({ appid, prepayId }: V3FrontEndRequest, seal: V3FrontEndSeal): V3JsapiPayment {
  const order = `prepay_id=${prepayId}`;
  return {
    appId: appid,
    timeStamp: printTimestamp(seal.atMs),
    nonceStr: seal.nonce,
    package: order,
    signType: 'RSA',
    paySign: signMessage(messageOf(appid, seal, order), seal.privateKey),
  };
}

/**
 * Signs a payment for a mini program.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365341
 */
export function signV3MiniProgramPayment(request: V3FrontEndRequest, seal: V3FrontEndSeal): V3MiniProgramPayment {
  const { appId: _, ...passed } = signV3JsapiPayment(request, seal);
  return passed;
}

/**
 * Signs a payment for the app SDK. The prepay id is signed bare, without `prepay_id=`. For service providers `mchid` is
 * that of the side whose appid it is.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012365340
 */
export function signV3AppPayment(
  { appid, mchid, prepayId }: V3FrontEndRequest & { readonly mchid: Mchid },
  seal: V3FrontEndSeal,
): V3AppPayment {
  return {
    appId: appid,
    partnerId: mchid,
    prepayId,
    packageValue: 'Sign=WXPay',
    nonceStr: seal.nonce,
    timeStamp: printTimestamp(seal.atMs),
    sign: signMessage(messageOf(appid, seal, prepayId), seal.privateKey),
  };
}
