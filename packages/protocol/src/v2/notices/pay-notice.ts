import type { ApiKey } from '../../values/secret.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import { type FieldReason, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import { type Payment, readPayment } from '../payment.ts';
import type { SignType } from '../sign/sign.ts';
import { type VerifyReason, verifyFields } from '../sign/verify.ts';
import { readXml, type XmlReason } from '../xml/read-xml.ts';
import { NOTICE_SENDER, type NoticeSender } from './notice-sender.ts';

/** WeChat Pay says that an order was paid. Its sign is verified; whether the amount is right is the receiver's to check. */
export interface PayNotice extends NoticeSender {
  readonly payment: Payment;
  /** How the notice was signed. */
  readonly signType: SignType;
  /** Everything received, fields unknown to us included. */
  readonly fields: Fields;
}

/**
 * Why a body is no pay notice. `not-a-payment`: `return_code` or `result_code` is not SUCCESS; failed payments are
 * never notified, so such a message is not from WeChat Pay or has no meaning we know.
 */
export type PayNoticeReason = XmlReason | VerifyReason | FieldReason | 'not-a-payment';

/** How a pay notice is judged. */
export interface PayNoticeRules {
  readonly key: ApiKey;
  /** What the order was signed with, where known: after HMAC-SHA256 a notice with MD5 is refused. Default: either. */
  readonly requested?: SignType;
}

/**
 * Reads and verifies a pay notice (支付结果通知) from the raw body of the request.
 *
 * The same notice arrives again until it is answered with {@link printNoticeReply}, also twice at the same moment.
 * Compare `mchid`, `appid`, `payment.outTradeNo` and `payment.totalFen` with the order before acting.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_7
 */
export function readPayNotice(body: Uint8Array, rules: PayNoticeRules): Result<PayNotice, PayNoticeReason> {
  const document = readXml(body);
  if (!document.ok) return document;
  const fields = document.value;
  if (fields.get('return_code') !== 'SUCCESS') return failure('not-a-payment', 'return_code is not SUCCESS');
  const signType = verifyFields(fields, rules.key, rules.requested);
  if (!signType.ok) return signType;
  if (fields.get('result_code') !== 'SUCCESS') return failure('not-a-payment', 'result_code is not SUCCESS');
  const sender = readFields(NOTICE_SENDER, fields);
  if (!sender.ok) return sender;
  const payment = readPayment(fields);
  if (!payment.ok) return payment;
  return ok({ ...sender.value, payment: payment.value, signType: signType.value, fields });
}
