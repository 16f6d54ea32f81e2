import { expect, test } from 'vitest';
import { bytes } from '../messages.suite.ts';
import { billVector, itemsOf, piecesOf } from './bills.suite.ts';
import { readFundFlowBill } from './fund-flow-bill.ts';
import { FUND_FLOW_HEADER, FUND_FLOW_SUMMARY_HEADER } from './headers.ts';

test('a fund-flow bill of real layout yields income, expense and the sums', async () => {
  const items = await itemsOf(readFundFlowBill(piecesOf(billVector('fund-flow.csv'), 5)));
  expect(items).toEqual([
    {
      kind: 'income',
      line: 2,
      bookedAtMs: Date.UTC(2021, 3, 11, 13, 35, 6),
      businessNo: '4200000985202104110000000001',
      flowNo: '4200000985202104110000000001',
      businessName: '交易',
      businessType: '交易',
      amountFen: 1,
      balanceFen: 1,
      submittedBy: 'system',
      note: '结算总金额 0.01 元;含手续费 0.00 元',
      voucherNo: 'ORDER1',
    },
    expect.objectContaining({ kind: 'expense', amountFen: 1, balanceFen: 0, voucherNo: 'REFUND1' }),
    { kind: 'summary', line: 5, flowCount: 2, incomeCount: 1, incomeFen: 1, expenseCount: 1, expenseFen: 1 },
  ]);
});

test('the header tables are those of the documentation', () => {
  const [header, , , summary] = new TextDecoder().decode(billVector('fund-flow.csv')).split('\r\n');
  expect(header).toBe(FUND_FLOW_HEADER.join(','));
  expect(summary).toBe(FUND_FLOW_SUMMARY_HEADER.join(','));
});

test.each([
  ['a direction that is neither', '收入', '存入', '收支类型'],
  ['a count that is negative', '`2.0', '`-2.0', '资金流水总笔数'],
  ['a count that is no whole number', '`2.0', '`2.5', '资金流水总笔数'],
])('%s is a flaw of its column', async (_, from, to, column) => {
  const text = new TextDecoder().decode(billVector('fund-flow.csv')).replace(from, to);
  const flaw = (await itemsOf(readFundFlowBill([bytes(text)]))).find(({ kind }) => kind === 'flaw');
  expect(flaw).toMatchObject({ reason: 'cell-invalid', column });
});

test.each(['业务类型', '收支类型'])('a bill without the column %s is refused', async (column) => {
  const text = new TextDecoder().decode(billVector('fund-flow.csv')).replace(`,${column},`, ',');
  expect(await itemsOf(readFundFlowBill([bytes(text)]))).toMatchObject([{ reason: 'column-missing', column }]);
});

test('a trade bill is no fund-flow bill', async () => {
  expect(await itemsOf(readFundFlowBill([billVector('all.csv')]))).toMatchObject([{ reason: 'not-a-bill', line: 1 }]);
});
