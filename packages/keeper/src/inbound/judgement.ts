import { createHash } from 'node:crypto';
import type { OutRefundNo, OutTradeNo } from '@orderkeeper/protocol';
import type { OrderId } from '../core/order.ts';
import type { IncomingNotice, NoticeReply } from '../notice.ts';
import type { ReceivedNotice } from '../store/store.ts';

/** What became of a notice, and why. */
export interface Judgement {
  readonly verdict: NoticeReply['verdict'];
  /** For our logs, and as FAIL's reason for WeChat Pay's people: no secrets, nothing of the message but its numbers. */
  readonly message: string;
  readonly orderId?: OrderId;
  readonly outTradeNo?: OutTradeNo;
  readonly outRefundNo?: OutRefundNo;
}

/** A notice after it was read. */
export interface ReadIncoming extends IncomingNotice {
  /** What it says, where its bytes are others each time it is sent. */
  readonly content?: string | undefined;
}

/** The notice as the store keeps it: its id comes from merchant and content, so a repetition has the same one (R5). */
export function receivedNotice(
  { mchid, body, content }: ReadIncoming,
  verdict: NoticeReply['verdict'],
  atMs: number,
): ReceivedNotice {
  const digest = createHash('sha256')
    .update(`${mchid}\n`)
    .update(content ?? body)
    .digest('hex');
  return { noticeId: `ntc_${digest.slice(0, 32)}`, mchid, atMs, body, verdict };
}
