import { failure, type Result } from '@orderkeeper/protocol';
import { payAgain as waysToPayAgain } from '../core/pay-again.ts';
import type { Attempt, AttemptContent, Order, OrderId } from '../core/order.ts';
import type { KeeperReason, OpenedOrder, PayAgainChange } from '../keeper.ts';
import { merchantOf, type WorkContext } from '../work/work-context.ts';
import { doAtOnce, holdingWakes } from './do-at-once.ts';
import { offerPayment } from './offer-payment.ts';
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
  const rules = merchantOf(context, order.mchid).rules();
  const way = waysToPayAgain(order, content, { nowMs, rules });
  switch (way.answer) {
    case 'refused':
      return refusedBy(way);
    case 'reuse':
    case 'place-again':
      return offerPayment(context, orderId);
    case 'wait':
      return failure('not-payable', `${way.outTradeNo} is on its way to its end; ask again in a moment`);
    case 'open-new':
      return openNext(context, order, content);
    case 'close-first': {
      if (nowMs < way.closableAtMs) return tooYoung(way.outTradeNo, way.closableAtMs);
      const isClosed = await closeOld(context, order);
      if (isClosed) return openNext(context, order, content);
      return failure('not-payable', `${way.outTradeNo} is being closed; ask again in a moment`);
    }
  }
}

function tooYoung(outTradeNo: string, closableAtMs: number) {
  const from = new Date(closableAtMs).toISOString();
  return failure('not-closable-yet', `${outTradeNo} can be closed from ${from} on, and paid in its own way until then`);
}

/** What the next attempt is placed with: as the last one, with what the payer changes. */
function contentAgain(order: Order, change: PayAgainChange): AttemptContent | undefined {
  const last = order.attempts.at(-1)?.content;
  if (last === undefined || last.tradeType === 'MICROPAY') return undefined;
  const { authCode: _none, ...content } = last;
  return { ...content, ...change, expiresAtMs: change.expiresAtMs ?? order.expiresAtMs };
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
  { orderId, mchid }: Order,
  content: AttemptContent,
): Promise<Result<OpenedOrder, KeeperReason>> {
  const attemptAfter = (attempts: readonly Attempt[]): Attempt => ({
    outTradeNo: outTradeNoFor(orderId, attempts.length + 1),
    protocol: 'v2',
    content,
    state: 'creating',
    openedAtMs: context.clock.nowMs(),
    queriesMade: 0,
  });
  const checked = merchantOf(context, mchid).gateway.check(attemptAfter([]));
  if (!checked.ok) return failure('invalid-request', checked.message);
  const { held, release } = holdingWakes(context);
  try {
    const wanted = await wish(held, orderId, ({ attempts }) => ({
      kind: 'attempt-wanted',
      attempt: attemptAfter(attempts),
    }));
    return wanted.ok ? await offerPayment(held, orderId) : wanted;
  } finally {
    release();
  }
}
