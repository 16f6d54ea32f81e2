import type { V3Desk, V3Operation } from '../operation.ts';
import { v3Done, v3Failed, type V3Outcome } from '../outcome.ts';
import { combineView } from './combine-view.ts';

function run({ ledger, merchant, params, world }: V3Desk): V3Outcome {
  const parts = ledger.combined(merchant.mchid, params['combine_out_trade_no'] ?? '');
  const combine = parts[0]?.combine;
  return combine === undefined
    ? v3Failed('ORDER_NOT_EXIST', '订单不存在')
    : v3Done(combineView(combine, parts, world.switches));
}

/**
 * 查询合单订单.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013421222
 */
export const COMBINE_QUERY: V3Operation = {
  name: 'v3/combine-query',
  method: 'GET',
  path: '/v3/combine-transactions/out-trade-no/{combine_out_trade_no}',
  refusals: 'pay',
  spelling: 'of-combine',
  query: {},
  run,
};
