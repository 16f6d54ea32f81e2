import type { Hosts } from '@orderkeeper/client';
import type { Endpoint, LatePaymentPolicy, ProtocolVersion, SpokenProtocols } from '@orderkeeper/keeper';
import type { Mchid, Secret } from '@orderkeeper/protocol';

/** How much is written to the log. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** A program that may use `/v1`. */
export interface ApiKeyHolder {
  /** Told in the log in place of the key. */
  readonly name: string;
  readonly key: Secret;
}

/** A merchant with what the service does in their name. */
export interface ConfiguredMerchant {
  readonly mchid: Mchid;
  readonly speaks: SpokenProtocols;
  /** What new attempts speak where a request does not say; absent: v3 where it is spoken. */
  readonly protocol?: ProtocolVersion;
  readonly latePayment: LatePaymentPolicy;
  /** Of APIv3; absent: as the client has it. */
  readonly unsignedRefusals?: 'doubted' | 'believed';
}

/** The simulator that runs inside the service, on loopback. Ports that are 0 are any free ones. */
export interface SimulatorSettings {
  /** Holds the invented merchant's credentials. */
  readonly folder: string;
  readonly httpPort: number;
  readonly httpsPort: number;
  readonly controlPort: number;
}

/** Where WeChat Pay is. */
export type Gateway =
  | { readonly kind: 'hosts'; readonly hosts?: Hosts; readonly ca?: string }
  | ({ readonly kind: 'simulator' } & SimulatorSettings);

/** Everything that a service is told, read and checked. */
export interface Config {
  readonly listen: { readonly host: string; readonly port: number };
  /** Where WeChat Pay reaches this service, without a trailing slash; absent: where it listens. */
  readonly publicUrl?: string;
  readonly storePath: string;
  readonly logLevel: LogLevel;
  readonly stopWithinMs: number;
  readonly apiKeys: readonly ApiKeyHolder[];
  /** Empty with the simulator: it brings its own. */
  readonly merchants: readonly ConfiguredMerchant[];
  /** Who is told of events. */
  readonly webhooks: readonly Endpoint[];
  readonly gateway: Gateway;
}
