import type { IncomingNotice, NoticeReply } from '../notice.ts';
import type { InboundContext } from './inbound-context.ts';
import { type Judgement, receivedNotice } from './judgement.ts';
import { printReply } from './print-reply.ts';
import { protocolOfNotice, readNotice } from './read-notice.ts';
import { receivePaymentNotice } from './receive-payment-notice.ts';
import { receiveRefundNotice } from './receive-refund-notice.ts';
import { receiveSignedRefundNotice } from './receive-signed-refund-notice.ts';

/**
 * Takes a message from WeChat Pay: verified, recorded, applied, and answered only after all that is durable. Never
 * rejects: when the store or WeChat Pay is out of reach the verdict is `busy`, and the message is to come again.
 *
 * What is not verified is not kept: anybody can send it, and as much of it as they like.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export async function receiveNotice(notice: IncomingNotice, context: InboundContext): Promise<NoticeReply> {
  const { clock, observe } = context;
  const startedAtMs = clock.nowMs();
  const judged = await judgeInTheEnd(notice, context);
  const atMs = clock.nowMs();
  observe({ kind: 'notice-received', mchid: notice.mchid, ...judged, tookMs: atMs - startedAtMs, atMs });
  return printReply(protocolOfNotice(notice), judged);
}

async function judgeInTheEnd(notice: IncomingNotice, context: InboundContext): Promise<Judgement> {
  try {
    return await judge(notice, context);
  } catch (error) {
    context.observe({ kind: 'store-failed', message: messageOf(error), atMs: context.clock.nowMs() });
    return { verdict: 'busy', message: 'the message could not be recorded' };
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function judge(notice: IncomingNotice, context: InboundContext): Promise<Judgement> {
  const { readers, clock, store } = context;
  const reader = readers.get(notice.mchid);
  if (reader === undefined) return { verdict: 'unknown-merchant', message: 'this address belongs to no merchant' };
  const read = await readNotice(notice, reader, clock.nowMs());
  switch (read.kind) {
    case 'payment':
      return receivePaymentNotice({ ...notice, content: read.content }, read.report, context);
    case 'refund':
      return receiveSignedRefundNotice({ ...notice, content: read.content }, read.report, context);
    case 'refund-hint':
      return receiveRefundNotice(notice, read.refund, context);
    case 'unreadable':
      await store.keepNotice(receivedNotice(notice, 'quarantined', clock.nowMs()));
      return { verdict: 'quarantined', message: read.message };
    case 'for-others':
      await store.keepNotice(receivedNotice({ ...notice, content: read.content }, 'unknown-order', clock.nowMs()));
      return { verdict: 'unknown-order', message: read.message };
    case 'probe':
      return { verdict: 'probe', message: 'the sign is not accepted' };
    case 'unverified':
      return { verdict: 'unverified', message: read.message };
  }
}
