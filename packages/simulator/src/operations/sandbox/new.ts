import type { AuthCodePlan } from '../../world.ts';
import { checkFields, OUT_TRADE_NO } from '../check-fields.ts';
import { follow, micropay } from '../micropay.ts';
import { type Desk, type Outcome, refused, type SimOperation, textOf } from '../operation.ts';
import { orderquery } from '../orderquery.ts';

const HEADER = 'wechatpay-negative-test';

/** Amounts that succeed, in fen. */
const GOOD_AMOUNTS: ReadonlySet<string> = new Set(['1', '2', '3']);

const asks = (then: 'nothing' | 'fails'): AuthCodePlan => ({ ending: 'asks-password', then, afterMs: 0 });

/** What the header asks micropay for. */
const NEGATIVE_PLANS: ReadonlyMap<string, AuthCodePlan> = new Map<string, AuthCodePlan>([
  ['MICROPAY_USERPAYING', asks('nothing')],
  ['MICROPAY_PAYERROR', asks('fails')],
  ['MICROPAY_PAY_QUERY_TIMEOUT', asks('nothing')],
]);

function charge(desk: Desk): Outcome {
  if (!GOOD_AMOUNTS.has(textOf(desk, 'total_fee'))) return refused('沙箱支付金额不正确，请确认验收case');
  const negative = desk.headers[HEADER] ?? '';
  const isKnown = desk.ledger.order(desk.merchant.mchid, textOf(desk, 'out_trade_no')) !== undefined;
  const plan = NEGATIVE_PLANS.get(negative);
  if (plan !== undefined && !isKnown) return follow(desk, plan);
  const outcome = micropay.run(desk);
  return negative === 'MICROPAY_TIMEOUT' ? { kind: 'silence' } : outcome;
}

function query(desk: Desk): Outcome {
  const fault = checkFields({ out_trade_no: OUT_TRADE_NO }, desk.fields);
  if (fault !== undefined) return fault;
  return desk.headers[HEADER] === 'MICROPAY_PAY_QUERY_TIMEOUT' ? { kind: 'silence' } : orderquery.run(desk);
}

const inSandbox = (production: SimOperation, run: (desk: Desk) => Outcome): SimOperation => ({
  ...production,
  name: `xdc/${production.name}`,
  path: `/xdc/apiv2sandbox${production.path}`,
  refusals: 'sandbox',
  key: 'sandbox',
  book: 'sandbox-new',
  run,
});

/** The sandbox since 2022: micropay by amount, its failures by the header `Wechatpay-Negative-Test`. */
export const NEW_SANDBOX: readonly SimOperation[] = [inSandbox(micropay, charge), inSandbox(orderquery, query)];
