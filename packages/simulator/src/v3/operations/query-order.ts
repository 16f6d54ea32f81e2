import type { SimOrder } from '../../ledger/order.ts';
import type { V3Desk, V3Operation, V3Party } from '../operation.ts';
import { orderView } from '../order-view.ts';
import { v3Done, v3Failed, type V3Outcome } from '../outcome.ts';
import { ownerOf, ownerRules } from '../parties.ts';

type Find = (desk: V3Desk, mchid: string) => SimOrder | undefined;

function query(desk: V3Desk, party: V3Party, find: Find): V3Outcome {
  const owner = ownerOf(desk, desk.query, party);
  if ('kind' in owner) return owner;
  const order = find(desk, owner.mchid);
  if (order === undefined) return v3Failed('ORDER_NOT_EXIST', '订单不存在');
  if (order.subMchid !== owner.subMchid) return v3Failed('INVALID_REQUEST', '商户号和订单信息不匹配');
  return v3Done(orderView(order, desk.world.switches));
}

const byNumber: Find = ({ ledger, params }, mchid) => ledger.order(mchid, params['out_trade_no'] ?? '');
const byId: Find = ({ ledger, params }, mchid) => ledger.orderByTransaction(mchid, params['transaction_id'] ?? '');

function rowsOf(party: V3Party, base: string): V3Operation[] {
  const common = { method: 'GET', refusals: 'pay', query: ownerRules(party) } as const;
  return [
    {
      ...common,
      name: 'v3/query-by-number',
      path: `${base}/out-trade-no/{out_trade_no}`,
      run: (desk) => query(desk, party, byNumber),
    },
    {
      ...common,
      name: 'v3/query-by-id',
      path: `${base}/id/{transaction_id}`,
      run: (desk) =>
        /^[0-9]{1,32}$/.test(desk.params['transaction_id'] ?? '')
          ? query(desk, party, byId)
          : v3Failed('PARAM_ERROR', '微信订单号非法'),
    },
  ];
}

/**
 * 查询订单, by the merchant's number and by WeChat Pay's.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012791859
 */
export const QUERY_ORDER: readonly V3Operation[] = [
  ...rowsOf('ordinary', '/v3/pay/transactions'),
  ...rowsOf('partner', '/v3/pay/partner/transactions'),
];
