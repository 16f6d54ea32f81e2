// Orders as the keeper opens them, and the changes that open and pay them.
import { fen, parseAppid, parseMchid, parseOutTradeNo } from '@orderkeeper/protocol';
import { parseOrderId } from '@orderkeeper/keeper';

const MINUTE_MS = 60_000;
export const START_MS = 1_804_000_000_000;
const MERCHANT_COUNT = 20;

const given = (result) => {
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

export const MERCHANTS = Array.from({ length: MERCHANT_COUNT }, (_, index) =>
  given(parseMchid(`${1900000100 + index}`)),
);
const APPID = given(parseAppid('wxd678efh567hg6787'));

export const orderIdOf = (number) => given(parseOrderId(`shop-20270302-${String(number).padStart(8, '0')}`));
const outTradeNoOf = (number) => given(parseOutTradeNo(`20270302${String(number).padStart(12, '0')}`));

/** Opening: the order, its first attempt, and the two duties it has from then on; due one millisecond apart. */
export function opening(number) {
  const createdAtMs = START_MS;
  const expiresAtMs = createdAtMs + 30 * MINUTE_MS;
  const outTradeNo = outTradeNoOf(number);
  const content = {
    totalFen: fen(1990),
    description: '一只水壶 5 L',
    tradeType: 'JSAPI',
    expiresAtMs,
    payerIp: '203.0.113.7',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  };
  const order = {
    orderId: orderIdOf(number),
    mchid: MERCHANTS[number % MERCHANT_COUNT],
    appid: APPID,
    totalFen: fen(1990),
    description: content.description,
    createdAtMs,
    expiresAtMs,
    latePayment: 'refund',
    state: 'open',
    attempts: [{ outTradeNo, protocol: 'v2', content, state: 'creating', openedAtMs: createdAtMs, queriesMade: 0 }],
    refunds: [],
    eventCount: 0,
  };
  const duties = [
    { change: 'schedule', kind: 'query', subject: outTradeNo, dueAtMs: START_MS + number, priority: 'sweep' },
    {
      change: 'schedule',
      kind: 'place',
      subject: outTradeNo,
      dueAtMs: START_MS + 365 * 1440 * MINUTE_MS,
      priority: 'sweep',
    },
  ];
  const decision = {
    order,
    events: [],
    duties,
    alarms: [],
    summary: `order opened; attempt ${outTradeNo} is to be placed`,
  };
  return { decision, entry: { atMs: createdAtMs, source: 'merchant', observation: '{"kind":"attempt-wanted"}' } };
}

const NOTICE = new TextEncoder().encode(`<xml>${'<field><![CDATA[as WeChat Pay sends it]]></field>'.repeat(20)}</xml>`);

/** A pay notice, taken in: kept, applied, told, and the duties that it makes needless cancelled. One durable change. */
export const payment = (number) => (order) => {
  const [attempt] = order.attempts;
  const paidAtMs = START_MS + MINUTE_MS;
  const received = {
    transactionId: `4200000001${String(number).padStart(18, '0')}`,
    totalFen: order.totalFen,
    cashFen: order.totalFen,
    bankType: 'OTHERS',
    paidAtMs,
    learnedBy: 'notice',
    learnedAtMs: paidAtMs,
  };
  const paid = { ...attempt, state: 'paid', tradeState: 'SUCCESS', payment: received };
  const { orderId, mchid } = order;
  const { outTradeNo } = attempt;
  const decision = {
    order: { ...order, state: 'paid', paidBy: outTradeNo, attempts: [paid], eventCount: 1 },
    events: [
      { type: 'order.paid', sequence: 1, atMs: paidAtMs, data: { orderId, outTradeNo, totalFen: order.totalFen } },
    ],
    duties: [
      { change: 'cancel', kind: 'query', subject: outTradeNo },
      { change: 'cancel', kind: 'place', subject: outTradeNo },
      { change: 'schedule', kind: 'deliver', subject: orderId, dueAtMs: paidAtMs, priority: 'payer-waits' },
    ],
    alarms: [],
    summary: `${outTradeNo}: open → paid`,
  };
  return {
    decision,
    entry: { atMs: paidAtMs, source: 'notice', observation: '{"kind":"trade"}', evidence: NOTICE },
    notice: { noticeId: `notice-${number}`, mchid, atMs: paidAtMs, body: NOTICE, verdict: 'applied' },
  };
};
