import type { Random } from '@orderkeeper/ports';
import { parsePrepayId, type PrepayId } from '@orderkeeper/protocol';
import type { Attempt, Prepay } from '../core/order.ts';
import type { PaymentParameters } from './payment-gateway.ts';

type Signed<TradeType> = Omit<Extract<PaymentParameters, { readonly tradeType: TradeType }>, 'tradeType'>;

/** When and under which nonce the parameters are signed. */
export interface FrontEndMoment {
  readonly nonce: string;
  /** UTC milliseconds. */
  readonly atMs: number;
}

/** How a protocol signs what opens the payment in the payer's client. */
export interface FrontEndSigner {
  readonly jsapi: (prepayId: PrepayId, moment: FrontEndMoment) => Signed<'JSAPI'>;
  readonly app: (prepayId: PrepayId, moment: FrontEndMoment) => Signed<'APP'>;
}

/** A nonce of 32 hexadecimal digits. */
const NONCE_BYTES = 16;

/**
 * What the payer's client needs, under the names that the classic API has for it. Throws for what cannot be: micropay has
 * no parameters, and an answer without the address of its trade type was never taken for a placing.
 */
export function paymentParameters(
  signer: FrontEndSigner,
  random: Random,
  attempt: Attempt,
  prepay: Prepay,
  nowMs: number,
): PaymentParameters {
  const { tradeType } = attempt.content;
  const moment = (): FrontEndMoment => ({ nonce: Buffer.from(random.bytes(NONCE_BYTES)).toString('hex'), atMs: nowMs });
  switch (tradeType) {
    case 'JSAPI':
      return { tradeType, ...signer.jsapi(prepayIdOf(prepay), moment()) };
    case 'APP':
      return { tradeType, ...signer.app(prepayIdOf(prepay), moment()) };
    case 'NATIVE':
      return { tradeType, codeUrl: present(prepay.codeUrl, attempt) };
    case 'MWEB':
      return { tradeType, mwebUrl: present(prepay.mwebUrl, attempt) };
    case 'MICROPAY':
      throw new Error(`${attempt.outTradeNo} is a micropay attempt: there are no payment parameters`);
  }
}

/** The prepay id of an attempt that was placed for a client which needs one. */
function prepayIdOf({ prepayId }: Prepay): PrepayId {
  const parsed = parsePrepayId(prepayId ?? '');
  if (!parsed.ok) throw new Error(`a stored prepay id cannot be read: ${parsed.message}`);
  return parsed.value;
}

/** The address that a placed attempt must have, because of its trade type. */
function present(address: string | undefined, { outTradeNo }: Attempt): string {
  if (address === undefined) throw new Error(`${outTradeNo} was placed without the address that its payer needs`);
  return address;
}
