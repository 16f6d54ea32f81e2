import {
  type Appid,
  type Fen,
  fen,
  type Mchid,
  type Openid,
  type OutRefundNo,
  type OutTradeNo,
  parseAppid,
  parseMchid,
  parseOpenid,
  parseOutRefundNo,
  parseOutTradeNo,
  parseRefundId,
  parseTransactionId,
  type RefundId,
  type Result,
  type TradeState,
  type TransactionId,
} from '@orderkeeper/protocol';
import { decide } from '../decide.ts';
import type { Decision, DutyChange, DutyKind } from '../decision.ts';
import type { Observation, RefundReport, TradeReport } from '../observation.ts';
import { openOrder, type OrderWish } from '../open-order.ts';
import type { Attempt, LearnedBy, Order, Refund } from '../order.ts';
import { type OrderId, parseOrderId } from '../order-id.ts';
import { DEFAULT_RULES, type Rules } from '../rules.ts';

/** 2027-03-02 12:00 in Beijing; every sample order opens at this moment. */
export const OPENED_MS = 1_803_960_000_000;
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const EXPIRES_MS = OPENED_MS + 30 * MINUTE;
export const RULES: Rules = DEFAULT_RULES;

function given<Value>(result: Result<Value, string>): Value {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

export const orderId = (text: string): OrderId => given(parseOrderId(text));
export const outTradeNo = (text: string): OutTradeNo => given(parseOutTradeNo(text));
export const outRefundNo = (text: string): OutRefundNo => given(parseOutRefundNo(text));
export const transactionId = (text: string): TransactionId => given(parseTransactionId(text));
export const refundId = (text: string): RefundId => given(parseRefundId(text));
export const openid = (text: string): Openid => given(parseOpenid(text));
export const APPID: Appid = given(parseAppid('wxd678efh567hg6787'));
export const OTHER_APPID: Appid = given(parseAppid('wx0000000000000000'));
export const MCHID: Mchid = given(parseMchid('1900000109'));
export const OTHER_MCHID: Mchid = given(parseMchid('1900000110'));
export const TOTAL_FEN: Fen = fen(1990);
/** The first attempt of every sample order. */
export const FIRST = outTradeNo('A1');
export const SECOND_NO = outTradeNo('A2');

export const orderWish = (changes: Partial<OrderWish> = {}): OrderWish => ({
  orderId: orderId('order-1'),
  mchid: MCHID,
  appid: APPID,
  totalFen: TOTAL_FEN,
  description: 'tea',
  expiresAtMs: EXPIRES_MS,
  outTradeNo: FIRST,
  protocol: 'v2',
  attempt: { tradeType: 'JSAPI', payerIp: '203.0.113.7' },
  ...changes,
});

/** An order whose first attempt is still to be placed. */
export function newOrder(changes: Partial<OrderWish> = {}): Order {
  return given(openOrder(orderWish(changes), { nowMs: OPENED_MS, rules: RULES })).order;
}

/** A micropay order whose charge is on its way. */
export const newCharge = (): Order =>
  newOrder({ attempt: { tradeType: 'MICROPAY', payerIp: '203.0.113.7', authCode: '134579504321098765' } });

export const placed = (number: OutTradeNo = FIRST, receivedAtMs: number = OPENED_MS): Observation => ({
  kind: 'placed',
  outTradeNo: number,
  prepay: { prepayId: 'wx201410272009395522657a690389285100', receivedAtMs },
});

export const payment = (number: OutTradeNo = FIRST): NonNullable<TradeReport['payment']> => ({
  transactionId: transactionId(`42000${number}`),
  totalFen: TOTAL_FEN,
  cashFen: TOTAL_FEN,
  bankType: 'CMC',
  paidAtMs: OPENED_MS + 20 * SECOND,
});

export function report(
  tradeState: TradeState,
  number: OutTradeNo = FIRST,
  changes: Partial<TradeReport> = {},
): TradeReport {
  const base = { appid: APPID, mchid: MCHID, outTradeNo: number, tradeState };
  const isPaid = tradeState === 'SUCCESS' || tradeState === 'REFUND';
  return { ...base, ...(isPaid ? { payment: payment(number) } : {}), ...changes };
}

export const trade = (
  tradeState: TradeState,
  number: OutTradeNo = FIRST,
  learnedBy: LearnedBy = 'query',
): Observation => ({
  kind: 'trade',
  report: report(tradeState, number),
  learnedBy,
});

export const notice = (number: OutTradeNo = FIRST): Observation => trade('SUCCESS', number, 'notice');

type CloseAnswer = Extract<Observation, { kind: 'close-answered' }>['answer'];
export const closeAnswered = (answer: CloseAnswer, number: OutTradeNo = FIRST): Observation => ({
  kind: 'close-answered',
  outTradeNo: number,
  answer,
});

type ReverseAnswer = Extract<Observation, { kind: 'reverse-answered' }>['answer'];
export const reverseAnswered = (answer: ReverseAnswer): Observation => ({
  kind: 'reverse-answered',
  outTradeNo: FIRST,
  answer,
});

export const attemptWanted = (
  number: OutTradeNo = SECOND_NO,
  changes: Partial<Attempt['content']> = {},
): Observation => ({
  kind: 'attempt-wanted',
  attempt: {
    outTradeNo: number,
    protocol: 'v2',
    content: {
      tradeType: 'JSAPI',
      payerIp: '203.0.113.7',
      totalFen: TOTAL_FEN,
      description: 'tea',
      expiresAtMs: EXPIRES_MS,
      ...changes,
    },
    state: 'creating',
    openedAtMs: OPENED_MS,
    queriesMade: 0,
  },
});

export const refund = (number: string, refundFen: Fen, changes: Partial<Refund> = {}): Refund => ({
  outRefundNo: outRefundNo(number),
  outTradeNo: FIRST,
  refundFen,
  reason: 'asked',
  state: 'asked',
  askedAtMs: OPENED_MS,
  looksMade: 0,
  ...changes,
});

export const refundWanted = (number: string, refundFen: Fen): Observation => ({
  kind: 'refund-wanted',
  refund: refund(number, refundFen),
});

export const refundReported = (
  number: string,
  refundFen: Fen,
  state: RefundReport['state'],
  changes: Partial<RefundReport> = {},
): Extract<Observation, { kind: 'refund-reported' }> => ({
  kind: 'refund-reported',
  report: {
    outRefundNo: outRefundNo(number),
    outTradeNo: FIRST,
    refundId: refundId(`50000${number.length}`),
    refundFen,
    state,
    ...changes,
  },
  learnedBy: 'query',
});

/** One observation, when it comes. */
export type Told = readonly [atMs: number, observation: Observation];

/** What became of an order after a story, and everything that was decided on the way. */
export interface Story {
  readonly order: Order;
  readonly decisions: readonly Decision[];
  readonly last: Decision;
}

const NOTHING_YET = (order: Order): Decision => ({ order, events: [], duties: [], alarms: [], summary: '' });

/** Tells an order a story: moments are counted from its opening. */
export function follow(order: Order, told: readonly Told[], rules: Rules = RULES): Story {
  let last = NOTHING_YET(order);
  const decisions: Decision[] = [];
  for (const [atMs, observation] of told) {
    last = decide(last.order, observation, OPENED_MS + atMs, rules);
    decisions.push(last);
  }
  return { order: last.order, decisions, last };
}

/** The first attempt, or the one under a number. */
export function attemptIn(order: Order, number: OutTradeNo = FIRST): Attempt {
  const attempt = order.attempts.find((candidate) => candidate.outTradeNo === number);
  if (attempt === undefined) throw new Error(`the story has no attempt ${number}`);
  return attempt;
}

/** A refund by its number. */
export function refundIn(order: Order, number: string): Refund {
  const found = order.refunds.find((candidate) => candidate.outRefundNo === outRefundNo(number));
  if (found === undefined) throw new Error(`the story has no refund ${number}`);
  return found;
}

/** When a duty comes due, counted from the order's opening; `undefined` when the decision does not schedule it. */
export function dueAfterMs({ duties }: Pick<Decision, 'duties'>, kind: DutyKind, subject?: string): number | undefined {
  const due = duties.find(
    (duty) => duty.change === 'schedule' && duty.kind === kind && (subject ?? duty.subject) === duty.subject,
  );
  return due?.change === 'schedule' ? due.dueAtMs - OPENED_MS : undefined;
}

export const eventTypes = ({ decisions }: Pick<Story, 'decisions'>): readonly string[] =>
  decisions.flatMap(({ events }) => events.map(({ type }) => type));

export const alarmKinds = ({ decisions }: Pick<Story, 'decisions'>): readonly string[] =>
  decisions.flatMap(({ alarms }) => alarms.map(({ kind }) => kind));

/** The duties that are left of an order after a story, as the store would hold them. */
export function dutiesLeft(decisions: readonly Decision[]): ReadonlyMap<string, DutyChange> {
  const left = new Map<string, DutyChange>();
  for (const duty of decisions.flatMap(({ duties }) => duties)) {
    const key = `${duty.kind} ${duty.subject}`;
    if (duty.change === 'cancel') left.delete(key);
    else left.set(key, duty);
  }
  return left;
}
