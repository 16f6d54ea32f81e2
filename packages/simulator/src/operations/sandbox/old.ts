import { payOrder } from '../../actions/pay-order.ts';
import { closeorder } from '../closeorder.ts';
import { downloadbill, fileOf } from '../downloadbill.ts';
import { micropay } from '../micropay.ts';
import { type Desk, type Outcome, refused, type SimOperation, textOf } from '../operation.ts';
import { orderquery } from '../orderquery.ts';
import { refund } from '../refund.ts';
import { refundquery } from '../refundquery.ts';
import { reverse } from '../reverse.ts';
import { unifiedorder } from '../unifiedorder.ts';
import { CASES } from './cases.ts';

/** The bill of the sandbox is always the same and nobody's. */
const BILL =
  `\ufeff交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,代金券或立减优惠金额,微信退款单号,商户退款单号,退款金额,代金券或立减优惠退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率
\`2014-11-10 16:33:45,\`wx2421b1c4370ec43b,\`10000100,\`0,\`1000,\`1001690740201411100005734289,\`1415640626,\`085e9858e3ba5186aafcbaed1,\`MICROPAY,\`SUCCESS,\`CFT,\`CNY,\`0.01,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`被扫支付测试,\`订单额外描述,\`0.00000,\`0.60%
总交易单数,总交易额,总退款金额,总代金券或立减优惠退款金额,手续费总金额
\`1,\`0.01,\`0.00,\`0.00,\`0.00000
`.replaceAll('\n', '\r\n');

/** Lets only the amounts of test cases through, and pays by itself what the case says. */
function byCase(production: SimOperation, scene: 'unified' | 'micropay'): (desk: Desk) => Outcome {
  return (desk) => {
    const total = textOf(desk, 'total_fee');
    const found = CASES.get(Number(total));
    if (found === undefined || (found.scene !== scene && found.scene !== 'both')) {
      const kind = scene === 'micropay' ? '沙箱被扫支付' : '沙箱支付';
      return refused(`${kind}金额(${total})无效，请检查需要验${scene === 'micropay' ? '证' : '收'}的case`);
    }
    const outcome = production.run(desk);
    const order = desk.ledger.order(desk.merchant.mchid, textOf(desk, 'out_trade_no'));
    if (outcome.kind === 'done' && found.end === 'paid' && order?.state === 'NOTPAY') {
      const coupons = found.couponFen === 0 ? [] : [{ kind: 'NO_CASH', fen: found.couponFen } as const];
      payOrder(desk.world, desk.ledger, order, { coupons });
    }
    return outcome;
  };
}

const bill = (desk: Desk): Outcome => fileOf(new TextEncoder().encode(BILL), textOf(desk, 'tar_type'));

/** Puts a production operation into the sandbox: its own book and key, MD5 only, and answers of a shape of their own. */
function inSandbox(
  production: SimOperation,
  prefix: string,
  run: (desk: Desk) => Outcome = production.run,
): SimOperation {
  return {
    ...production,
    name: `${prefix.slice(1)}/${production.name}`,
    path: `${prefix}${production.path}`,
    refusals: production.refusals === 'bill' ? 'bill' : 'sandbox',
    signTypes: 'MD5',
    key: 'sandbox',
    book: 'sandbox-old',
    shape: { ...production.shape, bare: /^$/, extras: new Set(['echoed-nonce', 'sandbox-marks']) },
    run,
  };
}

/** Refunds are found under both paths; the one without `secapi` needs no certificate. */
const refundWithoutCertificate: SimOperation = {
  ...refund,
  path: '/pay/refund',
  certificate: 'not-needed',
  name: 'refund-without-certificate',
};

const underPrefix = (prefix: string): SimOperation[] => [
  inSandbox(unifiedorder, prefix, byCase(unifiedorder, 'unified')),
  inSandbox(micropay, prefix, byCase(micropay, 'micropay')),
  inSandbox(orderquery, prefix),
  inSandbox(closeorder, prefix),
  inSandbox(reverse, prefix),
  inSandbox(refund, prefix),
  inSandbox(refundWithoutCertificate, prefix),
  inSandbox(refundquery, prefix),
  inSandbox(downloadbill, prefix, bill),
];

/**
 * 仿真测试: the sandbox until 2022, under its prefix and that of 2016.
 * @see https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=23_1
 */
export const OLD_SANDBOX: readonly SimOperation[] = [...underPrefix('/sandboxnew'), ...underPrefix('/sandbox')];
