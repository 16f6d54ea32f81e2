import { ok, type Result } from '../../values/result.ts';
import { REFUND_CODES } from '../codes/refund.ts';
import { optional, text } from '../field-kinds.ts';
import { type FieldReason, type FieldTable, printFields, readFields } from '../field-table.ts';
import type { Fields } from '../fields.ts';
import { type RefundGoods, refundGoodsDetail } from '../goods-detail.ts';
import type { Operation } from '../operation.ts';
import { checkRefund, readRefundAnswer, REFUND_REQUEST, type RefundAnswer, type RefundRequest } from './refund.ts';

/** Gives money back for an order with single-item discounts (单品优惠). */
export type Refundv2Request = RefundRequest & {
  /** What is given back. */
  readonly goods?: readonly RefundGoods[];
};

/** As of refund, with what became of the discounts. */
export type Refundv2Answer = RefundAnswer & {
  /** JSON text. */
  readonly promotionDetail?: string;
};

const REQUEST = { ...REFUND_REQUEST, goods: optional(refundGoodsDetail)('detail') };

const PROMOTION: FieldTable<{ promotionDetail?: string }> = {
  promotionDetail: optional(text(6000))('promotion_detail'),
};

function printRequest(request: Refundv2Request): Result<Map<string, string>, FieldReason> {
  const printed = checkRefund(printFields(REQUEST, request), request);
  return printed.ok ? ok(printed.value.set('version', '1.0')) : printed;
}

function readAnswer(fields: Fields): Result<Refundv2Answer, FieldReason> {
  const answer = readRefundAnswer(fields);
  if (!answer.ok) return answer;
  const promotion = readFields(PROMOTION, fields);
  return promotion.ok ? ok({ ...answer.value, ...promotion.value }) : promotion;
}

/**
 * 申请退款 with single-item discounts; otherwise as refund.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_4
 */
export const refundv2: Operation<Refundv2Request, Refundv2Answer> = {
  name: 'refundv2',
  path: '/secapi/pay/refundv2',
  clientCertificate: 'required',
  answer: 'signed',
  signType: 'merchant',
  sender: 'appid-and-mchid',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: REFUND_CODES,
  printRequest,
  readAnswer,
};
