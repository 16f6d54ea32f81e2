import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytes } from '../messages.suite.ts';
import { billVector, itemsOf, piecesOf } from './bills.suite.ts';
import { TRADE_BILL_HEADERS, TRADE_SUMMARY_HEADER } from './headers.ts';
import type { BillItem } from './read-bill.ts';
import { readTradeBill, type TradeBillRow, type TradeBillSummary } from './trade-bill.ts';

type Item = BillItem<TradeBillRow, TradeBillSummary>;

const read = (...texts: string[]): Promise<Item[]> => itemsOf(readTradeBill(texts.map(bytes)));

/** A payment, by the names of its columns. */
const PAYMENT: Readonly<Record<string, string>> = {
  交易时间: '2021-04-11 22:55:53',
  公众账号ID: 'wxd930ea5d5a258f4f',
  商户号: '1900000109',
  特约商户号: '0',
  微信订单号: '4200000985202104110000000001',
  商户订单号: 'ORDER1',
  用户标识: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  交易类型: 'JSAPI',
  交易状态: 'SUCCESS',
  付款银行: 'OTHERS',
  货币种类: 'CNY',
  应结订单金额: '0.01',
  代金券金额: '0.00',
  微信退款单号: '0',
  商户退款单号: '0',
  退款金额: '0.00',
  充值券退款金额: '0.00',
  手续费: '0.00000',
  费率: '1.00%',
  订单金额: '0.01',
  申请退款金额: '0.00',
};
const REFUND = {
  ...PAYMENT,
  交易状态: 'REFUND',
  微信退款单号: '50000007822021041100000000001',
  商户退款单号: 'REFUND1',
  退款金额: '0.01',
  申请退款金额: '0.01',
};
const SUMMARY = ['1', '0.01', '0.00', '0.00', '0.00000', '0.01', '0.00'];

const line = (values: readonly string[]): string => values.map((value) => `\`${value}`).join(',');
const rowOf = (header: readonly string[], row: Readonly<Record<string, string>>): string =>
  line(header.map((name) => row[name] ?? ''));
const billOf = (header: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string =>
  [header.join(','), ...rows.map((row) => rowOf(header, row)), TRADE_SUMMARY_HEADER.join(','), line(SUMMARY), ''].join(
    '\r\n',
  );

test('a bill of real layout yields payments, a refund, reversed orders and the sums', async () => {
  const items = await itemsOf(readTradeBill([billVector('all.csv')]));
  expect(items.map(({ kind }) => kind)).toEqual(['payment', 'payment', 'refund', 'revoked', 'revoked', 'summary']);
  expect(items[1]).toEqual({
    kind: 'payment',
    line: 3,
    tradedAtMs: Date.UTC(2021, 3, 11, 13, 2, 10),
    appid: 'wxd930ea5d5a258f4f',
    mchid: '1900000109',
    deviceInfo: '013467007045764',
    transactionId: '4200000985202104110000000002',
    outTradeNo: 'ORDER2',
    openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
    tradeType: 'NATIVE',
    bankType: 'CMB_DEBIT',
    feeType: 'CNY',
    totalFen: 10000,
    settlementTotalFen: 9900,
    couponFen: 100,
    body: '苹果,梨,"特价"',
    attach: 'k1=v1,k2=v2',
    feeMilliFen: 59_400,
    rate: '0.60%',
  });
  expect(items[2]).toMatchObject({
    kind: 'refund',
    totalFen: 0,
    feeMilliFen: -17_820,
    refund: {
      refundId: '50000007822021041100000000001',
      outRefundNo: 'REFUND2',
      refundFen: 3000,
      settlementRefundFen: 2970,
      couponRefundFen: 0,
      refundType: 'ORIGINAL',
      refundStatus: 'SUCCESS',
    },
  });
  expect(items[3]).toMatchObject({ kind: 'revoked', outTradeNo: 'ORDER3', refund: { refundFen: 500 } });
  expect(items[4]).not.toHaveProperty('refund');
  expect(items[4]).toHaveProperty('subMchid', '1900000110');
  expect(items[5]).toEqual({
    kind: 'summary',
    line: 8,
    tradeCount: 5,
    totalFen: 10001,
    settlementTotalFen: 9901,
    refundFen: 3500,
    settlementRefundFen: 3470,
    couponRefundFen: 0,
    feeMilliFen: 41_580,
  });
});

test('a bill of the layout before 2018 yields the same kinds, its only amount as the total', async () => {
  const items = await itemsOf(readTradeBill([billVector('all-before-2018.csv')]));
  expect(items.map(({ kind }) => kind)).toEqual(['payment', 'refund', 'summary']);
  expect(items[0]).toMatchObject({
    totalFen: 1,
    couponFen: 0,
    feeMilliFen: 0,
    body: '被扫支付测试',
    attach: '订单额外描述',
  });
  expect(items[0]).not.toHaveProperty('settlementTotalFen');
  expect(items[1]).toMatchObject({ refund: { refundFen: 1, settlementRefundFen: 1, couponRefundFen: 0 } });
  expect(items[2]).toMatchObject({ tradeCount: 2, totalFen: 1, refundFen: 1, feeMilliFen: 0 });
});

test('chunks may end anywhere, within a character and between CR and LF too', async () => {
  const bill = billVector('all.csv');
  const whole = await itemsOf(readTradeBill([bill]));
  for (const size of [1, 2, 3, 7, 64, 1000]) {
    expect(await itemsOf(readTradeBill(piecesOf(bill, size)))).toEqual(whole);
  }
});

test('columns are found by name, in any order and among unknown ones', async () => {
  const header = TRADE_BILL_HEADERS.ALL;
  const expected = await read(billOf(header, [PAYMENT, REFUND]));
  expect(expected.map(({ kind }) => kind)).toEqual(['payment', 'refund', 'summary']);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...header, '新列一', '新列二'], { minLength: header.length + 2 }),
      async (shuffled) => {
        expect(await read(billOf(shuffled, [PAYMENT, REFUND]))).toEqual(expected);
      },
    ),
    { numRuns: 30 },
  );
});

