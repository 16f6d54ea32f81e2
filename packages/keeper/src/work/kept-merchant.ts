import { type Appid, failure, ok, type Result, type TradeType } from '@orderkeeper/protocol';
import type { Attempt, ProtocolVersion } from '../core/order.ts';
import type { Rules } from '../core/rules.ts';
import type { MerchantGateways } from '../gateway/connect-merchant.ts';
import type { PaymentGateway } from '../gateway/payment-gateway.ts';
import type { MerchantAccount } from '../keeper-merchant.ts';

/** A protocol of a merchant, and its way to WeChat Pay. */
export interface Line {
  readonly protocol: ProtocolVersion;
  readonly gateway: PaymentGateway;
}

/** What a new attempt is to be. */
export interface LineWish {
  readonly protocol: ProtocolVersion | undefined;
  readonly tradeType: TradeType;
}

/** A merchant as the keeper works for it. */
export interface KeptMerchant {
  readonly appid: Appid;
  /** How a new attempt goes: as wanted, else as the merchant has chosen; refused when there are no keys for it. */
  readonly lineFor: (wish: LineWish) => Result<Line, 'protocol-not-spoken'>;
  /** The way to WeChat Pay for an attempt. */
  readonly gatewayOf: (attempt: Pick<Attempt, 'protocol'>) => PaymentGateway;
  /** The rules at this moment: whether notices arrive is measured (R6). */
  readonly rules: () => Rules;
}

/** What a {@link KeptMerchant} is made of. */
export interface KeptMerchantParts {
  readonly account: MerchantAccount;
  readonly gateways: MerchantGateways;
  readonly rules: () => Rules;
}

/** Puts a merchant's gateways behind one door: whoever has an attempt does not ask what it speaks. */
export function keptMerchant({ account, gateways, rules }: KeptMerchantParts): KeptMerchant {
  const { mchid, appid } = account;
  return {
    appid,
    rules,
    lineFor: ({ protocol: wanted, tradeType }) => {
      const protocol = wanted ?? (tradeType === 'MICROPAY' ? account.chargesBy : account.protocol);
      const gateway = gateways[protocol];
      if (gateway !== undefined) return ok({ protocol, gateway });
      return failure(
        'protocol-not-spoken',
        `merchant ${mchid} has no keys for ${protocol}; leave protocol out, or configure them`,
      );
    },
    gatewayOf: ({ protocol }) => {
      // Both protocols have one order book: an attempt whose own keys were taken out of the configuration is still
      // asked about, closed and refunded by the other.
      const gateway = gateways[protocol] ?? gateways[account.protocol];
      if (gateway === undefined) throw new Error(`merchant ${mchid} has no gateway`);
      return gateway;
    },
  };
}
