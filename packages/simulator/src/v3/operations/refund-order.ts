import { endRefundLater } from '../../actions/refund-end.ts';
import { judgeRefund, REFUND_INTERVAL_MS, type RefundGrant, type RefundRefusal } from '../../core/judge-refund.ts';
import { moveOrder } from '../../core/trade-state.ts';
import type { SimOrder } from '../../ledger/order.ts';
import type { SimRefund } from '../../ledger/refund.ts';
import type { World } from '../../world.ts';
import { type MemberRule, type MemberRules, text } from '../check-members.ts';
import { numberAt, objectsAt, textAt } from '../json.ts';
import type { V3Desk, V3Operation } from '../operation.ts';
import { type V3Code, v3Done, v3Failed, type V3Failure, type V3Outcome } from '../outcome.ts';
import { ownerBySign, SUB_MERCHANT } from '../parties.ts';
import { refundView } from '../refund-view.ts';
import { NOTIFY_PATTERN } from './order-rules.ts';

const amount = (label: string, need: 'required' | 'optional' = 'required'): MemberRule => ({
  kind: 'integer',
  label,
  need,
  min: 1,
});

const FROM: MemberRule = {
  kind: 'object',
  label: '退款出资账户',
  need: 'required',
  members: {
    account: text('出资账户类型', 32, 'required', { pattern: /^(?:UN)?AVAILABLE$/ }),
    amount: amount('出资金额'),
  },
};

const GOODS: MemberRule = {
  kind: 'object',
  label: '退款商品',
  need: 'required',
  members: {
    merchant_goods_id: text('商户侧商品编码', 32, 'required'),
    wechatpay_goods_id: text('微信支付商品编码', 32),
    goods_name: text('商品名称', 256),
    unit_price: amount('商品单价'),
    refund_amount: amount('商品退款金额'),
    refund_quantity: amount('商品退货数量'),
  },
};

const rules = ({ switches }: World): MemberRules => ({
  ...SUB_MERCHANT,
  transaction_id: text('微信支付订单号', 32),
  out_trade_no: text('商户订单号', 32),
  out_refund_no: text('商户退款单号', 64, 'required', {
    min: switches.v3RefundNumberMin === '6' ? 6 : 1,
    pattern: /^[0-9A-Za-z_\-|*@]+$/,
  }),
  reason: text('退款原因', 80),
  notify_url: text('退款结果回调url', 256, 'optional', { pattern: NOTIFY_PATTERN }),
  funds_account: text('退款资金来源', 32, 'optional', { pattern: /^(?:AVAILABLE|UNSETTLED)$/ }),
  amount: {
    kind: 'object',
    label: '金额信息',
    need: 'required',
    members: {
      refund: amount('退款金额'),
      total: amount('原订单金额'),
      currency: text('退款币种', 16, 'required', { pattern: /^CNY$/ }),
      from: { kind: 'list', label: '退款出资账户及金额', need: 'optional', min: 0, max: 2, item: FROM },
    },
  },
  goods_detail: { kind: 'list', label: '退款商品', need: 'optional', min: 1, max: 6000, item: GOODS },
});

const CODES: Readonly<Record<RefundRefusal, readonly [code: V3Code, subCode: number, text: string]>> = {
  'not-paid': ['RESOURCE_NOT_EXISTS', 268_892_180, '订单不存在'],
  closed: ['INVALID_REQUEST', 268_892_181, '订单已关闭'],
  revoked: ['INVALID_REQUEST', 268_892_181, '订单已撤销'],
  'total-differs': ['INVALID_REQUEST', 268_892_183, '您的请求参数与订单信息不一致'],
  'all-refunded': ['INVALID_REQUEST', 268_892_177, '订单已全额退款'],
  'too-large': ['INVALID_REQUEST', 268_449_311, '退款金额大于可退金额'],
  'too-many': ['INVALID_REQUEST', 268_892_195, '该订单部分退款次数已达上限50次'],
  'too-old': ['INVALID_REQUEST', 268_892_184, '订单已经超过可退款的最大期限'],
  'too-soon': ['FREQUENCY_LIMITED', 268_448_746, '同一订单的两次退款需间隔一分钟，请稍后再试'],
  'no-money': ['NOT_ENOUGH', 268_892_709, '基本账户余额不足，请充值后重新发起'],
};

