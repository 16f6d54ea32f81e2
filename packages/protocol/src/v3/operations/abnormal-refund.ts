import type { OutRefundNo, RefundId } from '../../values/numbers.ts';
import { failure, ok, type Result } from '../../values/result.ts';
import type { FieldReason } from '../../v2/field-table.ts';
import { answerReader } from '../answer.ts';
import { encryptField } from '../cipher/oaep.ts';
import { ABNORMAL_REFUND_CODES } from '../codes/refunds.ts';
import { type MakeSentMember, oneOf, outRefundNo, refundId, text } from '../json/json-kinds.ts';
import { type JsonDraft, printJson, type SentJsonTable } from '../json/json-table.ts';
import type { VerificationKey } from '../keys/key-ring.ts';
import type { V3Operation } from '../operation.ts';
import { readRefundReport, type V3RefundReport } from '../refund-report.ts';
import { printV3Request } from '../request.ts';

interface AbnormalRefund {
  readonly refundId: RefundId;
  readonly outRefundNo: OutRefundNo;
}

/** The money goes to the merchant's own settlement account, who pays the payer otherwise. */
export interface ToMerchantCard extends AbnormalRefund {
  readonly type: 'MERCHANT_BANK_CARD';
}

/** The money goes to another debit card of the payer. */
export interface ToPayerCard extends AbnormalRefund {
  readonly type: 'USER_BANK_CARD';
  /** Of the banks that the page lists, `ICBC_DEBIT`. */
  readonly bankType: string;
  /** Number of the card and name of its holder; both leave this function encrypted only. */
  readonly bankAccount: string;
  readonly realName: string;
  /** Whose key encrypts them, as `encryptionKeyOf` chooses it. */
  readonly encryptWith: VerificationKey;
}

/** Says where the money of a refund goes that could not be given back. */
export type V3AbnormalRefundRequest = ToMerchantCard | ToPayerCard;

const PATH_VALUES: SentJsonTable<Pick<AbnormalRefund, 'refundId'>> = { refundId: refundId('refund_id') };

const TO_MERCHANT: SentJsonTable<Omit<ToMerchantCard, 'refundId'>> = {
  outRefundNo: outRefundNo('out_refund_no'),
  type: oneOf<'MERCHANT_BANK_CARD'>('MERCHANT_BANK_CARD')('type'),
};

/** A failure about an encrypted field names the field and its length, never its value. */
const encrypted =
  ({ publicKey }: VerificationKey): MakeSentMember<string> =>
  (wire) => ({
    wire,
    need: 'required',
    print: (value) => {
      if (value === '') return ok('');
      const field = encryptField(value, publicKey);
      return field.ok ? field : failure('value', field.message);
    },
  });

const toPayer = (key: VerificationKey): SentJsonTable<Omit<ToPayerCard, 'refundId' | 'encryptWith'>> => ({
  outRefundNo: outRefundNo('out_refund_no'),
  type: oneOf<'USER_BANK_CARD'>('USER_BANK_CARD')('type'),
  bankType: text(16)('bank_type'),
  bankAccount: encrypted(key)('bank_account'),
  realName: encrypted(key)('real_name'),
});

const printBody = (request: V3AbnormalRefundRequest): Result<JsonDraft, FieldReason> =>
  request.type === 'USER_BANK_CARD'
    ? printJson(toPayer(request.encryptWith), request)
    : printJson(TO_MERCHANT, request);

const PATH = '/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund';

const ROW = {
  name: 'abnormal-refund',
  method: 'POST',
  paths: { merchant: PATH, partner: PATH },
  sender: 'sub-mchid',
  success: [200],
  answer: 'signed',
  effect: 'changes',
  // What has been accepted is no longer ABNORMAL: a repetition would be refused, as if nothing had happened.
  afterUnknown: 'query',
  codes: ABNORMAL_REFUND_CODES,
} as const;

/**
 * 发起异常退款: for refunds whose status is CHANGE (异常, ABNORMAL) only.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071193
 */
export const v3AbnormalRefund: V3Operation<V3AbnormalRefundRequest, V3RefundReport> = {
  ...ROW,
  printRequest: (request, sender) => {
    const printed = printV3Request(ROW, sender, { path: printJson(PATH_VALUES, request), body: printBody(request) });
    if (!printed.ok || request.type === 'MERCHANT_BANK_CARD') return printed;
    return ok({ ...printed.value, encryptedFor: request.encryptWith.serial });
  },
  readAnswer: answerReader(readRefundReport),
};
