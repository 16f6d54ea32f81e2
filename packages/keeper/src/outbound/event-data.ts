import type { EventType } from '../core/decision.ts';

/** A payment that WeChat Pay vouched for. Amounts are fen, instants UTC milliseconds. */
export interface PaymentData {
  readonly orderId: string;
  readonly mchid: string;
  readonly appid: string;
  /** The number it was paid under. */
  readonly outTradeNo: string;
  /** `JSAPI`, `NATIVE`, `APP`, `MWEB` or `MICROPAY`. */
  readonly tradeType: string;
  /** WeChat Pay's number. */
  readonly transactionId: string;
  readonly totalFen: number;
  /** What the payer paid: `totalFen` less coupons. */
  readonly cashFen: number;
  /** What is settled; there only with coupons that are not settled. */
  readonly settlementTotalFen?: number;
  readonly openid?: string;
  /** WeChat Pay's word for the payer's bank or wallet; may be empty. */
  readonly bankType: string;
  readonly paidAtMs: number;
}

/** A second payment of an order that is paid. It is being sent back: deliver nothing for it. */
export interface PaidTwiceData extends PaymentData {
  /** The number that made the order paid. */
  readonly paidBy: string;
  /** The refund that sends the second payment back. */
  readonly outRefundNo: string;
}

/** Money for an order that was closed or reversed. */
export interface PaidAfterCloseData extends PaymentData {
  /** `refund`: it is being sent back. `reopen`: the order is paid now, and `order.paid` follows. */
  readonly policy: string;
  /** With `refund`: the refund that sends it back. */
  readonly outRefundNo?: string;
}

/** Nothing can be paid any more for an order: release what was kept for it. */
export interface ClosedData {
  readonly orderId: string;
  /** `expired`, `asked`, or `elsewhere` (WeChat Pay or another system of the merchant closed it). */
  readonly because: string;
}

/** A micropay order was taken back. */
export interface ReversedData {
  readonly orderId: string;
  readonly outTradeNo?: string;
}

/** An attempt came to nothing; the order can be paid again under a new number. */
export interface AttemptFailedData {
  readonly orderId: string;
  readonly outTradeNo: string;
  /** `rejected` (never placed) or `failed` (the payment was refused). */
  readonly state: string;
  /** WeChat Pay's code, or our own. */
  readonly failureCode?: string;
}

/** A refund came to its end. */
export interface RefundData {
  readonly orderId: string;
  readonly mchid: string;
  /** The payment that it belongs to. */
  readonly outTradeNo: string;
  readonly outRefundNo: string;
  readonly refundFen: number;
  /** `asked`, `paid-twice`, `paid-after-close`, or `elsewhere` (made in the merchant console or by another system). */
  readonly reason: string;
  /** `succeeded`, `closed`, `abnormal` or `rejected`. */
  readonly state: string;
  /** WeChat Pay's number. */
  readonly refundId?: string;
  readonly finishedAtMs?: number;
  readonly failureCode?: string;
  readonly note?: string;
}

/** What each event says. */
export interface EventData {
  'order.paid': PaymentData;
  'order.closed': ClosedData;
  'order.reversed': ReversedData;
  'order.paid_twice': PaidTwiceData;
  'order.paid_after_close': PaidAfterCloseData;
  'attempt.failed': AttemptFailedData;
  'refund.succeeded': RefundData;
  'refund.closed': RefundData;
  'refund.abnormal': RefundData;
  'refund.rejected': RefundData;
}

type Kind<Value> = [Value] extends [number] ? 'number' : 'string';

/** One row for each property; a property without a row does not compile. */
type Shape<Data> = {
  readonly [Key in keyof Data]-?: object extends Pick<Data, Key>
    ? `${Kind<Exclude<Data[Key], undefined>>}?`
    : Kind<Data[Key]>;
};

const PAYMENT: Shape<PaymentData> = {
  orderId: 'string',
  mchid: 'string',
  appid: 'string',
  outTradeNo: 'string',
  tradeType: 'string',
  transactionId: 'string',
  totalFen: 'number',
  cashFen: 'number',
  settlementTotalFen: 'number?',
  openid: 'string?',
  bankType: 'string',
  paidAtMs: 'number',
};

const REFUND: Shape<RefundData> = {
  orderId: 'string',
  mchid: 'string',
  outTradeNo: 'string',
  outRefundNo: 'string',
  refundFen: 'number',
  reason: 'string',
  state: 'string',
  refundId: 'string?',
  finishedAtMs: 'number?',
  failureCode: 'string?',
  note: 'string?',
};

const SHAPES: { readonly [Type in EventType]: Shape<EventData[Type]> } = {
  'order.paid': PAYMENT,
  'order.closed': { orderId: 'string', because: 'string' },
  'order.reversed': { orderId: 'string', outTradeNo: 'string?' },
  'order.paid_twice': { ...PAYMENT, paidBy: 'string', outRefundNo: 'string' },
  'order.paid_after_close': { ...PAYMENT, policy: 'string', outRefundNo: 'string?' },
  'attempt.failed': { orderId: 'string', outTradeNo: 'string', state: 'string', failureCode: 'string?' },
  'refund.succeeded': REFUND,
  'refund.closed': REFUND,
  'refund.abnormal': REFUND,
  'refund.rejected': REFUND,
};

/** Whether a text names an event. */
export const isEventType = (text: string): text is EventType => Object.hasOwn(SHAPES, text);

/** Every event there is. */
export const EVENT_TYPES: readonly EventType[] = Object.keys(SHAPES).filter(isEventType);

/** Whether a value read from JSON is what events of a type say. Properties that are new to us are let through. */
export function isEventData<Type extends EventType>(type: Type, data: unknown): data is EventData[Type] {
  if (typeof data !== 'object' || data === null) return false;
  const values = new Map<string, unknown>(Object.entries(data));
  const shape: Readonly<Record<string, string>> = SHAPES[type];
  return Object.entries(shape).every(([name, kind]) => {
    const value = values.get(name);
    return kind.endsWith('?') && value === undefined ? true : typeof value === kind.replace('?', '');
  });
}
