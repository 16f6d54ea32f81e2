import { ok, type Result } from '@orderkeeper/protocol';
import { isLive } from '../core/attempt-transitions.ts';
import type { AttemptContent, Order } from '../core/order.ts';
import type { KeeperReason, MicropayRequest, OpenedOrder } from '../keeper.ts';
import type { Line } from '../work/kept-merchant.ts';
import type { WorkContext } from '../work/work-context.ts';
import { doAtOnce, holdingWakes } from './do-at-once.ts';
import { commitIntent } from './intent.ts';
import { nextAttempt } from './next-attempt.ts';
import { rejected } from './offer-payment.ts';
import { outTradeNoFor } from './out-trade-no-for.ts';
import { findOrder, noSuchMerchant, wish } from './wish.ts';

/** The payer stands at the counter: after this time without a payment the order is over. */
export const MICROPAY_LIFETIME_MS = 10 * 60_000;

/**
 * Charges the code on a payer's phone (R8). Answers as soon as WeChat Pay has; while the payer is entering the password
 * the order is `open`, and the keeper polls it and takes it back when it comes to no end. After a failure the same order
 * may be charged again with a fresh code; the same code again answers the order as it is.
 */
export async function micropay(
  context: WorkContext,
  request: MicropayRequest,
): Promise<Result<OpenedOrder, KeeperReason>> {
  const { orderId, mchid, totalFen, description } = request;
  const merchant = context.merchants.get(mchid);
  if (merchant === undefined) return noSuchMerchant(mchid);
  const line = merchant.lineFor({ protocol: request.protocol, tradeType: 'MICROPAY' });
  if (!line.ok) return line;
  const { protocol, gateway } = line.value;
  const { held, release } = holdingWakes(context);
  try {
    const intent = await commitIntent(held, merchant, {
      orderId,
      mchid,
      appid: merchant.appid,
      totalFen,
      description,
      expiresAtMs: context.clock.nowMs() + MICROPAY_LIFETIME_MS,
      outTradeNo: outTradeNoFor(orderId, 1, gateway.outTradeNoLengthMin),
      protocol,
      attempt: contentOf(request),
    });
    if (!intent.ok) return intent;
    const again = await chargeAgain(held, intent.value, { request, line: line.value });
    if (!again.ok) return again;
    await doAtOnce(held, orderId, ['place']);
    return await answer(context, request);
  } finally {
    release();
  }
}

const contentOf = ({ payerIp, attach, authCode }: MicropayRequest) => ({
  tradeType: 'MICROPAY' as const,
  payerIp,
  authCode,
  ...(attach === undefined ? {} : { attach }),
});

/** A fresh code for an order whose last charge has failed is a further attempt (R9). */
async function chargeAgain(
  context: WorkContext,
  order: Order,
  { request, line }: { readonly request: MicropayRequest; readonly line: Line },
): Promise<Result<unknown, KeeperReason>> {
  const isOver = order.state === 'open' && !order.attempts.some(isLive);
  const isFresh = order.attempts.every(({ content }) => content.authCode !== request.authCode);
  if (!isOver || !isFresh) return ok(undefined);
  const { totalFen, description, expiresAtMs } = order;
  const content: AttemptContent = { ...contentOf(request), totalFen, description, expiresAtMs };
  return wish(context, order.orderId, ({ attempts }) => ({
    kind: 'attempt-wanted',
    attempt: nextAttempt(order.orderId, attempts, { content, line }, context.clock.nowMs()),
  }));
}

async function answer(context: WorkContext, { orderId }: MicropayRequest): Promise<Result<OpenedOrder, KeeperReason>> {
  const found = await findOrder(context, orderId);
  if (!found.ok) return found;
  const last = found.value.attempts.at(-1);
  const isRefused = found.value.state === 'open' && last?.state === 'rejected';
  return isRefused ? rejected(last) : ok({ order: found.value });
}
