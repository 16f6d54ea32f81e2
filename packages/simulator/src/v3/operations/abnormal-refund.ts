import { decryptField } from '@orderkeeper/protocol';
import { endRefundLater } from '../../actions/refund-end.ts';
import { retryRefund } from '../../core/refund-state.ts';
import { text } from '../check-members.ts';
import { textAt } from '../json.ts';
import type { V3Desk, V3Operation } from '../operation.ts';
import { v3Done, v3Failed, type V3Failure, type V3Outcome } from '../outcome.ts';
import { ownerBySign, SUB_MERCHANT } from '../parties.ts';
import { refundView } from '../refund-view.ts';

function run(desk: V3Desk): V3Outcome {
  const owner = ownerBySign(desk, desk.body);
  if ('kind' in owner) return owner;
  const refund = desk.ledger.refundById(owner.mchid, desk.params['refund_id'] ?? '');
  const order = refund && desk.ledger.order(refund.mchid, refund.outTradeNo);
  const isMeant = refund?.outRefundNo === textAt(desk.body, 'out_refund_no') && order?.subMchid === owner.subMchid;
  if (refund === undefined || order === undefined || !isMeant) {
    return v3Failed('RESOURCE_NOT_EXISTS', '退款单不存在');
  }
  const flaw = checkAccount(desk);
  if (flaw !== undefined) return flaw;
  const retried = retryRefund(refund, desk.nowMs);
  if (retried === undefined) return v3Failed('INVALID_REQUEST', '退款单状态不是退款异常', { subCode: 268_892_195 });
  const again = { ...retried, channel: 'OTHER_BANKCARD' as const };
  desk.ledger.putRefund(again);
  endRefundLater(desk.world, desk.ledger, again);
  return v3Done(refundView(again, order, desk.world.switches));
}

/** A payer's card comes encrypted, with the name of the key that was used. */
function checkAccount({ body, headers, world }: V3Desk): V3Failure | undefined {
  if (textAt(body, 'type') === 'MERCHANT_BANK_CARD') return undefined;
  const serial = headers['wechatpay-serial'] ?? '';
  if (serial === '') return v3Failed('PARAM_ERROR', 'Http头缺少Wechatpay-Serial');
  const key = world.v3.keys?.keyOf(serial);
  if (key === undefined) return v3Failed('PARAM_ERROR', '平台证书序列号Wechatpay-Serial错误');
  for (const name of ['bank_type', 'bank_account', 'real_name']) {
    const value = textAt(body, name);
    if (value === '') return v3Failed('PARAM_ERROR', `${name}必填`, { detail: { location: 'body', value: '' } });
    if (name === 'bank_type') continue;
    if (!decryptField(value, key.privateKey).ok) return v3Failed('PARAM_ERROR', '平台私钥解密失败');
  }
  return undefined;
}

/**
 * 发起异常退款.
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4013071193
 */
export const ABNORMAL_REFUND: V3Operation = {
  name: 'v3/abnormal-refund',
  method: 'POST',
  path: '/v3/refund/domestic/refunds/{refund_id}/apply-abnormal-refund',
  refusals: 'early',
  query: {},
  body: () => ({
    ...SUB_MERCHANT,
    out_refund_no: text('商户退款单号', 64, 'required'),
    type: text('异常退款处理方式', 32, 'required', { pattern: /^(?:USER|MERCHANT)_BANK_CARD$/ }),
    bank_type: text('开户银行', 16),
    bank_account: text('收款银行卡号', 1024),
    real_name: text('收款用户姓名', 1024),
  }),
  run,
};
