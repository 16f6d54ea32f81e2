import { failure, ok, type Result } from '@orderkeeper/protocol';
import { type PayAgainAnswer, payAgain as waysToPayAgain } from '../core/pay-again.ts';
import type { Attempt, AttemptContent, Order, OrderId } from '../core/order.ts';
import type { PaymentGateway } from '../gateway/payment-gateway.ts';
import type { KeeperReason, OpenedOrder, PayAgainChange } from '../keeper.ts';
import { merchantOf, type WorkContext } from '../work/work-context.ts';
import { checkExpiry } from './check-expiry.ts';
import { doAtOnce, holdingWakes } from './do-at-once.ts';
import { offerPayment } from './offer-payment.ts';
import { nextAttempt, type NextAttemptWish } from './next-attempt.ts';
import { outTradeNoFor } from './out-trade-no-for.ts';
import { findOrder, refusedBy, wish } from './wish.ts';

/** Query, close and query of the old attempt, and the answer to its last question. */
const STEPS_MAX = 4;

/**
 * Gives the payer another try (R9): the live attempt again where it serves, else a new one, which opens only when the old
 * one is final. `not-closable-yet`: the old one is too young to be closed, pay it in its own way until then.
 * `not-payable`: the old one is on its way to its end, ask again in a moment.
 */
export async function payAgain(
  context: WorkContext,
  orderId: OrderId,
  change: PayAgainChange = {},
): Promise<Result<OpenedOrder, KeeperReason>> {
  const found = await findOrder(context, orderId);
  if (!found.ok) return found;
  const order = found.value;
  const content = contentAgain(order, change);
  if (content === undefined) return failure('invalid-request', `order ${orderId} is charged by code: use micropay`);
  const nowMs = context.clock.nowMs();
  const { lineFor, rules } = merchantOf(context, order.mchid);
  const line = lineFor({ protocol: change.protocol, tradeType: content.tradeType });
  if (!line.ok) return line;
  const way = waysToPayAgain(order, content, { nowMs, rules: rules() });
  switch (way.answer) {
    case 'refused':
      return refusedBy(way);
    case 'reuse':
    case 'place-again':
      return offerPayment(context, orderId);
    case 'wait':
      return failure('not-payable', `${way.outTradeNo} is on its way to its end; ask again in a moment`);
    case 'open-new':
    case 'close-first': {
      const wanted = { content, line: line.value };
      const attempt = nextAttempt(orderId, order.attempts, wanted, nowMs);
      const checked = checkAttempt(attempt, line.value.gateway);
      if (!checked.ok) return checked;
      const ended = way.answer === 'open-new' ? ok(undefined) : await endOld(context, order, way);
      return ended.ok ? openNext(context, order, wanted) : ended;
    }
  }
}

/** Closes an attempt that serves no more, where it is old enough. */
async function endOld(
  context: WorkContext,
  order: Order,
  { outTradeNo, closableAtMs }: Extract<PayAgainAnswer, { answer: 'close-first' }>,
): Promise<Result<undefined, KeeperReason>> {
  if (context.clock.nowMs() < closableAtMs) return tooYoung(outTradeNo, closableAtMs);
  if (await closeOld(context, order)) return ok(undefined);
  return failure('not-payable', `${outTradeNo} is being closed; ask again in a moment`);
}

function tooYoung(outTradeNo: string, closableAtMs: number) {
  const from = new Date(closableAtMs).toISOString();
  return failure('not-closable-yet', `${outTradeNo} can be closed from ${from} on, and paid in its own way until then`);
}

/** Refuses what could never be placed before the old attempt is touched. */
function checkAttempt(attempt: Attempt, gateway: PaymentGateway): Result<void, 'invalid-request'> {
  const expiry = checkExpiry(attempt.content.expiresAtMs, attempt.openedAtMs);
  if (!expiry.ok) return expiry;
  const checked = gateway.check(attempt);
  return checked.ok ? checked : failure('invalid-request', checked.message);
}

/** What the next attempt is placed with: as the last one, with what the payer changes. */
function contentAgain(order: Order, change: PayAgainChange): AttemptContent | undefined {
  const last = order.attempts.at(-1)?.content;
  if (last === undefined || last.tradeType === 'MICROPAY') return undefined;
  const { authCode: _none, ...content } = last;
  const { protocol: _notContent, ...changes } = change;
  const changed = { ...content, ...changes, expiresAtMs: change.expiresAtMs ?? order.expiresAtMs };
  if (changed.tradeType !== 'NATIVE' || changed.productId !== undefined) return changed;
  return { ...changed, productId: outTradeNoFor(order.orderId, order.attempts.length + 1) };
}

async function closeOld(context: WorkContext, { orderId }: Order): Promise<boolean> {
  const { held, release } = holdingWakes(context);
  try {
    await wish(held, orderId, () => ({ kind: 'close-wanted', because: 'replaced' }));
    for (let step = 0; step < STEPS_MAX; step += 1) {
      const found = await findOrder(context, orderId);
      if (!found.ok) return false;
      const state = found.value.attempts.at(-1)?.state;
      if (state !== 'closing') return state === 'closed';
      await doAtOnce(held, orderId, ['query', 'close']);
    }
    return false;
  } finally {
    release();
  }
}

async function openNext(
  context: WorkContext,
  { orderId }: Order,
  next: NextAttemptWish,
): Promise<Result<OpenedOrder, KeeperReason>> {
  const { held, release } = holdingWakes(context);
  try {
    const wanted = await wish(held, orderId, ({ attempts }) => ({
      kind: 'attempt-wanted',
      attempt: nextAttempt(orderId, attempts, next, context.clock.nowMs()),
    }));
    return wanted.ok ? await offerPayment(held, orderId) : wanted;
  } finally {
    release();
  }
}
