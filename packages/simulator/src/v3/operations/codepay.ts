import { moveOrder } from '../../core/trade-state.ts';
import type { SimOrder } from '../../ledger/order.ts';
import { planOf, refuseCode } from '../../operations/auth-codes.ts';
import { follow } from '../../operations/micropay.ts';
import type { Desk, Outcome } from '../../operations/operation.ts';
import { differingField } from '../../operations/place-order.ts';
import { REVERSE_AGE_MS_MAX } from '../../operations/reverse.ts';
import { type MemberRules, text } from '../check-members.ts';
import { numberAt, textAt } from '../json.ts';
import type { V3Desk, V3Operation, V3Party } from '../operation.ts';
import { orderView, partyView } from '../order-view.ts';
import { v3Done, v3Failed, type V3Outcome } from '../outcome.ts';
import { ownerOf, ownerRules, type V3Owner } from '../parties.ts';
import { orderRules } from './order-rules.ts';
import { closedV3, paidV3, repeatedV3 } from './placement.ts';

/** The members of an order, but for those that need no notice and no address. */
function rules(party: V3Party, world: Parameters<typeof orderRules>[2]): MemberRules {
  const { notify_url: _, time_expire: __, scene_info: ___, ...common } = orderRules(party, 'NATIVE', world);
  return {
    ...common,
    payer: {
      kind: 'object',
      label: '支付者',
      need: 'required',
      members: { auth_code: text('付款码', 128, 'required') },
    },
    scene_info: {
      kind: 'object',
      label: '场景信息',
      need: 'required',
      members: {
        device_id: text('商户端设备号', 32),
        device_ip: text('商户端设备IP', 45),
        store_info: {
          kind: 'object',
          label: '商户门店信息',
          need: 'required',
          members: { id: text('门店编号', 32), out_id: text('商家自定义编码', 256) },
        },
      },
    },
  };
}

/** The same charge as micropay makes, in its fields. */
function deskOf({ world, ledger, merchant, headers, body, nowMs }: V3Desk, owner: V3Owner, appid: string): Desk {
  const fields = new Map([
    ['appid', appid],
    ['mch_id', owner.mchid],
    ['sub_mch_id', owner.subMchid],
    ['sub_appid', textAt(body, 'sub_appid')],
    ['out_trade_no', textAt(body, 'out_trade_no')],
    ['body', textAt(body, 'description')],
    ['total_fee', String(numberAt(body, 'amount.total'))],
    ['attach', textAt(body, 'attach')],
    ['goods_tag', textAt(body, 'goods_tag')],
    ['device_info', textAt(body, 'scene_info.device_id')],
    ['spbill_create_ip', textAt(body, 'scene_info.device_ip')],
    ['auth_code', textAt(body, 'payer.auth_code')],
  ]);
  return { world, ledger, merchant, headers, fields, signType: 'MD5', nowMs };
}

const appidOf = ({ body }: V3Desk, party: V3Party): string => textAt(body, party === 'ordinary' ? 'appid' : 'sp_appid');

function pay(desk: V3Desk, party: V3Party): V3Outcome {
  const owner = ownerOf(desk, desk.body, party);
  if ('kind' in owner) return owner;
  const appid = appidOf(desk, party);
  if (!desk.merchant.appids.has(appid)) {
    return v3Failed('APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配，请检查后再试');
  }
  const outTradeNo = textAt(desk.body, 'out_trade_no');
  const charge = deskOf(desk, owner, appid);
  const known = desk.ledger.order(owner.mchid, outTradeNo);
  if (known !== undefined) return again(desk, charge, known);
  const authCode = textAt(desk.body, 'payer.auth_code');
  const outcome =
    refuseCode(desk.world, authCode) ??
    follow(charge, planOf(desk.world, authCode, numberAt(desk.body, 'amount.total')));
  const placed = desk.ledger.order(owner.mchid, outTradeNo);
  if (placed !== undefined) desk.ledger.putOrder({ ...placed, apiVersion: 'v3' });
  return answer(desk, outcome, placed);
}

