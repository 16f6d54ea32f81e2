import { createV3Client, type V3Client } from '@orderkeeper/client';
import type { Clock, Http, Random } from '@orderkeeper/ports';
import type { ProtocolVersion } from '../core/order.ts';
import type { KeeperMerchant } from '../keeper-merchant.ts';
import type { PaymentGateway } from './payment-gateway.ts';
import { createV2Gateway } from './v2/create-v2-gateway.ts';
import { createV3Gateway } from './v3/create-v3-gateway.ts';

/** Settings of {@link connectMerchant}. */
export interface ConnectionSettings {
  readonly merchant: Pick<KeeperMerchant, 'speaks' | 'notifyUrl' | 'hosts' | 'v3Settings'>;
  readonly http: Http;
  readonly clock: Clock;
  readonly random: Random;
  /** A call has its outcome after this time; a duty's lease must be longer. */
  readonly deadlineMs: number;
}

/** The ways to WeChat Pay of one merchant, one for each protocol that it speaks. */
export type MerchantGateways = Readonly<Partial<Record<ProtocolVersion, PaymentGateway>>>;

/** A merchant's connection to WeChat Pay. */
export interface Connection {
  readonly gateways: MerchantGateways;
  /** The keys of WeChat Pay that its calls have learned verify its notices too. */
  readonly v3Client?: V3Client;
}

/** Connects one merchant to WeChat Pay. */
export function connectMerchant({ merchant, ...ports }: ConnectionSettings): Connection {
  const { speaks, notifyUrl, hosts, v3Settings = {} } = merchant;
  const line = { ...ports, notifyUrl, ...(hosts === undefined ? {} : { hosts }) };
  const { v2, v3 } = speaks;
  const gateways = v2 === undefined ? {} : { v2: createV2Gateway({ ...line, merchant: v2 }) };
  if (v3 === undefined) return { gateways };
  const v3Client = createV3Client({ ...line, ...v3Settings, merchant: v3 });
  return { gateways: { ...gateways, v3: createV3Gateway({ ...line, merchant: v3, client: v3Client }) }, v3Client };
}
