import { fen } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import type { Decision } from './decision.ts';
import { explain, type Explanation } from './explain.ts';
import {
  closeAnswered,
  dutiesLeft,
  EXPIRES_MS,
  FIRST,
  follow,
  MINUTE,
  newCharge,
  newOrder,
  notice,
  OPENED_MS,
  OTHER_APPID,
  outRefundNo,
  placed,
  refundReported,
  refundWanted,
  report,
  RULES,
  SECOND,
  type Told,
  trade,
} from './testing/samples.ts';

function explained(told: readonly Told[], order = newOrder(), nowAfterMs = told.at(-1)?.[0] ?? 0): Explanation {
  const story = follow(order, told);
  return explain(story.order, duesOf(story.decisions), { nowMs: OPENED_MS + nowAfterMs, rules: RULES });
}

const duesOf = (decisions: readonly Decision[]) =>
  [...dutiesLeft(decisions).values()].flatMap((duty) => (duty.change === 'schedule' ? [duty] : []));

const refused = (code: string) =>
  ({ kind: 'refund-rejected', outRefundNo: outRefundNo('R1'), code, message: '' }) as const;
const paid: readonly Told[] = [
  [0, placed()],
  [20 * SECOND, notice()],
];
const refund: Told = [MINUTE, refundWanted('R1', fen(990))];

describe('explain', () => {
  test('says state, reason, next duty and when, and what to do, as data', () => {
    const explanation = explained([
      [0, placed()],
      [MINUTE - 1, trade('NOTPAY')],
      [MINUTE, { kind: 'close-wanted', because: 'asked' }],
    ]);
    expect(explanation).toMatchObject({ state: 'open', why: 'too-young-to-close', whatToDo: 'wait' });
    expect(explanation.next[0]?.duty).toBe(`query ${FIRST}`);
    expect(explanation.next[0]?.dueAtMs).toBeGreaterThanOrEqual(OPENED_MS + MINUTE);
  });

  test('says the same in English and in Chinese, with amounts in yuan and times of Beijing', () => {
    const { text } = explained([[0, placed()]]);
    expect(text.en).toContain('19.90 CNY are to be paid under A1 until 2027-03-02 12:30:00');
    expect(text.zh).toContain('等待用户支付 19.90 元(A1),截止 2027-03-02 12:30:00');
    expect(explained(paid).text.en).toContain('Paid at 2027-03-02 12:00:20 (Beijing) under A1');
  });

  test.each<[string, string, Explanation]>([
    ['placing', 'wait', explained([[SECOND, { kind: 'place-unknown', outTradeNo: FIRST }]])],
    ['waiting-for-payer', 'ask-now', explained([[0, placed()]])],
    [
      'payer-is-paying',
      'ask-now',
      explained([
        [0, placed()],
        [SECOND, trade('USERPAYING')],
      ]),
    ],
    [
      'expired-asking',
      'ask-now',
      explained(
        [
          [0, placed()],
          [EXPIRES_MS - OPENED_MS - 1, trade('NOTPAY')],
        ],
        newOrder(),
        EXPIRES_MS - OPENED_MS,
      ),
    ],
    [
      'closing',
      'wait',
      explained([
        [0, placed()],
        [6 * MINUTE - 1, trade('NOTPAY')],
        [6 * MINUTE, { kind: 'close-wanted', because: 'asked' }],
      ]),
    ],
    [
      'between-attempts',
      'pay-again-or-close',
      explained([[SECOND, { kind: 'place-rejected', outTradeNo: FIRST, code: 'NOAUTH', message: '' }]]),
    ],
    [
      'quarantined',
      'check-report',
      explained([
        [0, placed()],
        [SECOND, { kind: 'trade', report: report('SUCCESS', FIRST, { appid: OTHER_APPID }), learnedBy: 'notice' }],
      ]),
    ],
    ['charging', 'wait', explained([], newCharge())],
    ['reversing', 'wait', explained([[45 * SECOND, trade('USERPAYING')]], newCharge())],
    ['reversed', 'nothing', explained([[45 * SECOND, trade('REVOKED')]], newCharge())],
    ['paid', 'nothing', explained(paid)],
    ['refund-under-way', 'wait-for-refund', explained([...paid, refund])],
    ['refund-rejected', 'repeat-refund', explained([...paid, refund, [MINUTE, refused('NOTENOUGH')]])],
    [
      'refund-abnormal',
      'finish-refund',
      explained([...paid, refund, [MINUTE, refundReported('R1', fen(990), 'abnormal')]]),
    ],
    ['partly-refunded', 'nothing', explained([...paid, refund, [MINUTE, refundReported('R1', fen(990), 'succeeded')]])],
    ['refunded', 'nothing', explained([...paid, [MINUTE, refundReported('R1', fen(1990), 'succeeded')]])],
    [
      'closed',
      'nothing',
      explained([
        [0, placed()],
        [6 * MINUTE, trade('CLOSED')],
      ]),
    ],
    [
      'closed-late-payment',
      'nothing',
      explained([
        [0, placed()],
        [6 * MINUTE, trade('CLOSED')],
        [7 * MINUTE, notice()],
      ]),
    ],
    ['no-attempt', 'open-attempt', explained([], { ...newOrder(), attempts: [] })],
  ])('an order that is %s: %s', (why, whatToDo, explanation) => {
    expect(explanation.why).toBe(why);
    expect(explanation.whatToDo).toBe(whatToDo);
    expect(explanation.text.en).toMatch(/^[A-Z0-9].*\.$/);
    expect(explanation.text.zh).toMatch(/。$/);
  });

  test('a step that is long overdue means that nobody does it', () => {
    expect(explained([[0, placed()]], newOrder(), 3 * MINUTE).whatToDo).toBe('check-keeper');
  });

  test('a close that has been tried many times is for a person to look at', () => {
    const unknowns = Array.from({ length: 6 }, (_, index): Told => [(7 + index) * MINUTE, closeAnswered('unknown')]);
    const story: readonly Told[] = [
      [0, placed()],
      [6 * MINUTE, { kind: 'close-wanted', because: 'asked' }],
      [6 * MINUTE, trade('NOTPAY')],
    ];
    expect(explained([...story, ...unknowns]).whatToDo).toBe('check-console');
  });
});
