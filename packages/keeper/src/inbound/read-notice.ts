import type { Merchant } from '@orderkeeper/client';
import {
  type ApiKey,
  type PayNotice,
  readPayNotice,
  readRefundNotice,
  readXml,
  type RefundNotice,
} from '@orderkeeper/protocol';
import type { TradeReport } from '../core/observation.ts';
import { paidReport } from '../gateway/v2-reports.ts';
import type { IncomingNotice } from '../keeper.ts';
import type { SpokenProtocols } from '../keeper-merchant.ts';

/** What a message turned out to be. */
export type ReadNotice =
  /** Signed with the merchant's key. */
  | { readonly kind: 'payment'; readonly report: TradeReport }
  /** Encrypted with the merchant's key, which is less than signed: a reason to ask, not to believe. */
  | { readonly kind: 'refund'; readonly refund: RefundNotice }
  /** Signed by WeChat Pay, and yet without a number or an amount that could be understood. */
  | { readonly kind: 'unreadable'; readonly message: string }
  /** Signed for another sub-merchant of the same service provider. */
  | { readonly kind: 'for-others'; readonly message: string }
  | { readonly kind: 'probe' }
  | { readonly kind: 'unverified'; readonly message: string };

/**
 * WeChat Pay sends signatures that begin so and are wrong on purpose, and takes an address out of service that accepts
 * one. They come in a header of the newer protocol, whatever protocol the address was given out for.
 */
const PROBE = 'WECHATPAY/SIGNTEST/';

/** Reads a message with the keys of the merchant it is addressed to; `nowMs` stands in for a missing time of payment. */
export function readNotice(notice: IncomingNotice, { v2 }: SpokenProtocols, nowMs: number): ReadNotice {
  if (notice.headers['wechatpay-signature']?.startsWith(PROBE) === true) return { kind: 'probe' };
  if (v2 === undefined) return { kind: 'unverified', message: 'the merchant does not speak the classic API' };
  return readV2Notice(notice, v2, nowMs);
}

function readV2Notice(notice: IncomingNotice, merchant: Merchant, nowMs: number): ReadNotice {
  const { apiKey } = merchant;
  // Either algorithm, whatever the order was signed with: WeChat Pay's own SDK takes a notice without sign_type for MD5,
  // and nobody can make either sign without the key. A true notice refused would be a payment learned late.
  const pay = readPayNotice(notice.body, { key: apiKey });
  if (pay.ok) return paymentOf(pay.value, merchant, nowMs);
  const { reason, message } = pay;
  // The fields are read after the sign was verified.
  if (reason === 'field-missing' || reason === 'field-invalid') return { kind: 'unreadable', message };
  if (reason === 'sign-missing') return readUnsigned(notice.body, apiKey);
  return isProbeSign(notice.body) ? { kind: 'probe' } : { kind: 'unverified', message };
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
  if (refund.ok) return { kind: 'refund', refund: refund.value };
  return {
    kind: 'unverified',
    message: refund.reason === 'not-a-refund' ? 'the message has no sign' : refund.message,
  };
}

function isProbeSign(body: Uint8Array): boolean {
  const fields = readXml(body);
  return fields.ok && fields.value.get('sign')?.startsWith(PROBE) === true;
}
