import type { HttpRequest } from '@orderkeeper/ports';
import { printXml, signFields, parseApiKey } from '@orderkeeper/protocol';
import { firstNumberOf } from '../plan/first-number.ts';
import type { Mishap, OrderPlan } from '../plan/plan.ts';
import type { Scene } from './run-world.ts';
import { ACCOUNT, given, NOTIFY_URL } from './shop.ts';
import { printStrangeV3Notice } from './strange-v3-notice.ts';

type StrangeNotice = Extract<Mishap, { kind: 'strange-notice' }>;

/** A message about an order that must change nothing; `undefined` when there is none to be sent again. */
export function strangeNotice(scene: Scene, { protocol, how, orderId }: StrangeNotice): HttpRequest | undefined {
  if (how === 'replayed') return scene.frontDoor.lastApplied(protocol);
  const order = scene.plan.orders.find(({ id }) => id === orderId);
  if (order === undefined) return undefined;
  const printed =
    protocol === 'v3'
      ? printStrangeV3Notice(how, order, scene.simulator.world)
      : { headers: { 'content-type': 'text/xml' }, body: printV2(how, order) };
  return { method: 'POST', url: NOTIFY_URL, ...printed };
}

/** A probe, a forgery of a payment, or garbage. */
function printV2(how: StrangeNotice['how'], order: OrderPlan): string {
  if (how === 'garbage') return '<xml><return_code>SUCCESS</return_code><sign>';
  const outTradeNo = firstNumberOf(order);
  const fields = new Map([
    ['return_code', 'SUCCESS'],
    ['result_code', 'SUCCESS'],
    ['appid', ACCOUNT.appid],
    ['mch_id', ACCOUNT.mchid],
    ['nonce_str', 'strange'],
    ['openid', 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o'],
    ['trade_type', 'NATIVE'],
    ['bank_type', 'OTHERS'],
    ['total_fee', String(order.totalFen)],
    ['cash_fee', String(order.totalFen)],
    ['transaction_id', '4200000000000000000000000000'],
    ['out_trade_no', outTradeNo],
    ['time_end', '20261124150000'],
  ]);
  const otherKey = given(parseApiKey('ThisKeyWasNeverGivenToAnyoneHere'));
  const sign = how === 'probe' ? `WECHATPAY/SIGNTEST/${outTradeNo}` : signFields(fields, otherKey, 'HMAC-SHA256');
  return given(printXml(fields.set('sign', sign)));
}
