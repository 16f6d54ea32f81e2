import { createPrivateKey } from 'node:crypto';
import {
  parseApiV3Key,
  parseAppid,
  parseFen,
  parseMchid,
  parseOutTradeNo,
  type PrintedV3Notice,
  printV3TestPayNotice,
  type TestNoticeSeal,
} from '@orderkeeper/protocol';
import type { Simulator } from '@orderkeeper/simulator';
import { firstNumberOf } from '../plan/first-number.ts';
import type { OrderPlan, StrangeNotice } from '../plan/plan.ts';
import { ACCOUNT, given } from './shop.ts';
import { WECHAT_PAY } from './wechat-pay-keys.ts';

const OURS = given(parseApiV3Key(ACCOUNT.v3Key));
const OTHERS = given(parseApiV3Key('ThisKeyWasNeverGivenToAnyoneHere'));
const STRANGER = createPrivateKey(WECHAT_PAY.strangersKeyPem);
const NOBODYS_SERIAL = '6EEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEEE';

/** A payment of the order that nobody made, told in a way that nobody may believe. */
export function printStrangeV3Notice(
  how: Exclude<StrangeNotice, 'replayed'>,
  order: OrderPlan,
  { clock, settings, v3 }: Simulator['world'],
): PrintedV3Notice {
  const { keys } = v3;
  if (keys === undefined) throw new Error('these worlds have keys for APIv3');
  const nowMs = clock.nowMs();
  const { serial, privateKey } = keys.noticeKey(ACCOUNT.mchid, settings);
  const seal: TestNoticeSeal = {
    serial: how === 'unknown-certificate' ? NOBODYS_SERIAL : serial,
    privateKey: how === 'sealed-for-another' ? privateKey : STRANGER,
    apiV3Key: how === 'sealed-for-another' ? OTHERS : OURS,
    nowMs,
    resourceNonce: 'strangenonce',
    nonce: 'STRANGE0NONCE0OF0NOTICES00000000',
  };
  const paid = {
    appid: given(parseAppid(ACCOUNT.appid)),
    mchid: given(parseMchid(ACCOUNT.mchid)),
    outTradeNo: given(parseOutTradeNo(firstNumberOf(order))),
    totalFen: given(parseFen(String(order.totalFen))),
    paidAtMs: nowMs,
  };
  const { headers, body } = printV3TestPayNotice(paid, seal);
  if (how === 'garbage') return { headers, body: '{"resource":' };
  const signature = `WECHATPAY/SIGNTEST/${headers['wechatpay-signature'] ?? ''}`;
  return how === 'probe' ? { headers: { ...headers, 'wechatpay-signature': signature }, body } : { headers, body };
}
