import type { SimOrder, SimTradeState, StateCause } from '../ledger/order.ts';

/** What can happen to an order. */
export type TradeEvent = 'pay' | 'pay-late' | 'payer-fails' | 'close' | 'grow-old' | 'reverse' | 'refund';

/**
 * Every state against every event; `null` where the platform refuses. REVOKED and REFUND are final but for further
 * refunds, and so is CLOSED, except for money that was on its way already (`pay-late`): the pages say that this does not
 * happen, merchants must be ready for it all the same, so it comes on order only. A payer who fails at an ordinary order may try again, so NOTPAY stays; a micropay is over then.
 */
export const NEXT = {
  NOTPAY: {
    pay: 'SUCCESS',
    'pay-late': null,
    'payer-fails': 'NOTPAY',
    close: 'CLOSED',
    'grow-old': 'CLOSED',
    reverse: null,
    refund: null,
  },
  USERPAYING: {
    pay: 'SUCCESS',
    'pay-late': null,
    'payer-fails': 'PAYERROR',
    close: null,
    'grow-old': 'PAYERROR',
    reverse: 'REVOKED',
    refund: null,
  },
  SUCCESS: {
    pay: null,
    'pay-late': null,
    'payer-fails': null,
    close: null,
    'grow-old': null,
    reverse: 'REVOKED',
    refund: 'REFUND',
  },
  REFUND: {
    pay: null,
    'pay-late': null,
    'payer-fails': null,
    close: null,
    'grow-old': null,
    reverse: null,
    refund: 'REFUND',
  },
  CLOSED: {
    pay: null,
    'pay-late': 'SUCCESS',
    'payer-fails': null,
    close: null,
    'grow-old': null,
    reverse: null,
    refund: null,
  },
  REVOKED: {
    pay: null,
    'pay-late': null,
    'payer-fails': null,
    close: null,
    'grow-old': null,
    reverse: null,
    refund: null,
  },
  PAYERROR: {
    pay: null,
    'pay-late': null,
    'payer-fails': null,
    close: null,
    'grow-old': null,
    reverse: 'REVOKED',
    refund: null,
  },
} as const satisfies Record<SimTradeState, Record<TradeEvent, SimTradeState | null>>;

/** Moves an order by an event; `undefined` where the table refuses. Every move is written into the history. */
export function moveOrder(order: SimOrder, event: TradeEvent, by: StateCause, atMs: number): SimOrder | undefined {
  const state = NEXT[order.state][event];
  if (state === null) return undefined;
  const { cashierSinceMs: _, ...rest } = order;
  return { ...rest, state, history: [...order.history, { state, atMs, by }] };
}
