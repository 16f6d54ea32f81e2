import { ok } from '../../values/result.ts';
import { COMBINE_CLOSE_CODES } from '../codes/others.ts';
import { COMBINE_PATH, type CombineNumber, printCombineNumber } from '../combined-order.ts';
import { anyOutTradeNo, mchid, sentList } from '../json/json-kinds.ts';
import { printJson, type SentJsonTable } from '../json/json-table.ts';
import type { V3Operation } from '../operation.ts';
import { printV3Request } from '../request.ts';
import type { V3CloseAnswer } from './close.ts';
import type { SubOrder } from './combine-place.ts';

/** Closes a combined order; names exactly its sub-orders. */
export interface CombineCloseRequest extends CombineNumber {
  readonly subOrders: readonly Pick<SubOrder, 'mchid' | 'outTradeNo'>[];
}

const CLOSED: SentJsonTable<Pick<CombineCloseRequest, 'subOrders'>> = {
  subOrders: sentList<Pick<SubOrder, 'mchid' | 'outTradeNo'>>(
    { mchid: mchid('mchid'), outTradeNo: anyOutTradeNo('out_trade_no') },
    { countMin: 2, countMax: 10 },
  )('sub_orders'),
};

const ROW = {
  name: 'combine-close',
  method: 'POST',
  paths: { merchant: `${COMBINE_PATH}/out-trade-no/{combine_out_trade_no}/close` },
  sender: 'combine-appid',
  success: [204],
  answer: 'signed',
  effect: 'changes',
  afterUnknown: 'repeat',
  codes: COMBINE_CLOSE_CODES,
} as const;

/**
 * 关闭合单订单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013421225
 */
export const v3CombineClose: V3Operation<CombineCloseRequest, V3CloseAnswer> = {
  ...ROW,
  printRequest: (request, sender) =>
    printV3Request(ROW, sender, { path: printCombineNumber(request), body: printJson(CLOSED, request) }),
  readAnswer: () => ok({}),
};
