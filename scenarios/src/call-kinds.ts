import type { OrderPlan, PlannedTradeType, Protocol } from './plan/plan.ts';

/** What a call is for, in whatever protocol. */
export type CallKind =
  | 'place'
  | 'charge'
  | 'query'
  | 'close'
  | 'reverse'
  | 'refund'
  | 'query-refund'
  | 'send-refund-on'
  | 'fetch-certificates';

/** What the simulator's name of an operation means. */
export interface OperationMeaning {
  readonly protocol: Protocol;
  readonly kind: CallKind;
}

const v2 = (kind: CallKind): OperationMeaning => ({ protocol: 'v2', kind });
const v3 = (kind: CallKind): OperationMeaning => ({ protocol: 'v3', kind });

/** Every operation that a keeper calls, and the one that a person calls, by the simulator's names. */
const OPERATIONS: ReadonlyMap<string, OperationMeaning> = new Map<string, OperationMeaning>([
  ['unifiedorder', v2('place')],
  ['micropay', v2('charge')],
  ['orderquery', v2('query')],
  ['closeorder', v2('close')],
  ['reverse', v2('reverse')],
  ['refund', v2('refund')],
  ['refundquery', v2('query-refund')],
  ['v3/order-jsapi', v3('place')],
  ['v3/order-app', v3('place')],
  ['v3/order-native', v3('place')],
  ['v3/order-h5', v3('place')],
  ['v3/codepay', v3('charge')],
  ['v3/query-by-number', v3('query')],
  ['v3/query-by-id', v3('query')],
  ['v3/close', v3('close')],
  ['v3/codepay-reverse', v3('reverse')],
  ['v3/refund', v3('refund')],
  ['v3/query-refund', v3('query-refund')],
  ['v3/abnormal-refund', v3('send-refund-on')],
  ['v3/certificates', v3('fetch-certificates')],
]);

/** What an operation means; `undefined` for a path that nobody here calls. */
export const meaningOf = (operation: string): OperationMeaning | undefined => OPERATIONS.get(operation);

/** Whether a call is of this kind, in either protocol. */
export const isOfKind =
  (kind: CallKind) =>
  ({ operation }: { readonly operation: string }): boolean =>
    OPERATIONS.get(operation)?.kind === kind;

const PLACING: Readonly<Record<PlannedTradeType, string>> = {
  JSAPI: 'v3/order-jsapi',
  APP: 'v3/order-app',
  NATIVE: 'v3/order-native',
  MWEB: 'v3/order-h5',
  MICROPAY: 'v3/codepay',
};

/** The operation that a call about an order is, in the order's protocol; queries by number. */
export function operationOf(
  kind: CallKind,
  { protocol, tradeType }: Pick<OrderPlan, 'protocol' | 'tradeType'>,
): string {
  if (kind === 'place' && protocol === 'v3') return PLACING[tradeType];
  const found = [...OPERATIONS].find(([, meaning]) => meaning.kind === kind && meaning.protocol === protocol);
  if (found === undefined) throw new Error(`${protocol} has no call to ${kind}`);
  return found[0];
}
