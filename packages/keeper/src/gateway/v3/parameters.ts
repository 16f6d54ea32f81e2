import type { V3Merchant } from '@orderkeeper/client';
import type { Random } from '@orderkeeper/ports';
import { signV3AppPayment, signV3JsapiPayment } from '@orderkeeper/protocol';
import type { Attempt, Prepay } from '../../core/order.ts';
import { frontEndNonce, prepayIdOf, present } from '../opening.ts';
import type { PaymentParameters } from '../payment-gateway.ts';

/**
 * Signs with RSA what the payer's client needs, under the names that the classic API has for it. Throws for what cannot
 * be: micropay has no parameters, and an answer without the address of its trade type was never taken for a placing.
 */
export function v3PaymentParameters(
  merchant: V3Merchant,
  random: Random,
  attempt: Attempt,
  prepay: Prepay,
  nowMs: number,
): PaymentParameters {
  const { tradeType } = attempt.content;
  const { appid, mchid, credentials } = merchant;
  const seal = () => ({ privateKey: credentials.privateKey, nonce: frontEndNonce(random), atMs: nowMs });
  switch (tradeType) {
    case 'JSAPI':
      return { tradeType, ...signV3JsapiPayment({ appid, prepayId: prepayIdOf(prepay) }, seal()) };
    case 'APP': {
      const signed = signV3AppPayment({ appid, mchid, prepayId: prepayIdOf(prepay) }, seal());
      return {
        tradeType,
        appid: signed.appId,
        partnerid: signed.partnerId,
        prepayid: signed.prepayId,
        package: signed.packageValue,
        noncestr: signed.nonceStr,
        timestamp: signed.timeStamp,
        sign: signed.sign,
      };
    }
    case 'NATIVE':
      return { tradeType, codeUrl: present(prepay.codeUrl, attempt) };
    case 'MWEB':
      return { tradeType, mwebUrl: present(prepay.mwebUrl, attempt) };
    case 'MICROPAY':
      throw new Error(`${attempt.outTradeNo} is a micropay attempt: there are no payment parameters`);
  }
}
