import type { KeyObject } from 'node:crypto';
import type { HttpResponse } from '@orderkeeper/ports';
import type { ApiV3Key } from '@orderkeeper/protocol';
import type { NoticeSubject } from '../notices/notice-text.ts';
import type { PlatformKeys } from './keys/platform-keys.ts';
import type { Memory } from './memory.ts';
import type { V3Outcome } from './outcome.ts';

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

/** A true answer as it left, and what it said. */
export interface ToldAnswer {
  readonly response: HttpResponse;
  readonly outcome: V3Outcome;
}

/** A message as it is posted. */
export interface PostedNotice {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A true notice as it left, and what it told. */
export interface ToldNotice {
  readonly posted: PostedNotice;
  readonly subject: NoticeSubject;
}

/** What APIv3 has beside the book. */
export interface V3State {
  /** Absent in a simulator without keys of its own; paths of APIv3 answer 501 there. */
  readonly keys?: PlatformKeys;
  /** By token. */
  readonly billLinks: Map<string, BillLink>;
  /** Nonces seen, with their merchant; looked at only where replays are refused. */
  readonly nonces: Set<string>;
  /** True answers, by merchant and operation, then by order: what can be replayed. */
  readonly answers: Memory<ToldAnswer>;
  /** True notices, by merchant and kind, then by what they were about. */
  readonly notices: Memory<ToldNotice>;
}
