import { createVirtualClock } from '@orderkeeper/ports';
import { type BeijingDay, parseBeijingDay } from '@orderkeeper/protocol';
import { describe, expect, test } from 'vitest';
import { createLedger } from '../ledger/ledger.ts';
import type { SimOrder, SimPayment } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import { APPID, MCHID, merchantOf } from '../testing/raw-merchant.ts';
import type { BillAnswer } from '../world.ts';
import { createBillOffice } from './bill-office.ts';
import { createDiscrepancyBook, type Discrepancy } from './discrepancies.ts';

/** 24 November 2026, 15:07:09 in Beijing. */
const PAID_MS = Date.parse('2026-11-24T07:07:09Z');
const NEXT_DAY_TEN = Date.parse('2026-11-25T02:00:00Z');

const dayOf = (text: string): BeijingDay => {
  const day = parseBeijingDay(text);
  if (!day.ok) throw new Error(day.message);
  return day.value;
};

const payment = (more: Partial<SimPayment> = {}): SimPayment => ({
  transactionId: '4200000001202611240000000002',
  paidAtMs: PAID_MS,
  openid: 'oUpF8uMEb4qRXf22hE3X68TekukE',
  subOpenid: '',
  isSubscribe: 'N',
  bankType: 'OTHERS',
  cashFen: 1990,
  coupons: [],
  ...more,
});

const order = (outTradeNo: string, more: Partial<SimOrder> = {}): SimOrder => ({
  mchid: MCHID,
  outTradeNo,
  apiVersion: 'v2',
  appid: APPID,
  subMchid: '',
  subAppid: '',
  tradeType: 'JSAPI',
  totalFen: 1990,
  feeType: 'CNY',
  body: '茶,红',
  detail: '',
  attach: '深圳分店',
  deviceInfo: '',
  productId: '',
  goodsTag: '',
  openid: '',
  subOpenid: '',
  payerIp: '14.23.150.211',
  version: '',
  notifyUrl: '',
  nonce: 'n',
  signType: 'MD5',
  placedAtMs: PAID_MS - 60_000,
  authCode: '',
  placement: new Map(),
  prepays: [],
  state: 'SUCCESS',
  history: [{ state: 'SUCCESS', atMs: PAID_MS, by: 'payer-paid' }],
  reversesAsked: 0,
  payment: payment(),
  ...more,
});

const refund = (outRefundNo: string, more: Partial<SimRefund> = {}): SimRefund => ({
  mchid: MCHID,
  outRefundNo,
  apiVersion: 'v2',
  refundId: '50300000002026112400000000003',
  outTradeNo: 'A1',
  transactionId: '4200000001202611240000000002',
  appid: APPID,
  nonce: 'n',
  requestedAtMs: PAID_MS + 1000,
  totalFen: 1990,
  refundFen: 500,
  cashFen: 500,
  coupons: [],
  account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
  channel: 'ORIGINAL',
  receivedBy: '支付用户的零钱',
  description: '',
  notifyUrl: '',
  state: 'SUCCESS',
  history: [],
  successAtMs: PAID_MS + 4000,
  ...more,
});

interface Scene {
  readonly nowMs?: number;
  readonly orders?: readonly SimOrder[];
  readonly refunds?: readonly SimRefund[];
  readonly discrepancies?: readonly Discrepancy[];
}

const office = ({ nowMs = NEXT_DAY_TEN, orders = [], refunds = [], discrepancies = [] }: Scene) => {
  const ledger = createLedger();
  for (const each of orders) ledger.putOrder(each);
  for (const each of refunds) ledger.putRefund(each);
  const book = createDiscrepancyBook();
  for (const each of discrepancies) book.add(each);
  const merchants = new Map([[MCHID, merchantOf(MCHID, APPID)]]);
  return createBillOffice({ clock: createVirtualClock({ startMs: nowMs }), ledger, merchants }, book);
};

const trade = (
  scene: Scene,
  billType: 'ALL' | 'SUCCESS' | 'REFUND' | 'RECHARGE_REFUND' = 'ALL',
  subMchid = '',
): BillAnswer => office(scene).tradeBill({ mchid: MCHID, subMchid, day: dayOf('20261124'), billType });

const fundFlow = (scene: Scene, accountType: 'Basic' | 'Fees' = 'Basic'): BillAnswer =>
  office(scene).fundFlowBill({ mchid: MCHID, subMchid: '', day: dayOf('20261124'), accountType });

const textOf = (answer: BillAnswer): string => {
  if (answer.kind !== 'ready') throw new Error(`the bill is ${answer.kind}`);
  return Buffer.from(answer.bytes).toString('utf8');
};

const linesOf = (answer: BillAnswer): string[] => textOf(answer).slice(1).split('\r\n');

/** The values of one line, as a merchant's program would split them. */
const valuesOf = (line = ''): string[] => line.slice(1).split(',`');

const column = (answer: BillAnswer, name: string): string[] => {
  const [header = '', ...rest] = linesOf(answer);
  const place = header.split(',').indexOf(name);
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith('`')),
    )
    .map((line) => valuesOf(line)[place] ?? '');
};