function again(desk: V3Desk, charge: Desk, order: SimOrder): V3Outcome {
  switch (order.state) {
    case 'SUCCESS':
    case 'REFUND':
      return paidV3(desk);
    case 'CLOSED':
    case 'REVOKED':
      return closedV3(desk);
    case 'PAYERROR':
    case 'NOTPAY':
      return repeatedV3(desk);
    case 'USERPAYING':
      return differingField(order, charge) === undefined
        ? v3Done(orderView(order, desk.world.switches), 202)
        : repeatedV3(desk);
  }
}

function answer(desk: V3Desk, outcome: Outcome, order: SimOrder | undefined): V3Outcome {
  if (outcome.kind === 'done' && order !== undefined) return v3Done(orderView(order, desk.world.switches));
  if (outcome.kind !== 'failed') return v3Failed('SYSTEM_ERROR', '系统异常，请稍后重试');
  if (outcome.code === 'USERPAYING' && order !== undefined) {
    return v3Done({ trade_state: order.state, trade_state_desc: '用户支付中', out_trade_no: order.outTradeNo }, 202);
  }
  if (outcome.code === 'SYSTEMERROR') return v3Failed('SYSTEM_ERROR', outcome.text);
  if (outcome.code === 'BANKERROR') return v3Failed('BANK_ERROR', outcome.text);
  return outcome.code === 'NOTENOUGH'
    ? v3Failed('NOT_ENOUGH', outcome.text)
    : v3Failed('TRADE_ERROR', outcome.text, { subCode: 268_449_641 });
}

function reverse(desk: V3Desk, party: V3Party): V3Outcome {
  const owner = ownerOf(desk, desk.body, party);
  if ('kind' in owner) return owner;
  const order = desk.ledger.order(owner.mchid, desk.params['out_trade_no'] ?? '');
  if (order?.subMchid !== owner.subMchid) return v3Failed('ORDER_NOT_EXIST', '订单不存在');
  if (order.tradeType !== 'MICROPAY') return v3Failed('TRADE_ERROR', '订单的支付场景不支持该请求');
  const done = v3Done({ ...partyView(order), out_trade_no: order.outTradeNo });
  if (order.state === 'REVOKED') return done;
  if (order.payment !== undefined && desk.nowMs - order.payment.paidAtMs > REVERSE_AGE_MS_MAX) {
    return v3Failed('TRADE_ERROR', '订单已超过可撤销的期限');
  }
  const reversed = moveOrder(order, 'reverse', 'reversed-by-merchant', desk.nowMs);
  if (reversed === undefined) return v3Failed('TRADE_ERROR', '订单已发起退款，不能撤销');
  desk.ledger.putOrder(reversed);
  return done;
}

const reverseRules = (party: V3Party): MemberRules => ({
  ...ownerRules(party),
  ...(party === 'ordinary'
    ? { appid: text('应用ID', 32, 'required') }
    : { sp_appid: text('服务商应用ID', 32, 'required'), sub_appid: text('子商户应用ID', 32) }),
});

const rowsOf = (party: V3Party, base: string): V3Operation[] => [
  {
    name: 'v3/codepay',
    method: 'POST',
    path: `${base}/codepay`,
    refusals: 'pay',
    query: {},
    body: (world) => rules(party, world),
    run: (desk) => pay(desk, party),
  },
  {
    name: 'v3/codepay-reverse',
    method: 'POST',
    path: `${base}/out-trade-no/{out_trade_no}/reverse`,
    refusals: 'pay',
    query: {},
    body: () => reverseRules(party),
    run: (desk) => reverse(desk, party),
  },
];

/**
 * 付款码支付 and 撤销, as far as they are documented; not every page knows them.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012382150
 */
export const CODEPAY: readonly V3Operation[] = [
  ...rowsOf('ordinary', '/v3/pay/transactions'),
  ...rowsOf('partner', '/v3/pay/partner/transactions'),
];
