import type { Appid, PrepayId } from '../../values/numbers.ts';
import { type SignType, signFields } from '../sign/sign.ts';
import { type FrontEndSeal, printUnixSeconds } from './seal.ts';

/** The parameters of `WeixinJSBridge.invoke('getBrandWCPayRequest', …)`, ready to be sent to the page as JSON. */
export interface JsapiPayment {
  readonly appId: string;
  /** Seconds since 1970, as text. */
  readonly timeStamp: string;
  readonly nonceStr: string;
  /** `prepay_id=` and the prepay id. */
  readonly package: string;
  readonly signType: SignType;
  readonly paySign: string;
}

/** What is to be paid: the order's prepay id and the appid of the page's account. */
export interface JsapiPaymentRequest {
  /** For service providers: the sub-merchant's appid where the order was placed with its openid. */
  readonly appid: Appid;
  readonly prepayId: PrepayId;
}

/** The parameters of `wx.chooseWXPay` of the JS-SDK, which spells the time with a small s. */
export type ChooseWxPayPayment = Omit<JsapiPayment, 'appId' | 'timeStamp'> & { readonly timestamp: string };

/** The parameters of a mini program's `wx.requestPayment`: the appid is signed but not passed. */
export type MiniProgramPayment = Omit<JsapiPayment, 'appId'>;

/**
 * Signs a payment for a page in the WeChat browser. Its callback `get_brand_wcpay_request:ok` is no proof of payment:
 * query the order.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=7_7
 */
export function signJsapiPayment(request: JsapiPaymentRequest, seal: FrontEndSeal): JsapiPayment {
  const signed = {
    appId: request.appid,
    timeStamp: printUnixSeconds(seal.atMs),
    nonceStr: seal.nonce,
    package: `prepay_id=${request.prepayId}`,
    signType: seal.signType,
  };
  return { ...signed, paySign: signFields(new Map(Object.entries(signed)), seal.key, seal.signType) };
}

/**
 * Signs a payment for `wx.chooseWXPay`. The spelling of the parameter differs from {@link signJsapiPayment}, what is
 * signed does not.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=7_7
 */
export function signChooseWxPayPayment(request: JsapiPaymentRequest, seal: FrontEndSeal): ChooseWxPayPayment {
  const { appId: _, timeStamp: timestamp, ...others } = signJsapiPayment(request, seal);
  return { timestamp, ...others };
}

/**
 * Signs a payment for a mini program.
 * @see https://pay.weixin.qq.com/wiki/doc/api/wxa/wxa_api.php?chapter=7_7
 */
export function signMiniProgramPayment(request: JsapiPaymentRequest, seal: FrontEndSeal): MiniProgramPayment {
  const { appId: _, ...passed } = signJsapiPayment(request, seal);
  return passed;
}