describe('when a bill can be had', () => {
  const orders = [order('A1')];
  test.each([
    ['on the day itself', '2026-11-24T10:00:00Z', 'none'],
    ['before nine on the next day', '2026-11-25T00:59:59Z', 'none'],
    ['between nine and ten', '2026-11-25T01:59:59Z', 'creating'],
    ['from ten on', '2026-11-25T02:00:00Z', 'ready'],
  ] as const)('%s, Beijing time', (_, now, kind) => {
    expect(trade({ nowMs: Date.parse(now), orders }).kind).toBe(kind);
    expect(fundFlow({ nowMs: Date.parse(now), orders }).kind).toBe(kind);
  });

  test('there is none for a day without payments, for another merchant, or for the fees account', () => {
    const { payment: _, ...unpaid } = order('A1', { state: 'NOTPAY' });
    expect(trade({ orders: [unpaid] }).kind).toBe('none');
    expect(trade({ orders: [order('A1', { mchid: '1900000110' })] }).kind).toBe('none');
    expect(trade({ orders }, 'REFUND').kind).toBe('none');
    expect(fundFlow({ orders }, 'Fees').kind).toBe('none');
  });

  test('a payment belongs to the day in Beijing on which it was made', () => {
    const lateMs = Date.parse('2026-11-24T16:00:00Z');
    expect(trade({ orders: [order('A1', { payment: payment({ paidAtMs: lateMs - 1 }) })] }).kind).toBe('ready');
    expect(trade({ orders: [order('A1', { payment: payment({ paidAtMs: lateMs }) })] }).kind).toBe('none');
  });
});

describe('a trade bill', () => {
  test('looks as it is downloaded: byte order mark, CRLF, backticks, commas within values', () => {
    const answer = trade({ orders: [order('A1')] });
    expect(textOf(answer).startsWith('\ufeff交易时间,公众账号ID,商户号,特约商户号,')).toBe(true);
    const [header = '', row, summaryHeader, summary, end] = linesOf(answer);
    expect(header.split(',')).toHaveLength(27);
    expect(row).toBe(
      `\`2026-11-24 15:07:09,\`${APPID},\`${MCHID},\`0,\`,\`4200000001202611240000000002,\`A1,\`oUpF8uMEb4qRXf22hE3X68TekukE,` +
        '`JSAPI,`SUCCESS,`OTHERS,`CNY,`19.90,`0.00,`0,`0,`0.00,`0.00,`,`,`茶,红,`深圳分店,`0.12000,`0.60%,`19.90,`0.00,`',
    );
    expect(summaryHeader).toBe(
      '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
    );
    expect(summary).toBe('`1,`19.90,`0.00,`0.00,`0.12000,`19.90,`0.00');
    expect(end).toBe('');
  });

  test('gives a refund a row of its own, with the fee coming back', () => {
    const answer = trade({ orders: [order('A1', { state: 'REFUND' })], refunds: [refund('R1')] });
    expect(column(answer, '交易状态')).toEqual(['SUCCESS', 'REFUND']);
    expect(column(answer, '应结订单金额')).toEqual(['19.90', '0.00']);
    expect(column(answer, '退款金额')).toEqual(['0.00', '5.00']);
    expect(column(answer, '商户退款单号')).toEqual(['0', 'R1']);
    expect(column(answer, '退款类型')).toEqual(['', 'ORIGINAL']);
    expect(column(answer, '手续费')).toEqual(['0.12000', '-0.03000']);
    expect(linesOf(answer).at(-2)).toBe('`2,`19.90,`5.00,`0.00,`0.09000,`19.90,`5.00');
  });

  test('lists a refund on the day it succeeded, and none that did not', () => {
    const orders = [order('A1', { state: 'REFUND' })];
    const { successAtMs: _, ...waiting } = refund('R1', { state: 'PROCESSING' });
    expect(column(trade({ orders, refunds: [waiting] }), '交易状态')).toEqual(['SUCCESS']);
    const tomorrow = refund('R1', { successAtMs: PAID_MS + 86_400_000 });
    expect(column(trade({ orders, refunds: [tomorrow] }), '交易状态')).toEqual(['SUCCESS']);
  });

  test('separates payments from refunds by its type', () => {
    const scene = { orders: [order('A1')], refunds: [refund('R1')] };
    expect(column(trade(scene, 'SUCCESS'), '商户订单号')).toEqual(['A1']);
    expect(linesOf(trade(scene, 'SUCCESS'))[0]?.split(',')).toHaveLength(20);
    expect(column(trade(scene, 'REFUND'), '商户退款单号')).toEqual(['R1']);
    expect(column(trade(scene, 'REFUND'), '退款申请时间')).toEqual(['2026-11-24 15:07:10']);
    expect(linesOf(trade(scene, 'REFUND'))[0]?.split(',')).toHaveLength(29);
  });

  test('keeps refunds from the deposit in a bill of their own', () => {
    const scene = { orders: [order('A1')], refunds: [refund('R1', { account: 'REFUND_SOURCE_RECHARGE_FUNDS' })] };
    expect(column(trade(scene), '商户退款单号')).toEqual(['0']);
    expect(column(trade(scene, 'RECHARGE_REFUND'), '返还手续费')).toEqual(['0.03000']);
  });

  test('settles what coupons did not give for free', () => {
    const coupons = [
      { couponId: 'C1', kind: 'CASH', fen: 90 },
      { couponId: 'C2', kind: 'NO_CASH', fen: 400 },
    ] as const;
    const answer = trade({ orders: [order('A1', { payment: payment({ cashFen: 1500, coupons }) })] });
    expect([column(answer, '订单金额'), column(answer, '应结订单金额'), column(answer, '代金券金额')]).toEqual([
      ['19.90'],
      ['15.90'],
      ['0.90'],
    ]);
  });

  test('lists a reversed payment twice: paid, and revoked under its own number', () => {
    const history = [
      ...order('A1').history,
      { state: 'REVOKED', atMs: PAID_MS + 20_000, by: 'reversed-by-merchant' },
    ] as const;
    const answer = trade({ orders: [order('A1', { tradeType: 'MICROPAY', state: 'REVOKED', history })] });
    expect(column(answer, '交易状态')).toEqual(['SUCCESS', 'REVOKED']);
    expect(column(answer, '商户订单号')).toEqual(['A1', 'A1']);
    expect(column(answer, '申请退款金额')).toEqual(['0.00', '19.90']);
  });

  test('of a service provider can be had for one sub-merchant', () => {
    const orders = [order('A1', { subMchid: '1900000111' }), order('A2', { subMchid: '1900000112' })];
    expect(column(trade({ orders }), '特约商户号')).toEqual(['1900000111', '1900000112']);
    expect(column(trade({ orders }, 'ALL', '1900000112'), '商户订单号')).toEqual(['A2']);
  });
});

