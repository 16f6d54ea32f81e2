import type { Appid, Mchid, PrepayId } from '../../values/numbers.ts';
import { signFields } from '../sign/sign.ts';
import { type FrontEndSeal, printUnixSeconds } from './seal.ts';

/** The parameters of the app SDK's `PayReq`; all names in lower case, no sign type among them. */
export interface AppPayment {
  readonly appid: string;
  readonly partnerid: string;
  readonly prepayid: string;
  readonly package: 'Sign=WXPay';
  readonly noncestr: string;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  readonly sign: string;
}

/** What is to be paid, and by whose app. */
export interface AppPaymentRequest {
  /** The appid of the app that opens the SDK. */
  readonly appid: Appid;
  /** For service providers: the sub-merchant's. */
  readonly mchid: Mchid;
  readonly prepayId: PrepayId;
}

/**
 * Signs a payment for the app SDK.
 * @see https://pay.weixin.qq.com/wiki/doc/api/app/app.php?chapter=9_12
 */
export function signAppPayment(request: AppPaymentRequest, seal: FrontEndSeal): AppPayment {
  const signed = {
    appid: request.appid,
    partnerid: request.mchid,
    prepayid: request.prepayId,
    package: 'Sign=WXPay',
    noncestr: seal.nonce,
    timestamp: printUnixSeconds(seal.atMs),
  } as const;
  return { ...signed, sign: signFields(new Map(Object.entries(signed)), seal.key, seal.signType) };
}
