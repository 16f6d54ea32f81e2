import { printXml, signFields, parseApiKey } from '@orderkeeper/protocol';
import type { StrangeNotice } from '../plan/plan.ts';
import { ACCOUNT, given } from './shop.ts';

/** Messages that must change nothing: a probe, a forgery of a payment, and garbage. */
export function printStrangeNotice(how: StrangeNotice, outTradeNo: string): string {
  if (how === 'garbage') return '<xml><return_code>SUCCESS</return_code><sign>';
  const fields = new Map([
    ['return_code', 'SUCCESS'],
    ['result_code', 'SUCCESS'],
    ['appid', ACCOUNT.appid],
    ['mch_id', ACCOUNT.mchid],
    ['nonce_str', 'strange'],
    ['openid', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'],
    ['trade_type', 'NATIVE'],
    ['bank_type', 'OTHERS'],
    ['total_fee', '1'],
    ['cash_fee', '1'],
    ['transaction_id', '4200000000000000000000000000'],
    ['out_trade_no', outTradeNo],
    ['time_end', '20261124150000'],
  ]);
  const otherKey = given(parseApiKey('ThisKeyWasNeverGivenToAnyoneHere'));
  const sign = how === 'probe' ? `WECHATPAY/SIGNTEST/${outTradeNo}` : signFields(fields, otherKey, 'HMAC-SHA256');
  return given(printXml(fields.set('sign', sign)));
}
