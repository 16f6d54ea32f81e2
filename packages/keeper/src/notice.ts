import type { Mchid } from '@orderkeeper/protocol';

/** A message as it came in: raw bytes, never a parsed body. */
export interface IncomingNotice {
  readonly mchid: Mchid;
  readonly body: Uint8Array;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What to answer to WeChat Pay, after everything is durable. */
export interface NoticeReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For logs and tests; never sent. */
  readonly verdict:
    | 'applied'
    | 'repeated'
    | 'quarantined'
    | 'unverified'
    | 'unknown-order'
    | 'unknown-merchant'
    | 'probe'
    | 'busy';
}
