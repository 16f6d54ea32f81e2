import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { EventDraft, EventType } from '../core/decision.ts';
import {
  attemptWanted,
  closeAnswered,
  follow,
  HOUR,
  MINUTE,
  newCharge,
  newOrder,
  notice,
  placed,
  refundReported,
  refundWanted,
  reverseAnswered,
  SECOND_NO,
  type Told,
  TOTAL_FEN,
  trade,
} from '../core/testing/samples.ts';
import type { Order } from '../core/order.ts';
import { EVENT_TYPES, isEventData, isEventType } from './event-data.ts';

const PART_FEN = fen(990);
const PAID: readonly Told[] = [
  [0, placed()],
  [20_000, notice()],
];

const CLOSED: readonly Told[] = [
  [0, placed()],
  [6 * MINUTE, { kind: 'close-wanted', because: 'asked' }],
  [6 * MINUTE, closeAnswered('order-closed')],
];

/** Lives of orders in which every event is told at least once. */
const LIVES: readonly (readonly [Order, readonly Told[]])[] = [
  [newOrder(), PAID],
  [newOrder(), [...CLOSED, [HOUR, notice()]]],
  [newOrder({ latePayment: 'reopen' }), [...CLOSED, [HOUR, notice()]]],
  [
    newOrder(),
    [
      [0, placed()],
      [20_000, trade('PAYERROR')],
      [30_000, attemptWanted()],
      [40_000, placed(SECOND_NO)],
      [50_000, notice(SECOND_NO)],
      [60_000, notice()],
    ],
  ],
  [
    newOrder(),
    [
      [
        0,
        {
          kind: 'place-rejected',
          outTradeNo: newOrder().attempts[0]?.outTradeNo ?? SECOND_NO,
          code: 'NOAUTH',
          message: 'no',
        },
      ],
    ],
  ],
  [
    newCharge(),
    [
      [50_000, { kind: 'reverse-wanted', outTradeNo: newCharge().attempts[0]?.outTradeNo ?? SECOND_NO }],
      [51_000, reverseAnswered('done')],
    ],
  ],
  ...(['succeeded', 'closed', 'abnormal'] as const).map(
    (state) =>
      [
        newOrder(),
        [
          ...PAID,
          [MINUTE, refundWanted('R1', PART_FEN)],
          [HOUR, refundReported('R1', PART_FEN, state, { finishedAtMs: 1 })],
        ],
      ] as const,
  ),
  [
    newOrder(),
    [
      ...PAID,
      [MINUTE, refundWanted('R1', TOTAL_FEN)],
      [HOUR, { kind: 'refund-rejected', outRefundNo: refundNo(), code: 'NOTENOUGH', message: 'no' }],
    ],
  ],
];

function refundNo() {
  const wanted = refundWanted('R1', TOTAL_FEN);
  if (wanted.kind !== 'refund-wanted') throw new Error('a refund is wanted here');
  return wanted.refund.outRefundNo;
}

const TOLD: readonly EventDraft[] = LIVES.flatMap(([order, told]) =>
  follow(order, told).decisions.flatMap(({ events }) => events),
);

const toldOf = (wanted: EventType): readonly EventDraft[] => TOLD.filter(({ type }) => type === wanted);

describe.each(EVENT_TYPES)('the data of %s', (type) => {
  test('is what the core tells, property by property', () => {
    const events = toldOf(type);
    expect(events.length).toBeGreaterThan(0);
    for (const { data } of events) {
      const read: unknown = JSON.parse(JSON.stringify(data));
      expect([type, read, isEventData(type, read)]).toEqual([type, read, true]);
    }
  });

  test('is refused without any of its required properties', () => {
    const [event] = toldOf(type);
    const read: Record<string, unknown> = JSON.parse(JSON.stringify(event?.data));
    const isNeeded = Object.keys(read).filter((name) => !isEventData(type, { ...read, [name]: undefined }));
    expect(isNeeded).toContain('orderId');
    for (const name of isNeeded) expect(isEventData(type, { ...read, [name]: [] })).toBe(false);
  });
});

test.each([null, undefined, 'text', 7, []])('%j is the data of no event', (value) => {
  expect(EVENT_TYPES.filter((type) => isEventData(type, value))).toEqual([]);
});

test('names that objects have anyway are no events', () => {
  expect(['constructor', '__proto__', 'toString', 'order.paid'].filter(isEventType)).toEqual(['order.paid']);
});
