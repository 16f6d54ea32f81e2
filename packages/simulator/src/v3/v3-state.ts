import type { KeyObject } from 'node:crypto';
import type { ApiV3Key } from '@orderkeeper/protocol';
import type { PlatformKeys } from './keys/platform-keys.ts';

/** What a merchant needs for APIv3. */
export interface SimMerchantV3 {
  readonly apiV3Key: ApiV3Key;
  /** Keys of the merchant's API certificates, by serial in upper case. */
  readonly certificates: ReadonlyMap<string, KeyObject>;
}

/** A file that was applied for and can be fetched for a while. */
export interface BillLink {
  readonly mchid: string;
  readonly bytes: Uint8Array;
  readonly expiresAtMs: number;
}

/** What APIv3 has beside the book. */
export interface V3State {
  /** Absent in a simulator without keys of its own; paths of APIv3 answer 501 there. */
  readonly keys?: PlatformKeys;
  /** By token. */
  readonly billLinks: Map<string, BillLink>;
  /** Nonces seen, with their merchant; looked at only where replays are refused. */
  readonly nonces: Set<string>;
}
