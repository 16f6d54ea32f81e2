import { type Merchant, SIGN_TYPE_DEFAULT } from '@orderkeeper/client';
import { signAppPayment, signJsapiPayment } from '@orderkeeper/protocol';
import type { FrontEndMoment, FrontEndSigner } from '../payment-parameters.ts';

/** Signs with the merchant's API key. */
export function v2FrontEndSigner({ appid, mchid, apiKey, signType = SIGN_TYPE_DEFAULT }: Merchant): FrontEndSigner {
  const sealOf = (moment: FrontEndMoment) => ({ key: apiKey, signType, ...moment });
  return {
    jsapi: (prepayId, moment) => signJsapiPayment({ appid, prepayId }, sealOf(moment)),
    app: (prepayId, moment) => signAppPayment({ appid, mchid, prepayId }, sealOf(moment)),
  };
}