test.each([
  ['SUCCESS', [PAYMENT], ['payment', 'summary']],
  ['REFUND', [{ ...REFUND, 退款申请时间: '2021-04-11 22:00:00' }], ['refund', 'summary']],
  ['RECHARGE_REFUND', [{ ...REFUND, 返还手续费: '0.00012' }], ['refund', 'summary']],
] as const)('the columns of a %s bill are read', async (billType, rows, kinds) => {
  const items = await read(billOf(TRADE_BILL_HEADERS[billType], rows));
  expect(items.map(({ kind }) => kind)).toEqual(kinds);
});

test('a refund bill tells when the refund was asked for, a recharge refund bill the fee given back', async () => {
  const row = {
    ...REFUND,
    退款申请时间: '2021-04-11 22:00:00',
    退款成功时间: '2021-04-11 22:00:09',
    返还手续费: '0.00012',
  };
  const [refund] = await read(billOf(TRADE_BILL_HEADERS.RECHARGE_REFUND, [row]));
  expect(refund).toMatchObject({
    returnedFeeMilliFen: 12,
    refund: { requestedAtMs: Date.UTC(2021, 3, 11, 14), succeededAtMs: Date.UTC(2021, 3, 11, 14, 0, 9) },
  });
});

test('a day without a row is a bill all the same', async () => {
  expect((await read(billOf(TRADE_BILL_HEADERS.ALL, []))).map(({ kind }) => kind)).toEqual(['summary']);
});

test.each([
  ['订单金额', '0.011', 'cell-invalid'],
  ['订单金额', '-0.01', 'cell-invalid'],
  ['订单金额', '1e2', 'cell-invalid'],
  ['订单金额', '90071992547409.92', 'cell-invalid'],
  ['手续费', '0.0000001', 'cell-invalid'],
  ['交易时间', '2021-02-29 00:00:00', 'cell-invalid'],
  ['交易状态', 'PENDING', 'cell-invalid'],
  ['微信订单号', '', 'cell-missing'],
  ['商户订单号', 'a b', 'cell-invalid'],
])('%s "%s" spoils its row only, and the flaw names line and column', async (column, value, reason) => {
  const items = await read(billOf(TRADE_BILL_HEADERS.ALL, [PAYMENT, { ...PAYMENT, [column]: value }, PAYMENT]));
  expect(items.map(({ kind }) => kind)).toEqual(['payment', 'flaw', 'payment', 'summary']);
  expect(items[1]).toMatchObject({
    effect: 'row-skipped',
    reason,
    line: 3,
    column,
    message: expect.stringContaining('line 3'),
  });
});

