import type { V3Merchant } from '@orderkeeper/client';
import { signV3AppPayment, signV3JsapiPayment } from '@orderkeeper/protocol';
import type { FrontEndMoment, FrontEndSigner } from '../payment-parameters.ts';

/** Signs with the merchant's private key. */
export function v3FrontEndSigner({ appid, mchid, credentials }: V3Merchant): FrontEndSigner {
  const sealOf = (moment: FrontEndMoment) => ({ privateKey: credentials.privateKey, ...moment });
  return {
    jsapi: (prepayId, moment) => signV3JsapiPayment({ appid, prepayId }, sealOf(moment)),
    app: (prepayId, moment) => {
      const signed = signV3AppPayment({ appid, mchid, prepayId }, sealOf(moment));
      return {
        appid: signed.appId,
        partnerid: signed.partnerId,
        prepayid: signed.prepayId,
        package: signed.packageValue,
        noncestr: signed.nonceStr,
        timestamp: signed.timeStamp,
        sign: signed.sign,
      };
    },
  };
}