function run(desk: V3Desk): V3Outcome {
  const owner = ownerBySign(desk, desk.body);
  if ('kind' in owner) return owner;
  const [id, number] = [textAt(desk.body, 'transaction_id'), textAt(desk.body, 'out_trade_no')];
  if ((id === '') === (number === '')) {
    return v3Failed('PARAM_ERROR', 'transaction_id和out_trade_no必须且只能传一个');
  }
  const order = id === '' ? desk.ledger.order(owner.mchid, number) : desk.ledger.orderByTransaction(owner.mchid, id);
  if (order === undefined) return v3Failed('RESOURCE_NOT_EXISTS', '订单不存在', { subCode: 268_892_180 });
  if (order.subMchid !== owner.subMchid) {
    return v3Failed('INVALID_REQUEST', '商户号和订单信息不匹配', { subCode: 268_892_182 });
  }
  const known = desk.ledger.refund(owner.mchid, textAt(desk.body, 'out_refund_no'));
  if (known !== undefined) return again(desk, order, known);
  return checkFrom(desk) ?? grant(desk, order);
}

/** A number is refunded once: the same request gets the present state, another one is refused. */
function again(desk: V3Desk, order: SimOrder, known: SimRefund): V3Outcome {
  if (known.outTradeNo !== order.outTradeNo) return v3Failed('INVALID_REQUEST', '支付单号校验不一致，请核实后再试');
  const isSame =
    known.totalFen === numberAt(desk.body, 'amount.total') && known.refundFen === numberAt(desk.body, 'amount.refund');
  return isSame
    ? v3Done(refundView(known, order, desk.world.switches))
    : v3Failed('INVALID_REQUEST', '订单金额或退款金额与之前请求不一致，请核实后再试');
}

function checkFrom({ body }: V3Desk): V3Failure | undefined {
  const parts = objectsAt(body, 'amount.from');
  const sumFen = parts.reduce((sum, part) => sum + numberAt(part, 'amount'), 0);
  return parts.length === 0 || sumFen === numberAt(body, 'amount.refund')
    ? undefined
    : v3Failed('INVALID_REQUEST', '退款出资金额之和与退款金额不一致');
}

function grant(desk: V3Desk, order: SimOrder): V3Outcome {
  const { world, ledger, body, nowMs } = desk;
  const { switches, settings } = world;
  const judged = judgeRefund(
    order,
    ledger.refundsOf(order),
    { totalFen: numberAt(body, 'amount.total'), refundFen: numberAt(body, 'amount.refund') },
    {
      nowMs,
      intervalMs: switches.v3RefundInterval === 'free' ? 0 : REFUND_INTERVAL_MS,
      refundableFen: settings.refundableFen,
    },
  );
  if (!judged.ok) {
    const [code, subCode, words] = CODES[judged.reason];
    return v3Failed(code, words, { subCode });
  }
  const refund = refundFrom(desk, order, judged.value);
  const moved = moveOrder(order, 'refund', 'refunded', nowMs);
  if (moved === undefined) throw new Error('the table lets a paid order be refunded');
  ledger.putOrder(moved);
  ledger.putRefund(refund);
  if (settings.refundableFen >= 0) settings.refundableFen -= refund.cashFen;
  endRefundLater(world, ledger, refund);
  return v3Done(refundView(refund, moved, switches));
}

function refundFrom(desk: V3Desk, order: SimOrder, { payment, cashFen, coupons }: RefundGrant): SimRefund {
  const { world, body, merchant, nowMs } = desk;
  const notifyUrl = textAt(body, 'notify_url');
  const isAvailable = textAt(body, 'funds_account') === 'AVAILABLE';
  return {
    mchid: order.mchid,
    outRefundNo: textAt(body, 'out_refund_no'),
    // Told to the address of the merchant console, a refund has the form of v2.
    apiVersion: notifyUrl === '' ? 'v2' : 'v3',
    refundId: world.ids.refundId(),
    outTradeNo: order.outTradeNo,
    transactionId: payment.transactionId,
    appid: order.appid,
    nonce: world.ids.token(32),
    requestedAtMs: nowMs,
    totalFen: order.totalFen,
    refundFen: numberAt(body, 'amount.refund'),
    cashFen,
    coupons,
    account: isAvailable ? 'REFUND_SOURCE_RECHARGE_FUNDS' : 'REFUND_SOURCE_UNSETTLED_FUNDS',
    channel: 'ORIGINAL',
    receivedBy: '支付用户的零钱',
    description: textAt(body, 'reason'),
    notifyUrl: notifyUrl === '' ? (merchant.refundNotifyUrl ?? '') : notifyUrl,
    state: 'PROCESSING',
    history: [{ state: 'PROCESSING', atMs: nowMs }],
  };
}

/**
 * 申请退款.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071036
 */
export const REFUND: V3Operation = {
  name: 'v3/refund',
  method: 'POST',
  path: '/v3/refund/domestic/refunds',
  refusals: 'early',
  query: {},
  body: rules,
  run,
};
