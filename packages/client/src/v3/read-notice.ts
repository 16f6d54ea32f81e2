import {
  type MessageHeaders,
  readV3Notice,
  type Result,
  type V3Notice,
  type V3NoticeReason,
} from '@orderkeeper/protocol';
import { waitWithin } from '../wait-within.ts';
import type { KeysResult } from './keys.ts';
import type { V3Sender } from './v3-sender.ts';

/** A notice as it arrived. */
export interface ReceivedNotice {
  /** Names in lower case. */
  readonly headers: MessageHeaders;
  /** The raw body as received; reading and printing JSON again would change it. */
  readonly body: Uint8Array;
}

/** WeChat Pay counts a notice as failed after five seconds. */
const KEYS_WAIT_MS = 3_000;

/**
 * Reads a notice (回调通知) with the keys of the client; one that names an unknown certificate waits for the certificates
 * to be fetched, at most three seconds: a notice that comes to nothing comes again.
 */
export const readNotice =
  ({ keys, merchant, world }: V3Sender) =>
  async ({ headers, body }: ReceivedNotice): Promise<Result<V3Notice, V3NoticeReason>> => {
    const { clock } = world;
    const { apiV3Key } = merchant;
    const read = () => readV3Notice({ headers, body, apiV3Key, keys: keys.current(), nowMs: clock.nowMs() });
    const wait = (fetching: Promise<KeysResult>) =>
      waitWithin(clock, { deadlineAtMs: clock.nowMs() + KEYS_WAIT_MS, signal: undefined }, fetching);
    const notice = read();
    if (notice.ok || notice.reason !== 'unknown-serial') return notice;
    const fetching = keys.look(headers['wechatpay-serial'] ?? '');
    if (fetching === undefined) return notice;
    await wait(fetching);
    return read();
  };
