import type { ApiKey } from '../../values/secret.ts';
import type { SignType } from '../sign/sign.ts';

/** What every signature for a payer's client needs beside its own parameters. */
export interface FrontEndSeal {
  /** For service providers: the provider's. */
  readonly key: ApiKey;
  /** Must be what the order was signed with. */
  readonly signType: SignType;
  /** At most 32 letters and digits, fresh for every signature. */
  readonly nonce: string;
  /** Now, in UTC milliseconds; parts of a second are cut off. */
  readonly atMs: number;
}

/** The time as all front-end signatures want it: seconds since 1970 as text, ten digits. */
export const printUnixSeconds = (atMs: number): string => String(Math.floor(atMs / 1000));
