import type { Merchant } from '@orderkeeper/client';
import { type ApiKey, type PayNotice, readPayNotice, readRefundNotice, readXml } from '@orderkeeper/protocol';
import { paidReport } from '../gateway/trade-report.ts';
import type { IncomingNotice } from '../notice.ts';
import { isProbeSignature } from './probe.ts';
import type { ReadNotice } from './notice-news.ts';

/**
 * Reads a message of the classic API.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7
 */
export function readV2Notice({ body }: Pick<IncomingNotice, 'body'>, merchant: Merchant, nowMs: number): ReadNotice {
  const { apiKey } = merchant;
  // Either algorithm, whatever the order was signed with: WeChat Pay's own SDK takes a notice without sign_type for MD5,
  // and nobody can make either sign without the key. A true notice refused would be a payment learned late.
  const pay = readPayNotice(body, { key: apiKey });
  if (pay.ok) return paymentOf(pay.value, merchant, nowMs);
  const { reason, message } = pay;
  // The fields are read after the sign was verified.
  if (reason === 'field-missing' || reason === 'field-invalid') return { kind: 'unreadable', message };
  if (reason === 'sign-missing') return readUnsigned(body, apiKey);
  return isProbeSign(body) ? { kind: 'probe' } : { kind: 'unverified', message };
}

function paymentOf({ appid, mchid, subMchid, payment }: PayNotice, merchant: Merchant, nowMs: number): ReadNotice {
  if (subMchid !== merchant.subMchid && merchant.subMchid !== undefined) {
    return { kind: 'for-others', message: 'sub_mch_id is that of another sub-merchant than this address is for' };
  }
  return { kind: 'payment', report: paidReport(payment, 'SUCCESS', { appid, mchid }, nowMs) };
}

/** A refund notice has no sign. */
function readUnsigned(body: Uint8Array, apiKey: ApiKey): ReadNotice {
  const refund = readRefundNotice(body, apiKey);
  if (refund.ok) return { kind: 'refund-hint', refund: refund.value };
  return {
    kind: 'unverified',
    message: refund.reason === 'not-a-refund' ? 'the message has no sign' : refund.message,
  };
}

function isProbeSign(body: Uint8Array): boolean {
  const fields = readXml(body);
  return fields.ok && isProbeSignature(fields.value.get('sign'));
}
