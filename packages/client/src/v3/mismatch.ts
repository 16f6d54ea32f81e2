import type { Mchid, Sender } from '@orderkeeper/protocol';
import type { UnusableVerdict } from '../core/verdict.ts';

/** What an answer repeats from its request, under the same name in both, and what it means when it does not. */
const REPEATED = [
  ['outTradeNo', 'other-number', 'out_trade_no'],
  ['transactionId', 'other-number', 'transaction_id'],
  ['outRefundNo', 'other-number', 'out_refund_no'],
  ['refundId', 'other-number', 'refund_id'],
  ['combineOutTradeNo', 'other-number', 'combine_out_trade_no'],
  ['totalFen', 'other-amount', 'amount.total'],
  ['refundFen', 'other-amount', 'amount.refund'],
] as const;

/**
 * Whether an answer speaks of something else than was asked, as the true answer to another call does. What it leaves
 * out cannot differ. The appid is not compared: a query names none, and the order may have been placed under another.
 */
export function mismatch(asked: object, sender: Sender, answer: object): UnusableVerdict | undefined {
  const mchid = memberOf(answer, 'mchid');
  if (mchid !== undefined && (mchid !== sender.mchid || isOther(answer, sender.subMchid))) {
    return strange('other-merchant', sender.subMchid === undefined ? 'mchid' : 'sp_mchid or sub_mchid');
  }
  for (const [name, reason, wire] of REPEATED) {
    const expected = memberOf(asked, name);
    if (expected === undefined) continue;
    const answered = memberOf(answer, name);
    if (answered !== undefined && answered !== expected) return strange(reason, wire);
  }
  return undefined;
}

const isOther = (answer: object, subMchid: Mchid | undefined): boolean => memberOf(answer, 'subMchid') !== subMchid;

const memberOf = (object: object, name: string): unknown => Reflect.get(object, name);

const strange = (reason: UnusableVerdict['reason'], what: string): UnusableVerdict => ({
  kind: 'unusable',
  reason,
  status: 200,
  message: `${what} is not what was asked for`,
});
