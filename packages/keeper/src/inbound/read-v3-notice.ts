import type { V3Merchant } from '@orderkeeper/client';
import type { CombinedOrderReport, Party, V3Notice, V3NoticeReason } from '@orderkeeper/protocol';
import { tradeReport } from '../gateway/trade-report.ts';
import { v3RefundReport } from '../gateway/v3/reports.ts';
import type { IncomingNotice } from '../notice.ts';
import type { V3NoticeReader } from './notice-readers.ts';
import type { ReadNotice } from './notice-news.ts';

/**
 * Reads a message of APIv3. Payments and refunds are signed alike, so both are believed.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791861
 */
export async function readV3Notice(
  { headers, body }: Pick<IncomingNotice, 'headers' | 'body'>,
  { merchant, read }: V3NoticeReader,
  nowMs: number,
): Promise<ReadNotice> {
  const notice = await read({ headers, body });
  return notice.ok ? newsOf(notice.value, merchant, nowMs) : failed(notice.reason, notice.message);
}

function newsOf(notice: V3Notice, merchant: V3Merchant, nowMs: number): ReadNotice {
  switch (notice.kind) {
    case 'payment': {
      const { order } = notice;
      return isForOthers(order, merchant)
        ? FOR_OTHERS
        : { kind: 'payment', report: tradeReport(order, order, nowMs), content: contentOf('payment', order) };
    }
    case 'refund': {
      const { refund } = notice;
      if (isForOthers(refund, merchant)) return FOR_OTHERS;
      const report = { ...v3RefundReport(refund), mchid: refund.mchid };
      return { kind: 'refund', report, content: contentOf('refund', refund) };
    }
    case 'combined-payment':
      return combined(notice.order);
  }
}

const FOR_OTHERS: ReadNotice = {
  kind: 'for-others',
  message: 'sub_mchid is that of another sub-merchant than this address is for',
};

const isForOthers = ({ subMchid }: Party, merchant: V3Merchant): boolean =>
  merchant.subMchid !== undefined && subMchid !== merchant.subMchid;

/** The keeper places no such orders; whoever does has to be told. */
function combined(order: CombinedOrderReport): ReadNotice {
  const message = `orders that were paid together, ${order.combineOutTradeNo}: none of them is kept here`;
  return { kind: 'for-others', message, content: contentOf('combined-payment', order) };
}

/**
 * What was sealed, as a text: a notice that is sent again is sealed and signed anew, and may have a new id, so this alone
 * stays the same.
 */
const contentOf = (kind: V3Notice['kind'], sealed: object): string => `${kind} ${JSON.stringify(sealed)}`;

/** Nothing is read before the signature is verified: every other reason is about a message that WeChat Pay has sent. */
function failed(reason: V3NoticeReason, message: string): ReadNotice {
  switch (reason) {
    case 'probe':
      return { kind: 'probe' };
    case 'header-missing':
    case 'header-malformed':
    case 'clock-skew':
    case 'unknown-serial':
    case 'key-not-valid':
    case 'signature-mismatch':
      return { kind: 'unverified', message };
    case 'event-unknown':
      return { kind: 'for-others', message };
    case 'too-large':
    case 'not-json':
    case 'not-an-object':
    case 'field-missing':
    case 'field-invalid':
    case 'sealed-text-unreadable':
    case 'not-a-payment':
    case 'event-mismatch':
      return { kind: 'unreadable', message };
  }
}
