import type { SimCombine } from '../../ledger/order.ts';
import { type JsonObject, objectsAt, textAt } from '../json.ts';
import type { V3Desk, V3Operation } from '../operation.ts';
import { closeUnpaid } from '../operations/close-order.ts';
import { paidV3 } from '../operations/placement.ts';
import { V3_EMPTY, v3Failed, type V3Outcome } from '../outcome.ts';
import { refuseAppid } from './combine-parties.ts';
import { COMBINE_CLOSE_RULES } from './combine-rules.ts';

function run(desk: V3Desk): V3Outcome {
  const refusal = refuseAppid(desk, desk.body);
  if (refusal !== undefined) return refusal;
  const parts = desk.ledger.combined(desk.merchant.mchid, desk.params['combine_out_trade_no'] ?? '');
  const [first] = parts;
  if (first?.combine === undefined) return v3Failed('ORDER_NOT_EXIST', '订单不存在');
  if (!isNamedWhole(first.combine, desk.body)) return v3Failed('INVALID_REQUEST', '子单信息与合单下单时不一致');
  if (parts.some(({ payment }) => payment !== undefined)) return paidV3(desk);
  if (first.state === 'NOTPAY') return closeUnpaid(desk, parts);
  return desk.world.switches.v3CombineCloseClosed === '204' ? V3_EMPTY : v3Failed('ORDER_CLOSED', '订单已关闭');
}

/** Whether a request names exactly the parts, in any order. */
function isNamedWhole({ appid, parts }: SimCombine, body: JsonObject): boolean {
  const named = objectsAt(body, 'sub_orders').map((part) => `${textAt(part, 'mchid')} ${textAt(part, 'out_trade_no')}`);
  const known = parts.map(({ mchid, outTradeNo }) => `${mchid} ${outTradeNo}`);
  return textAt(body, 'combine_appid') === appid && named.sort().join(',') === known.sort().join(',');
}

/**
 * 关闭合单订单: all parts, which must be named.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013421225
 */
export const COMBINE_CLOSE: V3Operation = {
  name: 'v3/combine-close',
  method: 'POST',
  path: '/v3/combine-transactions/out-trade-no/{combine_out_trade_no}/close',
  refusals: 'pay',
  spelling: 'of-combine',
  query: {},
  body: () => COMBINE_CLOSE_RULES,
  run,
};
