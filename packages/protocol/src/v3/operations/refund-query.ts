import type { OutRefundNo } from '../../values/numbers.ts';
import { answerReader } from '../answer.ts';
import { REFUND_QUERY_V3_CODES } from '../codes/refunds.ts';
import { outRefundNo } from '../json/json-kinds.ts';
import { printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation } from '../operation.ts';
import { readRefundReport, type V3RefundReport } from '../refund-report.ts';
import { printV3Request } from '../request.ts';

/** Asks for one refund. */
export interface V3RefundQueryRequest {
  readonly outRefundNo: OutRefundNo;
}

const NUMBER: SentJsonTable<V3RefundQueryRequest> = { outRefundNo: outRefundNo('out_refund_no') };

const PATH = '/v3/refund/domestic/refunds/{out_refund_no}';

const ROW = {
  name: 'refund-query',
  method: 'GET',
  paths: { merchant: PATH, partner: PATH },
  sender: 'sub-mchid',
  success: [200],
  answer: 'signed',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: REFUND_QUERY_V3_CODES,
} as const;

/**
 * 查询单笔退款.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071041
 */
export const v3RefundQuery: V3Operation<V3RefundQueryRequest, V3RefundReport> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { path: printJson(NUMBER, request) }),
  readAnswer: answerReader(readRefundReport),
};