describe('a bill that differs on demand', () => {
  const scene = (...discrepancies: Discrepancy[]): Scene => ({
    orders: [order('A1'), order('A2', { payment: payment({ transactionId: '4200000001202611240000000009' }) })],
    refunds: [refund('R1')],
    discrepancies,
  });

  test('lacks the row of a payment but not that of its refund', () => {
    const answer = trade(scene({ kind: 'row-missing', row: { outTradeNo: 'A1' } }));
    expect(column(answer, '商户订单号')).toEqual(['A2', 'A1']);
    expect(column(answer, '商户退款单号')).toEqual(['0', 'R1']);
  });

  test('lacks the row of a refund', () => {
    expect(column(trade(scene({ kind: 'row-missing', row: { outRefundNo: 'R1' } })), '商户退款单号')).toEqual([
      '0',
      '0',
    ]);
  });

  test('shows another amount, in the sums as well', () => {
    const answer = trade(scene({ kind: 'other-amount', row: { outTradeNo: 'A2' }, totalFen: 1 }));
    expect(column(answer, '订单金额')).toEqual(['19.90', '0.01', '0.00']);
    expect(linesOf(answer).at(-2)).toContain('`19.91,`5.00');
  });

  test('shows another amount of a refund', () => {
    const answer = trade(scene({ kind: 'other-amount', row: { outRefundNo: 'R1' }, totalFen: 700 }));
    expect(column(answer, '申请退款金额')).toEqual(['0.00', '0.00', '7.00']);
  });

  test('has a payment that nobody made, on its day only', () => {
    const extra = { kind: 'row-extra', outTradeNo: 'GHOST', totalFen: 100 } as const;
    expect(column(trade(scene({ ...extra, billDate: '20261124' })), '商户订单号')).toContain('GHOST');
    expect(column(trade(scene({ ...extra, billDate: '20261123' })), '商户订单号')).not.toContain('GHOST');
    expect(column(trade({ discrepancies: [{ ...extra, billDate: '20261124' }] }), '商户订单号')).toEqual(['GHOST']);
  });
});

describe('a fund-flow bill', () => {
  test('shows what came in less the fee, what went out less the fee given back, and the balance', () => {
    const answer = fundFlow({ orders: [order('A1')], refunds: [refund('R1')] });
    expect(column(answer, '收支类型')).toEqual(['收入', '支出']);
    expect(column(answer, '收支金额(元)')).toEqual(['19.78', '4.97']);
    expect(column(answer, '账户结余(元)')).toEqual(['19.78', '14.81']);
    expect(column(answer, '备注')[0]).toBe('结算总金额 19.90 元;含手续费 0.12 元');
    expect(column(answer, '业务凭证号')).toEqual(['A1', 'R1']);
    expect(linesOf(answer).at(-2)).toBe('`2.0,`1.0,`19.78,`1.0,`4.97');
  });

  test('begins with the balance of the days before', () => {
    const yesterday = order('A0', {
      payment: payment({ paidAtMs: PAID_MS - 86_400_000, transactionId: '4200000001202611230000000001' }),
    });
    const answer = fundFlow({ orders: [yesterday, order('A1')] });
    expect(column(answer, '账户结余(元)')).toEqual(['39.56']);
  });
});
