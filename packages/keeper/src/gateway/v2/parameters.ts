import { type Merchant, SIGN_TYPE_DEFAULT } from '@orderkeeper/client';
import type { Random } from '@orderkeeper/ports';
import { signAppPayment, signJsapiPayment } from '@orderkeeper/protocol';
import type { Attempt, Prepay } from '../../core/order.ts';
import { frontEndNonce, prepayIdOf, present } from '../opening.ts';
import type { PaymentParameters } from '../payment-gateway.ts';

/**
 * Signs what the payer's client needs. Throws for what cannot be: micropay has no parameters, and an answer without
 * the address of its trade type was never taken for a placing.
 */
export function paymentParameters(
  merchant: Merchant,
  random: Random,
  attempt: Attempt,
  prepay: Prepay,
  nowMs: number,
): PaymentParameters {
  const { tradeType } = attempt.content;
  const { appid, mchid } = merchant;
  switch (tradeType) {
    case 'JSAPI':
      return {
        tradeType,
        ...signJsapiPayment({ appid, prepayId: prepayIdOf(prepay) }, sealOf(merchant, random, nowMs)),
      };
    case 'APP': {
      const request = { appid, mchid, prepayId: prepayIdOf(prepay) };
      return { tradeType, ...signAppPayment(request, sealOf(merchant, random, nowMs)) };
    }
    case 'NATIVE':
      return { tradeType, codeUrl: present(prepay.codeUrl, attempt) };
    case 'MWEB':
      return { tradeType, mwebUrl: present(prepay.mwebUrl, attempt) };
    case 'MICROPAY':
      throw new Error(`${attempt.outTradeNo} is a micropay attempt: there are no payment parameters`);
  }
}

const sealOf = (merchant: Merchant, random: Random, atMs: number) => ({
  key: merchant.apiKey,
  signType: merchant.signType ?? SIGN_TYPE_DEFAULT,
  nonce: frontEndNonce(random),
  atMs,
});
