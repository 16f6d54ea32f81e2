import type { Clock, Http, Random } from '@orderkeeper/ports';
import type { ProtocolVersion } from '../core/order.ts';
import type { KeeperMerchant } from '../keeper-merchant.ts';
import type { PaymentGateway } from './payment-gateway.ts';
import { createV2Gateway } from './v2-gateway.ts';

/** Settings of {@link createMerchantGateways}. */
export interface MerchantGatewaysSettings {
  readonly merchant: Pick<KeeperMerchant, 'speaks' | 'notifyUrl' | 'hosts'>;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  /** A call has its outcome after this time; a duty's lease must be longer. */
  readonly deadlineMs: number;
}

/** The ways to WeChat Pay of one merchant, one for each protocol that it speaks. */
export type MerchantGateways = Readonly<Partial<Record<ProtocolVersion, PaymentGateway>>>;

/** Creates the ways to WeChat Pay of one merchant. */
export function createMerchantGateways({ merchant, ...ports }: MerchantGatewaysSettings): MerchantGateways {
  const { speaks, notifyUrl, hosts } = merchant;
  const line = { ...ports, notifyUrl, ...(hosts === undefined ? {} : { hosts }) };
  const { v2, v3 } = speaks;
  if (v3 !== undefined) throw new Error(`merchant ${v3.mchid}: APIv3 is not spoken yet`);
  return v2 === undefined ? {} : { v2: createV2Gateway({ ...line, merchant: v2 }) };
}
