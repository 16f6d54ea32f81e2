import type { OutRefundNo, RefundId } from '../../values/numbers.ts';
import { ok, type Result } from '../../values/result.ts';
import { REFUNDQUERY_CODES } from '../codes/refundquery.ts';
import { optional, outRefundNo, refundId, text } from '../field-kinds.ts';
import { type FieldReason, type FieldTable, printFields, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import type { Operation } from '../operation.ts';
import { requireOneOf } from '../order-number.ts';
import { readRefundqueryAnswer, type RefundqueryAnswer } from './refundquery.ts';

/** Asks for one refund of an order with single-item discounts (单品优惠). */
export type Refundqueryv2Request =
  | { readonly refundId: RefundId; readonly outRefundNo?: never }
  | { readonly outRefundNo: OutRefundNo; readonly refundId?: never };

/** As of refundquery, with what became of the discounts. */
export type Refundqueryv2Answer = RefundqueryAnswer & {
  /** JSON text. */
  readonly promotionDetail?: string;
};

const REQUEST: FieldTable<{ refundId?: RefundId; outRefundNo?: OutRefundNo }> = {
  refundId: optional(refundId)('refund_id'),
  outRefundNo: optional(outRefundNo)('out_refund_no'),
};

const PROMOTION: FieldTable<{ promotionDetail?: string }> = {
  promotionDetail: optional(text(6000))('promotion_detail'),
};

function readAnswer(fields: Fields): Result<Refundqueryv2Answer, FieldReason> {
  const answer = readRefundqueryAnswer(fields);
  if (!answer.ok) return answer;
  const promotion = readFields(PROMOTION, fields);
  return promotion.ok ? ok({ ...answer.value, ...promotion.value }) : promotion;
}

/**
 * 查询退款 with single-item discounts; otherwise as refundquery.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_5
 */
export const refundqueryv2: Operation<Refundqueryv2Request, Refundqueryv2Answer> = {
  name: 'refundqueryv2',
  path: '/pay/refundqueryv2',
  clientCertificate: 'not-needed',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: REFUNDQUERY_CODES,
  printRequest: (request) => requireOneOf(printFields(REQUEST, request), ['refund_id', 'out_refund_no']),
  readAnswer,
};