test('a refund without its number is a flaw, also in a bill that has no refund columns', async () => {
  const numberless = await read(billOf(TRADE_BILL_HEADERS.ALL, [{ ...REFUND, 微信退款单号: '0' }]));
  expect(numberless[0]).toMatchObject({ kind: 'flaw', reason: 'cell-missing', column: '微信退款单号' });
  const columnless = await read(billOf(TRADE_BILL_HEADERS.SUCCESS, [REFUND]));
  expect(columnless[0]).toMatchObject({ kind: 'flaw', effect: 'row-skipped', reason: 'column-missing' });
});

test('a value that contains the separator of values gives a wrong count, not wrong amounts', async () => {
  const items = await read(billOf(TRADE_BILL_HEADERS.ALL, [{ ...PAYMENT, 商品名称: 'a,`b' }]));
  expect(items[0]).toMatchObject({ kind: 'flaw', effect: 'row-skipped', reason: 'cell-count', line: 2 });
});

test.each([
  ['is empty', '', 'not-a-bill', 1],
  ['is XML', '<xml><return_code>FAIL</return_code></xml>', 'not-a-bill', 1],
  ['is a fund-flow bill', '记账时间,微信支付业务单号', 'not-a-bill', 1],
  ['lacks a column', '交易时间,商户号', 'column-missing', 1],
  [
    'ends after a row',
    billOf(TRADE_BILL_HEADERS.ALL, [PAYMENT]).split('\r\n').slice(0, 2).join('\r\n'),
    'summary-missing',
    3,
  ],
  [
    'ends after the header of its sums',
    `${TRADE_BILL_HEADERS.ALL.join(',')}\n${TRADE_SUMMARY_HEADER.join(',')}`,
    'summary-missing',
    3,
  ],
  ['has sums that are none', billOf(TRADE_BILL_HEADERS.ALL, []).replace('`1,', '`one,'), 'cell-invalid', 3],
  ['has too few sums', billOf(TRADE_BILL_HEADERS.ALL, []).replace('`1,', ''), 'cell-count', 3],
  ['goes on after its sums', `${billOf(TRADE_BILL_HEADERS.ALL, [])}\r\n\r\nmore`, 'line-after-summary', 6],
  ['has a line of another sort', billOf(TRADE_BILL_HEADERS.ALL, []).replace('总交易单数', '总数'), 'column-missing', 2],
])('a bill that %s ends with a flaw', async (_, text, reason, at) => {
  expect((await read(text)).at(-1)).toMatchObject({ kind: 'flaw', effect: 'bill-ended', reason, line: at });
});

test('a bill cut off anywhere before its last value never looks complete', async () => {
  const bill = billVector('all.csv');
  const lastValueAt = bill.lastIndexOf('`'.charCodeAt(0));
  for (let length = 0; length <= lastValueAt; length += 1) {
    const last = (await itemsOf(readTradeBill([bill.subarray(0, length)]))).at(-1);
    expect(last).toMatchObject({ kind: 'flaw', effect: 'bill-ended' });
  }
});

test('nothing after a character that is not UTF-8 is believed', async () => {
  const bill = Uint8Array.from(billVector('all.csv'));
  bill[1500] = 0xff;
  const items = await itemsOf(readTradeBill(piecesOf(bill, 256)));
  expect(items.at(-1)).toMatchObject({ kind: 'flaw', effect: 'bill-ended', reason: 'not-utf8' });
});

test('a line that does not end is refused before it fills the memory', async () => {
  let servedBytes = 0;
  function* endless(): Generator<Uint8Array> {
    yield bytes(`${TRADE_BILL_HEADERS.ALL.join(',')}\n`);
    for (;;) {
      servedBytes += 10_000;
      yield bytes('`'.repeat(10_000));
    }
  }
  const items = await itemsOf(readTradeBill(endless()));
  expect(items).toMatchObject([{ kind: 'flaw', effect: 'bill-ended', reason: 'line-too-long' }]);
  expect(servedBytes).toBeLessThan(100_000);
});

test('a reader that stops early lets the source stop too', async () => {
  let isReleased = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield billVector('all.csv');
      yield bytes('never asked for');
    } finally {
      isReleased = true;
    }
  }
  for await (const item of readTradeBill(source())) if (item.kind === 'payment') break;
  expect(isReleased).toBe(true);
});
