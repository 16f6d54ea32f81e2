import { answerReader } from '../answer.ts';
import { COMBINE_QUERY_CODES } from '../codes/others.ts';
import {
  COMBINE_PATH,
  type CombineNumber,
  type CombinedOrderReport,
  printCombineNumber,
  readCombinedOrder,
} from '../combined-order.ts';
import type { V3Operation } from '../operation.ts';
import { printV3Request } from '../request.ts';

const ROW = {
  name: 'combine-query',
  method: 'GET',
  paths: { merchant: `${COMBINE_PATH}/out-trade-no/{combine_out_trade_no}` },
  sender: 'none',
  success: [200],
  answer: 'signed',
  effect: 'reads',
  afterUnknown: 'repeat',
  codes: COMBINE_QUERY_CODES,
} as const;

/**
 * 查询合单订单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013421222
 */
export const v3CombineQuery: V3Operation<CombineNumber, CombinedOrderReport> = {
  ...ROW,
  printRequest: (request, sender) => printV3Request(ROW, sender, { path: printCombineNumber(request) }),
  readAnswer: answerReader(readCombinedOrder),
};
