import { fen } from '@orderkeeper/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../../core/decide.ts';
import type { Decision } from '../../core/decision.ts';
import type { Observation } from '../../core/observation.ts';
import type { Order } from '../../core/order.ts';
import {
  attemptWanted,
  closeAnswered,
  FIRST,
  newCharge,
  newOrder,
  OPENED_MS,
  placed,
  refundReported,
  refundWanted,
  reverseAnswered,
  RULES,
  SECOND_NO,
  TOTAL_FEN,
  trade,
} from '../../core/testing/samples.ts';
import type { Change, Store } from '../store.ts';
import type { WithStore } from './fixture.ts';

const RUNS = 40;
const STEPS_MAX = 25;
/** Each step waits for the disk, and a busy one takes its time. */
const TEST_LIMIT_MS = 60_000;
const MINUTE_MS = 60_000;
const HALF_FEN = fen(995);

const numbers = fc.constantFrom(FIRST, SECOND_NO);

/** What may be said about an order, true or not, in any order; amounts and answers that lead into every state. */
const observations: fc.Arbitrary<Observation> = fc.oneof(
  fc
    .tuple(fc.constantFrom('SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR'), numbers)
    .map(([state, number]) => trade(state, number)),
  numbers.map((number) => placed(number)),
  fc.constantFrom('expired', 'asked').map((because): Observation => ({ kind: 'close-wanted', because })),
  fc.constantFrom('done', 'order-paid', 'order-closed', 'order-not-exist').map((answer) => closeAnswered(answer)),
  fc.constantFrom('done', 'again', 'unknown').map((answer) => reverseAnswered(answer)),
  fc.constantFrom<Observation>(
    attemptWanted(),
    { kind: 'place-rejected', outTradeNo: FIRST, code: 'NOAUTH', message: 'no' },
    { kind: 'trade-not-found', outTradeNo: FIRST },
    { kind: 'reverse-wanted', outTradeNo: FIRST },
    { kind: 'payer-returned' },
  ),
  fc.constantFrom('R1', 'R2', 'R3').map((number) => refundWanted(number, HALF_FEN)),
  fc
    .tuple(
      fc.constantFrom('R1', 'R2', 'A1-paid-after-close', 'A2-paid-twice'),
      fc.constantFrom(HALF_FEN, TOTAL_FEN),
      fc.constantFrom('processing', 'succeeded', 'closed', 'abnormal'),
      numbers,
    )
    .map(([number, amount, state, outTradeNo]) => refundReported(number, amount, state, { outTradeNo })),
);

const lives = fc.record({
  first: fc.constantFrom(newOrder(), newOrder({ latePayment: 'reopen' }), newCharge()),
  told: fc.array(observations, { maxLength: STEPS_MAX, size: 'max' }),
});

const changeOf = (decision: Decision, observation: unknown): Change => ({
  decision,
  entry: { atMs: OPENED_MS, source: 'test', observation: JSON.stringify(observation) },
});

/** The duties that decisions leave, kept in a map: what the store is compared with. */
function createDutyModel() {
  const dueAtMs = new Map<string, number>();
  return {
    apply: ({ duties }: Decision): void => {
      for (const duty of duties) {
        const key = `${duty.kind} ${duty.subject}`;
        if (duty.change === 'cancel') dueAtMs.delete(key);
        else dueAtMs.set(key, duty.dueAtMs);
      }
    },
    entries: () => [...dueAtMs].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

async function storedDuties(store: Store, { orderId }: Order) {
  const duties = await store.dutiesOf(orderId);
  const entries = duties.map(({ kind, subject, dueAtMs }): [string, number] => [`${kind} ${subject}`, dueAtMs]);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Lives an order through in the store and beside it. */
async function live(store: Store, first: Order, told: readonly Observation[]): Promise<void> {
  const opened = { order: first, events: [], duties: [], alarms: [], summary: 'opened' };
  await store.insert(changeOf(opened, 'opened'));
  const model = createDutyModel();
  let expected = first;
  let eventCount = 0;
  for (const [index, observation] of told.entries()) {
    const nowMs = OPENED_MS + index * MINUTE_MS;
    const decision = decide(expected, observation, nowMs, RULES);
    await store.change(first.orderId, (stored) => changeOf(decide(stored, observation, nowMs, RULES), observation));
    expected = decision.order;
    eventCount += decision.events.length;
    model.apply(decision);
  }
  expect(await store.find(first.orderId)).toEqual(expected);
  expect(await storedDuties(store, first)).toEqual(model.entries());
  expect(await store.eventsAfter(0, 1000)).toHaveLength(eventCount);
  expect(await store.timeline(first.orderId)).toHaveLength(told.length + 1);
}

/** The schema repeats the rules of the core; it must not know better. */
export function describeDecisions(withStore: WithStore): void {
  describe('every decision of the core', () => {
    test(
      'is taken, and read back as it was',
      async () => {
        const story = fc.asyncProperty(lives, ({ first, told }) => withStore((store) => live(store, first, told))());
        await fc.assert(story, { numRuns: RUNS });
      },
      TEST_LIMIT_MS,
    );
  });
}
