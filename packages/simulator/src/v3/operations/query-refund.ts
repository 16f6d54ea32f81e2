import type { V3Desk, V3Operation } from '../operation.ts';
import { v3Done, v3Failed, type V3Outcome } from '../outcome.ts';
import { ownerBySign, SUB_MERCHANT } from '../parties.ts';
import { refundView } from '../refund-view.ts';

function run(desk: V3Desk): V3Outcome {
  const owner = ownerBySign(desk, desk.query);
  if ('kind' in owner) return owner;
  const refund = desk.ledger.refund(owner.mchid, desk.params['out_refund_no'] ?? '');
  const order = refund && desk.ledger.order(refund.mchid, refund.outTradeNo);
  if (refund === undefined || order?.subMchid !== owner.subMchid)
    return v3Failed('RESOURCE_NOT_EXISTS', '退款单不存在');
  return v3Done(refundView(refund, order, desk.world.switches));
}

/**
 * 查询单笔退款.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071041
 */
export const QUERY_REFUND: V3Operation = {
  name: 'v3/query-refund',
  method: 'GET',
  path: '/v3/refund/domestic/refunds/{out_refund_no}',
  refusals: 'early',
  query: SUB_MERCHANT,
  run,
};
