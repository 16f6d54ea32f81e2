import type { OutTradeNo } from '@orderkeeper/protocol';
import { isLive } from './attempt-transitions.ts';
import { closableAtMs } from './close-order.ts';
import type { Refusal } from './decision.ts';
import { type Draft, refuse, unchanged } from './draft.ts';
import { mayPay } from './may-pay.ts';
import type { Moment } from './moment.ts';
import type { Attempt, AttemptContent, Order, OrderState } from './order.ts';

/** What the payer wants to pay with this time. */
export type PayAgainWish = Pick<AttemptContent, 'tradeType' | 'openid'>;

/** How an order can be paid again (R9). */
export type PayAgainAnswer =
  /** The live attempt can still be paid in the same way: its parameters are given out again. */
  | { readonly answer: 'reuse'; readonly outTradeNo: OutTradeNo }
  /** The live attempt stands, but what opens it is missing or too old: place it again, same number and content. */
  | { readonly answer: 'place-again'; readonly outTradeNo: OutTradeNo }
  /** The live attempt is of another kind: want it closed (`replaced`), then open a new one. */
  | { readonly answer: 'close-first'; readonly outTradeNo: OutTradeNo; readonly closableAtMs: number }
  /** The old attempt is on its way to its end; a new one opens when it is there. */
  | { readonly answer: 'wait'; readonly outTradeNo: OutTradeNo }
  | { readonly answer: 'open-new' }
  | ({ readonly answer: 'refused' } & Refusal);

/** Says how the payer can be given another try; decides nothing. */
export function payAgain(order: Order, wish: PayAgainWish, { nowMs, rules }: Moment): PayAgainAnswer {
  const refusal = refusalOf(order, nowMs);
  if (refusal !== undefined) return { answer: 'refused', ...refusal };
  const live = order.attempts.find(isLive);
  if (live === undefined) return { answer: 'open-new' };
  const { outTradeNo } = live;
  switch (live.state) {
    case 'creating':
    case 'open': {
      if (!isSameKind(live, wish))
        return { answer: 'close-first', outTradeNo, closableAtMs: closableAtMs(live, rules) };
      return { answer: mayPay(order, nowMs).ok ? 'reuse' : 'place-again', outTradeNo };
    }
    case 'paying':
    case 'closing':
    case 'reversing':
    case 'paid':
    case 'closed':
    case 'reversed':
    case 'rejected':
    case 'failed':
      return { answer: 'wait', outTradeNo };
  }
}

/** A payer's prepay id serves that payer only; a micropay code serves once. */
function isSameKind({ content }: Attempt, wish: PayAgainWish): boolean {
  const isSamePayer = wish.openid === undefined || wish.openid === content.openid;
  return content.tradeType === wish.tradeType && wish.tradeType !== 'MICROPAY' && isSamePayer;
}

/** Intent: another attempt (R1). It opens only when nothing else can be paid (R9); the same intent again changes nothing. */
export function wantAttempt(order: Order, wanted: Attempt, { nowMs }: Moment): Draft {
  const known = order.attempts.find((attempt) => attempt.outTradeNo === wanted.outTradeNo);
  if (known !== undefined) return wantKnown(order, known, wanted);
  const refusal = refusalOf(order, nowMs);
  if (refusal !== undefined) return refuse(order, refusal.reason, refusal.message);
  const live = order.attempts.find(isLive);
  if (live !== undefined) {
    const message = `${live.outTradeNo} is ${live.state} and may still be paid; reuse it, or have it closed first`;
    return refuse(order, 'attempt-live', message);
  }
  if (wanted.content.totalFen !== order.totalFen) {
    const message = `the attempt is over ${wanted.content.totalFen} fen, the order over ${order.totalFen} fen`;
    return refuse(order, 'amount-differs', message);
  }
  const { outTradeNo, protocol, content } = wanted;
  const attempt: Attempt = { outTradeNo, protocol, content, state: 'creating', openedAtMs: nowMs, queriesMade: 0 };
  // A later attempt may be given more time; the order then lives as long.
  const expiresAtMs = Math.max(order.expiresAtMs, content.expiresAtMs);
  const longer = { ...order, expiresAtMs, attempts: [...order.attempts, attempt] };
  return unchanged(longer, `attempt ${outTradeNo} is to be placed`);
}

function wantKnown(order: Order, known: Attempt, wanted: Attempt): Draft {
  const isSame = sameContent(known.content, wanted.content) && known.protocol === wanted.protocol;
  if (isSame) return unchanged(order, `attempt ${known.outTradeNo} is there already`);
  const message = `the number ${known.outTradeNo} is used for an attempt with other content; take a new number`;
  return refuse(order, 'out-trade-no-used', message);
}

/** Whether two attempts would be placed with the same call. The payer's code is left out: it may be forgotten once used. */
function sameContent(a: AttemptContent, b: AttemptContent): boolean {
  const fields = ({ authCode: _authCode, ...rest }: AttemptContent): string =>
    JSON.stringify(Object.entries(rest).sort(([left], [right]) => (left < right ? -1 : 1)));
  return fields(a) === fields(b);
}

const REFUSAL_OF: Readonly<Record<OrderState, Refusal | 'none'>> = {
  open: 'none',
  paid: { reason: 'order-paid', message: 'the order is paid' },
  refunded: { reason: 'order-paid', message: 'the order was paid and refunded; open a new order' },
  closed: { reason: 'order-closed', message: 'the order is closed; open a new order' },
  reversed: { reason: 'order-reversed', message: 'the order was taken back; open a new order' },
};

function refusalOf(order: Order, nowMs: number): Refusal | undefined {
  const refusal = REFUSAL_OF[order.state];
  if (refusal !== 'none') return refusal;
  if (order.ending !== undefined) return { reason: 'order-closing', message: 'the order is being closed' };
  if (nowMs >= order.expiresAtMs)
    return { reason: 'order-expired', message: 'the time to pay is over; open a new order' };
  return undefined;
}
